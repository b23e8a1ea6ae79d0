"""Pairs that may be one person, records put together, and what each young person was taken into."""

import django.db.models.deletion
import neet.clock
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0008_districts_by_code'),
        ('tracking', '0023_cohorts_of_the_september_guarantee'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Duplicate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sure', models.FloatField(verbose_name='how sure the matcher is')),
                    ('levels', models.JSONField(default=list, verbose_name='how far each field agrees')),
                    ('number', models.CharField(blank=True, choices=[('', 'None'), ('upn', 'The same UPN'), ('uln', 'The same ULN'), ('ccis', "The earlier CCIS number of one is the other's")], max_length=4, verbose_name='number they share')),
                    ('state', models.CharField(choices=[('open', 'To decide'), ('not_the_same', 'Two people'), ('merged', 'Put together')], default='open', max_length=12)),
                    ('identity', models.CharField(blank=True, max_length=64, verbose_name='digest of both identities when decided')),
                    ('found_at', models.DateTimeField(default=neet.clock.now)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.authority')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracking.youngperson')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['-sure', 'pk'],
                    'indexes': [models.Index(fields=['authority', 'state', '-sure'], name='duplicate_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='duplicate_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='duplicate_in_the_order_of_their_coming'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='duplicate_decided_at_a_moment')],
                },
            ),
            migrations.CreateModel(
                name='DuplicateSearch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ran_at', models.DateTimeField(default=neet.clock.now)),
                    ('is_whole', models.BooleanField(verbose_name='everybody against everybody')),
                    ('people', models.PositiveIntegerField(verbose_name='people on the register')),
                    ('asked', models.PositiveIntegerField(verbose_name='of them looked at')),
                    ('pairs', models.PositiveIntegerField(verbose_name='pairs weighed')),
                    ('found', models.PositiveIntegerField(verbose_name='pairs new to the list')),
                    ('matcher', models.JSONField(default=dict, verbose_name='what was believed')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.authority')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'searches for duplicates',
                    'ordering': ['-ran_at', '-pk'],
                    'indexes': [models.Index(fields=['authority', '-ran_at'], name='duplicate_search_latest')],
                },
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('merged_at', models.DateTimeField(default=neet.clock.now)),
                    ('event_id', models.BigIntegerField()),
                    ('taken_apart_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.authority')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_kept', to='tracking.youngperson')),
                    ('merged', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_gone', to='tracking.youngperson')),
                    ('taken_apart_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-merged_at', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('taken_apart_at__isnull', True)), fields=('merged',), name='merged_into_one_only'), models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='merge_of_two')],
                },
            ),
            migrations.CreateModel(
                name='MergeMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=80)),
                    ('row_id', models.BigIntegerField()),
                    ('was', models.JSONField(null=True)),
                    ('now', models.JSONField(null=True)),
                    ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='tracking.merge')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('merge', 'table', 'row_id'), name='merge_move_once'), models.CheckConstraint(condition=models.Q(('was__isnull', False), ('now__isnull', False), _connector='OR'), name='merge_move_of_something')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='youngperson',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_here', to='tracking.youngperson'),
        ),
        migrations.AddIndex(
            model_name='youngperson',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged_into'),
        ),
        migrations.RunSQL("call neet_keep_history('tracking_youngperson')", migrations.RunSQL.noop),
    ]
