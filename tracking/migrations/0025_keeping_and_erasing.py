"""Holds, lists of what is due, stones for whoever was erased, breaches, and the function that forgets."""

import django.db.models.deletion
import django.db.models.functions.comparison
import neet.clock
from django.conf import settings
from django.db import migrations, models

from neet.audit.sql import append_only
from neet.migrating import Together
from tracking.retention import sql

FORGET = """
    drop function if exists tracking_forget(bigint[]);
    drop trigger if exists tombstone_no_hold on tracking_tombstone;
    drop function if exists tracking_hold_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('files', '0001_initial'),
        ('schools', '0008_districts_by_code'),
        ('tracking', '0024_the_same_person_twice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Archived',
                fields=[
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='archived', serialize=False, to='tracking.youngperson')),
                    ('since', models.DateField()),
                ],
            ),
            migrations.CreateModel(
                name='ErasureRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('cause', models.CharField(choices=[('time', 'Its time is over'), ('right', 'They asked to be erased'), ('wrong', 'The record should not be there')], default='time', max_length=5)),
                    ('state', models.CharField(choices=[('listed', 'Listed'), ('proposed', 'Waits for release'), ('released', 'Being erased'), ('done', 'Erased'), ('left', 'Not erased')], default='listed', max_length=8)),
                    ('as_of', models.DateField(verbose_name='due on')),
                    ('why', models.CharField(blank=True, max_length=300)),
                    ('listed_at', models.DateTimeField(default=neet.clock.now)),
                    ('proposed_at', models.DateTimeField(blank=True, null=True)),
                    ('released_at', models.DateTimeField(blank=True, null=True)),
                    ('released_why', models.CharField(blank=True, max_length=300, verbose_name='why one person alone')),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('job_id', models.BigIntegerField(null=True)),
                    ('counts', models.JSONField(default=dict)),
                    ('rules', models.JSONField(default=list)),
                    ('digest', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the certificate')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasure_runs', to='schools.authority')),
                    ('certificate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='erasure_runs', to='files.storedfile')),
                    ('listed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-listed_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='ErasureLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rule', models.CharField(max_length=40)),
                    ('due_on', models.DateField()),
                    ('held', models.CharField(blank=True, choices=[('', 'Is erased'), ('hold', 'On legal hold'), ('in_work', 'A service still answers for them')], default='', max_length=8)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracking.youngperson')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='tracking.erasurerun')),
                ],
                options={
                    'ordering': ['due_on', 'person_id'],
                },
            ),
            migrations.CreateModel(
                name='Keeping',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('second_person', models.BooleanField(default=True, verbose_name='two people erase')),
                    ('why', models.CharField(blank=True, max_length=240, verbose_name='why one person alone may')),
                    ('changed_at', models.DateTimeField(default=neet.clock.now)),
                    ('authority', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='keeping', to='schools.authority')),
                    ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='LegalHold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=240, verbose_name='why it must be kept')),
                    ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('placed_at', models.DateTimeField(default=neet.clock.now)),
                    ('lifted_at', models.DateTimeField(blank=True, null=True)),
                    ('lifted_why', models.CharField(blank=True, max_length=240)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legal_holds', to='schools.authority')),
                    ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='legal_holds', to='tracking.youngperson')),
                    ('placed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': [models.OrderBy(models.F('lifted_at'), descending=True, nulls_first=True), '-placed_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Tombstone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('authority_id', models.BigIntegerField()),
                    ('person_id', models.BigIntegerField()),
                    ('ref', models.UUIDField(db_index=True)),
                    ('erased_at', models.DateTimeField(default=neet.clock.now)),
                    ('transaction', models.BigIntegerField(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.Cast(models.Func(function='pg_current_xact_id'), models.TextField()), models.BigIntegerField()), editable=False)),
                    ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tombstones', to='tracking.erasurerun')),
                ],
            ),
            migrations.CreateModel(
                name='Breach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=400, verbose_name='what happened')),
                    ('happened_on', models.DateField(blank=True, null=True)),
                    ('known_at', models.DateTimeField(verbose_name='known since')),
                    ('people', models.PositiveIntegerField(blank=True, null=True, verbose_name='how many young people it concerns')),
                    ('measures', models.TextField(blank=True, max_length=2000, verbose_name='what was done about it')),
                    ('recorded_at', models.DateTimeField(default=neet.clock.now)),
                    ('tells_ico', models.BooleanField(blank=True, null=True, verbose_name='the ICO is told')),
                    ('decided_why', models.CharField(blank=True, max_length=400)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='the ICO was told')),
                    ('tells_people', models.BooleanField(blank=True, null=True, verbose_name='the young people are told')),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='schools.authority')),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'breaches',
                    'ordering': [models.OrderBy(models.F('closed_at'), descending=True, nulls_first=True), '-known_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='breach_says_what'), models.CheckConstraint(condition=models.Q(('tells_ico__isnull', True), models.Q(('decided_why', ''), _negated=True), _connector='OR'), name='breach_decided_for_a_reason'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('tells_ico__isnull', False), _connector='OR'), name='breach_closed_once_decided')],
                },
            ),
        ]),
        migrations.AddConstraint(
            model_name='erasurerun',
            constraint=models.UniqueConstraint(condition=models.Q(('cause', 'time'), ('state__in', ['listed', 'proposed', 'released'])), fields=('authority',), name='erasure_one_list_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='erasurerun',
            constraint=models.CheckConstraint(condition=models.Q(('cause', 'time'), models.Q(('why', ''), _negated=True), _connector='OR'), name='erasure_of_one_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='erasureline',
            constraint=models.UniqueConstraint(fields=('run', 'person'), name='erasure_line_once'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.CheckConstraint(condition=models.Q(('second_person', True), models.Q(('why', ''), _negated=True), _connector='OR'), name='keeping_alone_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='legal_hold_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), models.Q(('lifted_why', ''), _negated=True), _connector='OR'), name='legal_hold_lifted_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=models.Index(fields=['transaction'], name='tombstone_by_transaction'),
        ),
        append_only("tracking_tombstone"),
        migrations.RunSQL(sql.text("forget"), FORGET),
    ]
