import django.db.models.deletion
import neet.clock
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('files', '0001_initial'),
        ('schools', '0001_initial'),
        ('tracking', '0006_undo'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='CheckRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period_end', models.DateField(verbose_name='month that ends on')),
                    ('checked_at', models.DateTimeField(default=neet.clock.now)),
                    ('people', models.PositiveIntegerField(default=0)),
                    ('too_old', models.PositiveIntegerField(default=0, verbose_name='too old for the file and not yet marked so')),
                    ('counts', models.JSONField(default=dict, help_text='How many records by error.')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_runs', to='schools.authority')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-checked_at'],
                    'indexes': [models.Index(fields=['authority', 'period_end', '-checked_at'], name='returns_che_authori_238628_idx')],
                },
            ),
            migrations.CreateModel(
                name='Load',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('return', 'A DfE return (XML)'), ('contacts', 'Telephone numbers and e-mail addresses'), ('activities', 'Earlier activities'), ('caseload', 'Who works with whom')], max_length=10)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting to be tried out'), ('tried', 'Tried out, not taken in'), ('refused', 'Could not be read'), ('taken', 'Taken in'), ('undone', 'Taken back'), ('discarded', 'Discarded')], default='waiting', max_length=10)),
                    ('sha256', models.CharField(max_length=64, verbose_name='fingerprint of the file')),
                    ('period_end', models.DateField(blank=True, null=True)),
                    ('event_id', models.BigIntegerField(null=True, unique=True)),
                    ('counts', models.JSONField(default=dict)),
                    ('refusal', models.TextField(blank=True)),
                    ('brought_at', models.DateTimeField(default=neet.clock.now)),
                    ('taken_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='loads', to='schools.authority')),
                    ('brought_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile')),
                ],
                options={
                    'ordering': ['-brought_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), ('event_id__isnull', False), _connector='OR'), name='load_taken_in_one_act')],
                },
            ),
            migrations.CreateModel(
                name='NotTaken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('row', models.PositiveIntegerField()),
                    ('number', models.CharField(blank=True, max_length=40, verbose_name='CCIS number')),
                    ('field', models.CharField(blank=True, max_length=60)),
                    ('value', models.CharField(blank=True, max_length=200)),
                    ('why', models.CharField(max_length=300)),
                    ('whole_row', models.BooleanField(default=False)),
                    ('load', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='not_taken', to='returns.load')),
                ],
                options={
                    'ordering': ['-whole_row', 'row', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='RecordError',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=8, verbose_name='error')),
                    ('field', models.CharField(max_length=60)),
                    ('priority', models.PositiveSmallIntegerField(default=0)),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='record_errors', to='tracking.youngperson')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='errors', to='returns.checkrun')),
                ],
                options={
                    'ordering': ['priority', 'code', 'person_id'],
                    'indexes': [models.Index(fields=['run', 'code'], name='returns_rec_run_id_ef6d23_idx'), models.Index(fields=['person'], name='returns_rec_person__9f6ff7_idx')],
                },
            ),
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period_end', models.DateField(verbose_name='month that ends on')),
                    ('date_of_send', models.DateField()),
                    ('rules_of', models.CharField(max_length=7, verbose_name='rules of')),
                    ('built_at', models.DateTimeField(default=neet.clock.now)),
                    ('content', models.BinaryField(verbose_name='file, compressed')),
                    ('sha256', models.CharField(max_length=64, verbose_name='fingerprint')),
                    ('size', models.PositiveBigIntegerField(verbose_name='bytes')),
                    ('people', models.PositiveIntegerField()),
                    ('errors', models.JSONField(default=dict, help_text='How many records by error.')),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='schools.authority')),
                    ('built_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-period_end', '-built_at'],
                    'indexes': [models.Index(fields=['authority', '-period_end', '-built_at'], name='returns_sub_authori_c69fd1_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('sent_by__isnull', False), _connector='OR'), name='submission_sent_by_someone')],
                },
            ),
        ]),
    ]
