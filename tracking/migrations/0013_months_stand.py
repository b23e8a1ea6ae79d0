"""A month is kept when it ends; a month that is signed off stands, by the database too; everybody's row as they count
today is kept between readings."""

from django.conf import settings
from django.db import migrations, models

from tracking.figures import sql

DROPPED = "drop table tracking_nowrecord, tracking_nowcount, tracking_stirred"
UNSTIRRED = "drop function tracking_stir_people() cascade; drop function tracking_stir_facts() cascade"


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0004_invited_to_prepare'),
        ('tracking', '0012_replays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='freeze',
            name='by_timer',
            field=models.BooleanField(default=False, verbose_name="kept when the month ended, by nobody's hand"),
        ),
        migrations.AddConstraint(
            model_name='freeze',
            constraint=models.CheckConstraint(condition=models.Q(('by_timer', False), ('closed_at__isnull', True), _connector='OR'), name='freeze_signed_was_made_by_hand'),
        ),
        migrations.RunSQL(sql.text("closed"), migrations.RunSQL.noop),
        migrations.RunSQL(sql.text("partitions"), migrations.RunSQL.noop),
        migrations.RunSQL(sql.text("now_records"), DROPPED),
        migrations.RunSQL(sql.text("stirred"), UNSTIRRED),
    ]
