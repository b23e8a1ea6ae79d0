"""The ward stands in each row of a frozen month: it was looked up whenever somebody cut by ward."""

from django.db import migrations, models

from tracking.figures import sql


class Migration(migrations.Migration):

    dependencies = [
        ('tracking', '0033_where_areas_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='freeze',
            name='has_wards',
            field=models.BooleanField(default=False, verbose_name='its rows know in which ward somebody lived'),
        ),
        migrations.AddField(
            model_name='monthrecord',
            name='ward_code',
            field=models.CharField(help_text='By the directory of the day it was kept.', max_length=9, null=True, verbose_name='ward they lived in'),
        ),
        migrations.RunSQL(sql.text('wards'), 'drop function tracking_keep_wards(bigint)'),
    ]
