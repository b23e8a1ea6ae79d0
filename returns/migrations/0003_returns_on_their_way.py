import django.contrib.postgres.fields
import django.db.models.deletion
import neet.clock
import uuid
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('files', '0001_initial'),
        ('returns', '0002_load_words'),
        ('schools', '0003_establishment_search'),
        ('tracking', '0007_activity_expected_to_end'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Collection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('type', models.CharField(max_length=20, verbose_name='which return')),
                    ('title', models.CharField(max_length=120)),
                    ('academic_year', models.PositiveSmallIntegerField(help_text='The year in which it begins.')),
                    ('as_at', models.DateField(verbose_name='as things stood on')),
                    ('opens_on', models.DateField(verbose_name='open from')),
                    ('due_on', models.DateField(verbose_name='due on')),
                    ('remind_days', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list, help_text='Days from the due date on which whoever has not answered is reminded; before it with a minus.', size=None)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='schools.authority')),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['due_on', 'title'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opens_on'))), name='collection_due_after_it_opens'), models.UniqueConstraint(fields=('authority', 'type', 'academic_year', 'title'), name='collection_once_a_year')],
                },
            ),
            migrations.CreateModel(
                name='ExpectedReturn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('extended_to', models.DateField(blank=True, null=True, verbose_name='due later, on')),
                    ('waived_on', models.DateField(blank=True, null=True, verbose_name='not asked for since')),
                    ('waived_why', models.CharField(blank=True, max_length=200)),
                    ('nil_at', models.DateTimeField(blank=True, null=True, verbose_name='said to have nothing to return')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                    ('noticed_at', models.DateTimeField(blank=True, null=True, verbose_name='told')),
                    ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expected', to='returns.collection')),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expected_returns', to='schools.establishment')),
                    ('nil_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['collection', 'establishment__name'],
                    'indexes': [models.Index(condition=models.Q(('nil_at__isnull', True), ('sent_at__isnull', True), ('waived_on__isnull', True)), fields=['establishment'], name='expected_open')],
                    'constraints': [models.UniqueConstraint(fields=('collection', 'establishment'), name='expected_once_an_establishment'), models.CheckConstraint(condition=models.Q(('waived_on__isnull', True), models.Q(('waived_why', ''), _negated=True), _connector='OR'), name='expected_waived_with_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Intake',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('type', models.CharField(max_length=20, verbose_name='which return')),
                    ('version', models.PositiveSmallIntegerField()),
                    ('channel', models.CharField(choices=[('file', 'A file'), ('page', 'On the page'), ('officer', 'Brought in by the council'), ('program', 'Sent by a program')], max_length=8)),
                    ('state', models.CharField(choices=[('draft', 'Being prepared'), ('uploaded', 'Received, being checked'), ('checked', 'Checked, not sent yet'), ('confirmed', 'Sent to the council'), ('accepted', 'Accepted by the council'), ('rejected', 'Sent back by the council'), ('withdrawn', 'Taken back'), ('refused', 'Could not be read')], default='draft', max_length=10)),
                    ('as_at', models.DateField(verbose_name='as things stood on')),
                    ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the file')),
                    ('headings', models.JSONField(default=list)),
                    ('heading_row', models.PositiveIntegerField(default=0)),
                    ('columns', models.JSONField(default=dict, verbose_name='which heading holds which column')),
                    ('columns_confirmed', models.BooleanField(default=False)),
                    ('remarks', models.JSONField(default=list, verbose_name='what was odd about the file')),
                    ('refusal', models.TextField(blank=True)),
                    ('notice_issued_on', models.DateField(blank=True, null=True, verbose_name='privacy notice given to every pupil on')),
                    ('counts', models.JSONField(default=dict)),
                    ('compared_at', models.DateTimeField(blank=True, null=True)),
                    ('fingerprint', models.CharField(blank=True, max_length=64, verbose_name='of the comparison')),
                    ('matcher', models.JSONField(blank=True, null=True, verbose_name='what the matcher believed')),
                    ('hand_over_note', models.CharField(blank=True, max_length=240)),
                    ('begun_at', models.DateTimeField(default=neet.clock.now)),
                    ('event_id', models.BigIntegerField(null=True, unique=True)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_why', models.CharField(blank=True, max_length=400)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='schools.authority')),
                    ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='schools.establishment')),
                    ('expected', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='returns.expectedreturn')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile')),
                    ('handed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed to')),
                    ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-begun_at', '-pk'],
                    'indexes': [models.Index(fields=['authority', 'state'], name='intake_by_state'), models.Index(fields=['establishment', '-begun_at'], name='intake_by_establishment')],
                    'constraints': [models.UniqueConstraint(fields=('expected', 'version'), name='intake_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'accepted']), _negated=True), ('event_id__isnull', False), _connector='OR'), name='intake_applied_in_one_act')],
                },
            ),
            migrations.CreateModel(
                name='IntakeRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('sent', models.JSONField(default=dict)),
                    ('fixed', models.JSONField(default=dict)),
                    ('clean', models.JSONField(default=dict)),
                    ('left_out', models.BooleanField(default=False)),
                    ('found', models.CharField(blank=True, choices=[('', 'Not looked for yet'), ('preset', 'Listed from the register'), ('exact', 'The same person beyond doubt'), ('linked', 'Taken for the same person'), ('chosen', 'Chosen by a person'), ('doubtful', 'Somebody has to look'), ('new', 'Not on the register')], default='', max_length=8)),
                    ('sure', models.FloatField(blank=True, null=True)),
                    ('outcome', models.CharField(blank=True, choices=[('', 'Not compared yet'), ('continuing', 'Continuing'), ('new_here', 'New here'), ('left', 'Left'), ('new_person', 'New to the register'), ('unchanged', 'Known already'), ('overruled', 'The council knows something newer'), ('doubtful', 'Waits for the council to say who it is'), ('stopped', 'Needs a change first'), ('left_out', 'Left out')], default='', max_length=10)),
                    ('seen', models.CharField(blank=True, max_length=32, verbose_name='what the comparison saw')),
                    ('applied_event', models.BigIntegerField(null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='returns.intake')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['number'],
                    'indexes': [models.Index(fields=['intake', 'outcome'], name='intake_row_outcome'), models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='intake_row_person')],
                    'constraints': [models.UniqueConstraint(fields=('intake', 'number'), name='intake_row_once')],
                },
            ),
            migrations.CreateModel(
                name='Candidate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sure', models.FloatField()),
                    ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list, size=None)),
                    ('verdict', models.CharField(blank=True, choices=[('', 'Not decided'), ('same', 'The same person'), ('different', 'Somebody else')], default='', max_length=9)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracking.youngperson')),
                    ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='returns.intakerow')),
                ],
                options={
                    'ordering': ['-sure', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('row', 'person'), name='candidate_once')],
                },
            ),
            migrations.CreateModel(
                name='KnownColumns',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('type', models.CharField(max_length=20, verbose_name='which return')),
                    ('shape', models.CharField(max_length=64, verbose_name='fingerprint of the headings')),
                    ('columns', models.JSONField(default=dict)),
                    ('confirmed_at', models.DateTimeField(default=neet.clock.now)),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.establishment')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('establishment', 'type', 'shape'), name='known_columns_once')],
                },
            ),
            migrations.CreateModel(
                name='Missing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why_expected', models.CharField(max_length=80)),
                    ('answer', models.CharField(blank=True, choices=[('', 'Not answered'), ('still_here', 'Still here'), ('left', 'Left'), ('never_came', 'Did not come back'), ('not_ours', 'Never ours')], default='', max_length=10)),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('destination', models.CharField(blank=True, max_length=160)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='missing', to='returns.intake')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['person__family_name', 'person__given_name', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('intake', 'person'), name='missing_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'left'), _negated=True), ('left_on__isnull', False), _connector='OR'), name='missing_left_on_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('issued', 'Asked for'), ('reminder', 'Reminder'), ('late', 'Late'), ('receipt', 'Receipt'), ('handed_over', 'Handed to a colleague'), ('sent_back', 'Sent back')], max_length=12)),
                    ('day', models.DateField()),
                    ('message_id', models.BigIntegerField(null=True)),
                    ('expected', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='returns.expectedreturn')),
                    ('to_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-day', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('expected', 'kind', 'day', 'to_user'), name='notice_once_a_day', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='Problem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('column', models.CharField(blank=True, max_length=40)),
                    ('kind', models.CharField(max_length=40)),
                    ('severity', models.CharField(choices=[('error', 'To change'), ('query', 'To check or explain'), ('note', 'To know')], max_length=5)),
                    ('value', models.CharField(blank=True, max_length=200)),
                    ('why', models.CharField(max_length=300)),
                    ('fix', models.CharField(blank=True, max_length=300)),
                    ('explained', models.CharField(blank=True, max_length=300, verbose_name='why it is right all the same')),
                    ('explained_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='returns.intake')),
                    ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='returns.intakerow')),
                ],
                options={
                    'ordering': ['severity', 'kind', models.OrderBy(models.F('row__number'), nulls_first=True), 'pk'],
                    'indexes': [models.Index(fields=['intake', 'severity', 'kind'], name='problem_by_kind')],
                },
            ),
        ]),
    ]
