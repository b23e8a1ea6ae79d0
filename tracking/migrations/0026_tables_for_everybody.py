"""A frozen month's tables as everybody is shown them; which months are public."""

import django.db.models.deletion
import neet.clock
from django.conf import settings
from django.db import migrations, models

from neet.audit.sql import append_only
from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('schools', '0008_districts_by_code'),
        ('tracking', '0025_keeping_and_erasing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
            migrations.CreateModel(
                name='Publication',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField(verbose_name='month that ends on')),
                    ('text', models.TextField(blank=True, max_length=2000, verbose_name='what the figures say')),
                    ('proposed_at', models.DateTimeField(default=neet.clock.now)),
                    ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                    ('released_why', models.CharField(blank=True, max_length=300, verbose_name='why one person alone')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_why', models.CharField(blank=True, max_length=300, verbose_name='why withdrawn')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='schools.authority')),
                    ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='tracking.freeze')),
                    ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-month', '-proposed_at', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('authority', 'month'), name='publication_one_stands_a_month'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_why', ''), _negated=True), _connector='OR'), name='publication_withdrawn_for_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Publishing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('second_person', models.BooleanField(default=True, verbose_name='two people publish')),
                    ('why', models.CharField(blank=True, max_length=240, verbose_name='why one person alone may')),
                    ('changed_at', models.DateTimeField(default=neet.clock.now)),
                    ('authority', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='publishing', to='schools.authority')),
                    ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('second_person', True), models.Q(('why', ''), _negated=True), _connector='OR'), name='publishing_alone_for_a_reason')],
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
