"""What young people seek is kept in history like their other facts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import neet.clock
from django.db import migrations, models

from neet.audit.sql import append_only
from tracking.register import sql

KEEP = "call neet_keep_history('tracking_seeking')"
FORGET = (
    "drop function tracking_seeking_as_known(timestamptz); drop table tracking_seeking_history;"
    " drop function tracking_seeking_remember() cascade"
)


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0008_districts_by_code'),
        ('tracking', '0029_public_figures_by_two'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seeking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sector', models.CharField(blank=True, max_length=40, verbose_name='what they are looking for')),
                ('level', models.CharField(blank=True, max_length=40, verbose_name='at which level')),
                ('starts_from', models.DateField(blank=True, null=True, verbose_name='could start from')),
                ('barriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='what keeps them from it')),
                ('agreed', models.CharField(blank=True, max_length=240, verbose_name='what was agreed last')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='agreed on')),
                ('said_on', models.DateField(default=neet.clock.today, verbose_name='as they said on')),
                ('version', models.PositiveIntegerField(default=1)),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='schools.district', verbose_name='where they would go')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='seeking', to='tracking.youngperson')),
            ],
            options={
                'ordering': ['-said_on', '-pk'],
                'indexes': [models.Index(fields=['sector', 'level'], name='seeking_what')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agreed', ''), ('agreed_on__isnull', True)), models.Q(models.Q(('agreed', ''), _negated=True), ('agreed_on__isnull', False)), _connector='OR'), name='seeking_agreed_on_a_day')],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
        append_only("tracking_seeking_history", closing=["superseded_at"]),
        migrations.RunSQL(sql.text("grants"), migrations.RunSQL.noop),
    ]
