"""A frozen month's tables as everybody is shown them."""

import django.db.models.deletion
import neet.clock
from django.db import migrations, models

from neet.audit.sql import append_only
from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('tracking', '0025_keeping_and_erasing'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='ReleasedTable',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.CharField(max_length=20)),
                    ('least', models.PositiveSmallIntegerField(verbose_name='smallest number shown')),
                    ('method', models.PositiveSmallIntegerField(verbose_name='version of the rule')),
                    ('made_at', models.DateTimeField(default=neet.clock.now)),
                    ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='released_tables', to='tracking.freeze')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='ReleasedCell',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField(verbose_name='line')),
                    ('part', models.CharField(blank=True, max_length=40)),
                    ('words', models.CharField(max_length=255)),
                    ('kind', models.CharField(blank=True, max_length=20)),
                    ('value', models.PositiveIntegerField(null=True)),
                    ('why', models.CharField(blank=True, choices=[('', 'Shown'), ('few', 'Says something of few'), ('beside', 'Would give another away')], default='', max_length=6, verbose_name='why not shown')),
                    ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='tracking.releasedtable')),
                ],
                options={
                    'ordering': ['table_id', 'place', 'pk'],
                },
            ),
        ]),
        migrations.AddConstraint(
            model_name='releasedtable',
            constraint=models.UniqueConstraint(fields=('freeze', 'slug'), name='released_table_once'),
        ),
        migrations.AddConstraint(
            model_name='releasedcell',
            constraint=models.UniqueConstraint(fields=('table', 'part', 'kind'), name='released_cell_once'),
        ),
        migrations.AddConstraint(
            model_name='releasedcell',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('value__isnull', True), ('why__in', ['few', 'beside'])), models.Q(('value__isnull', False), ('why', '')), _connector='OR'), name='released_cell_shown_or_held_back'),
        ),
        append_only("tracking_releasedtable"),
        append_only("tracking_releasedcell"),
    ]
