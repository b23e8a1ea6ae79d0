import django.contrib.postgres.constraints
import django.db.models.constraints
import django.db.models.deletion
import neet.clock
import tracking.register.models.activity
import uuid
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('schools', '0001_initial'),
        ('tracking', '0001_extensions'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='YoungPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('young_person_id', models.CharField(max_length=13, verbose_name='CCIS number')),
                    ('previous_id', models.CharField(blank=True, max_length=13, verbose_name='earlier CCIS number')),
                    ('given_name', models.CharField(max_length=100, verbose_name='first name')),
                    ('middle_name', models.CharField(blank=True, max_length=100, verbose_name='middle names')),
                    ('family_name', models.CharField(max_length=100, verbose_name='last name')),
                    ('known_as', models.CharField(blank=True, max_length=100)),
                    ('date_of_birth', models.DateField(blank=True, null=True)),
                    ('gender', models.CharField(blank=True, max_length=1)),
                    ('ethnicity', models.CharField(blank=True, max_length=4)),
                    ('upn', models.CharField(blank=True, max_length=13, verbose_name='UPN')),
                    ('uln', models.CharField(blank=True, max_length=10, verbose_name='ULN')),
                    ('educated_la', models.CharField(blank=True, max_length=3, verbose_name='educated by')),
                    ('la_at_year_11', models.CharField(blank=True, max_length=3, verbose_name='authority in Year 11')),
                    ('cohort_status', models.CharField(default='P', max_length=1)),
                    ('cohort_status_on', models.DateField(blank=True, null=True, verbose_name='since')),
                    ('transferred_to_la', models.CharField(blank=True, max_length=3, verbose_name='moved to')),
                    ('level_of_need', models.CharField(blank=True, max_length=1)),
                    ('has_guarantee', models.BooleanField(default=False, verbose_name='is in a September Guarantee')),
                    ('intended_destination', models.CharField(blank=True, max_length=3)),
                    ('restricted_on', models.DateField(blank=True, null=True, verbose_name='restricted since')),
                    ('restricted_reason', models.CharField(blank=True, max_length=200)),
                    ('source', models.CharField(choices=[('register', 'Entered here'), ('loaded', 'Brought from another system'), ('return', 'A school or college return')], default='register', max_length=10)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('created_at', models.DateTimeField(default=neet.clock.now, editable=False)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='young_people', to='schools.authority')),
                ],
                options={
                    'verbose_name_plural': 'young people',
                    'indexes': [models.Index(fields=['authority', 'date_of_birth'], name='tracking_yo_authori_d64108_idx'), models.Index(condition=models.Q(('upn', ''), _negated=True), fields=['upn'], name='person_upn'), models.Index(condition=models.Q(('uln', ''), _negated=True), fields=['uln'], name='person_uln'), models.Index(fields=['young_person_id'], name='tracking_yo_young_p_3d2297_idx')],
                    'constraints': [models.UniqueConstraint(fields=('authority', 'young_person_id'), name='person_number_once'), models.CheckConstraint(condition=models.Q(('restricted_on__isnull', True), models.Q(('restricted_reason', ''), _negated=True), _connector='OR'), name='person_restricted_for_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=3, verbose_name='activity')),
                    ('starts_on', models.DateField(verbose_name='started on')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                    ('is_primary', models.BooleanField(default=True)),
                    ('establishment_number', models.CharField(blank=True, max_length=7, verbose_name='DfE number')),
                    ('establishment_name', models.CharField(blank=True, max_length=160, verbose_name='place')),
                    ('ukprn', models.CharField(blank=True, max_length=8, verbose_name='UKPRN')),
                    ('predicted_end_on', models.DateField(blank=True, null=True, verbose_name='expected to end on')),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='to be reviewed on')),
                    ('ascertained_on', models.DateField(blank=True, null=True, verbose_name='known since')),
                    ('neet_since_on', models.DateField(blank=True, null=True, verbose_name='NEET since')),
                    ('course', models.CharField(blank=True, max_length=160)),
                    ('leaving_reason', models.CharField(blank=True, max_length=40)),
                    ('source', models.CharField(choices=[('young_person', 'The young person'), ('parent', 'A parent or carer'), ('provider', 'The school, college or provider'), ('employer', 'The employer'), ('service', 'Another council service'), ('authority', 'Another local authority'), ('dfe', 'The DfE or another national source'), ('survey', 'A survey answer'), ('loaded', 'Brought from another system')], default='young_person', max_length=12, verbose_name='who told us')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('establishment', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='schools.establishment')),
                    ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='tracking.youngperson')),
                ],
                options={
                    'verbose_name_plural': 'activities',
                    'ordering': ['-starts_on', '-pk'],
                    'indexes': [models.Index(fields=['establishment', 'person'], name='activity_establishment')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='activity_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_primary', True)), deferrable=django.db.models.constraints.Deferrable['DEFERRED'], expressions=[(models.F('person'), '='), (tracking.register.models.activity.DateRange('starts_on', 'ends_on', models.Value('[]')), '&&')], name='activity_one_primary_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='ReferenceYear',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(unique=True)),
                    ('looked_through_at', models.DateTimeField(default=neet.clock.now)),
                    ('remark', models.TextField(blank=True)),
                    ('looked_through_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-starts_on'],
                },
            ),
            migrations.CreateModel(
                name='SavedSearch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('words', models.CharField(blank=True, max_length=200, verbose_name='search')),
                    ('filters', models.JSONField(default=dict)),
                    ('name', models.CharField(blank=True, help_text='Only a kept search has a name.', max_length=80)),
                    ('made_at', models.DateTimeField(default=neet.clock.now)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name', '-made_at'],
                },
            ),
            migrations.CreateModel(
                name='Responsibility',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('lead', 'Leads the work'), ('support', 'Supports'), ('tracking', 'Tracks'), ('contract', 'Tracks under contract')], default='lead', max_length=10)),
                    ('starts_on', models.DateField(default=neet.clock.today)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='schools.service')),
                    ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='responsibilities', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='tracking.youngperson')),
                ],
                options={
                    'verbose_name_plural': 'responsibilities',
                    'indexes': [models.Index(fields=['service', 'person'], name='responsibility_service'), models.Index(fields=['user', 'person'], name='responsibility_user')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='responsibility_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('kind', 'lead')), fields=('person',), name='responsibility_one_lead')],
                },
            ),
            migrations.CreateModel(
                name='Residence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line_1', models.CharField(blank=True, max_length=100, verbose_name='address line 1')),
                    ('line_2', models.CharField(blank=True, max_length=100, verbose_name='address line 2')),
                    ('line_3', models.CharField(blank=True, max_length=100, verbose_name='address line 3')),
                    ('line_4', models.CharField(blank=True, max_length=100, verbose_name='address line 4')),
                    ('town', models.CharField(blank=True, max_length=60)),
                    ('county', models.CharField(blank=True, max_length=60)),
                    ('postcode', models.CharField(blank=True, max_length=8)),
                    ('starts_on', models.DateField(blank=True, null=True)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(blank=True, max_length=40)),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='schools.district')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='residences', to='tracking.youngperson')),
                ],
                options={
                    'ordering': [models.OrderBy(models.F('ends_on'), descending=True, nulls_first=True), '-starts_on'],
                    'indexes': [models.Index(condition=models.Q(('ends_on__isnull', True)), fields=['district', 'person'], name='residence_current'), models.Index(fields=['postcode'], name='tracking_re_postcod_00406a_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('person',), name='residence_one_current_a_person'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='residence_ends_after_start')],
                },
            ),
            migrations.CreateModel(
                name='Objection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_by', models.CharField(choices=[('parent', 'A parent or carer'), ('young_person', 'The young person')], max_length=12)),
                    ('made_on', models.DateField()),
                    ('withdrawn_on', models.DateField(blank=True, null=True)),
                    ('channel', models.CharField(blank=True, max_length=40, verbose_name='how we were told')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['-made_on'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('made_on')), _connector='OR'), name='objection_withdrawn_after_made'), models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('person', 'made_by'), name='objection_open_once')],
                },
            ),
            migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(verbose_name='note')),
                    ('written_at', models.DateTimeField(default=neet.clock.now)),
                    ('service', models.ForeignKey(blank=True, help_text='Restricted to this service.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='schools.service')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['-written_at'],
                },
            ),
            migrations.CreateModel(
                name='Guarantee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year_group', models.PositiveSmallIntegerField(choices=[(11, 'Year 11'), (12, 'Year 12')])),
                    ('status', models.CharField(blank=True, max_length=3)),
                    ('la_code', models.CharField(blank=True, max_length=3, verbose_name='authority that led')),
                    ('status_on', models.DateField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guarantees', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['year_group'],
                    'constraints': [models.UniqueConstraint(fields=('person', 'year_group'), name='guarantee_once_a_year_group')],
                },
            ),
            migrations.CreateModel(
                name='FormerName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('given_name', models.CharField(max_length=100)),
                    ('family_name', models.CharField(max_length=100)),
                    ('until', models.DateField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['-until'],
                },
            ),
            migrations.CreateModel(
                name='ContactPoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('mobile', 'Mobile'), ('telephone', 'Telephone'), ('email', 'E-mail')], max_length=10)),
                    ('value', models.CharField(max_length=120, verbose_name='number or address')),
                    ('whose', models.CharField(choices=[('young_person', 'Young person'), ('parent', 'Parent or carer'), ('other', 'Someone else')], default='young_person', max_length=12, verbose_name='whose it is')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='their name')),
                    ('from_institution', models.BooleanField(default=False, verbose_name='from a school or college')),
                    ('do_not_use', models.BooleanField(default=False)),
                    ('starts_on', models.DateField(default=neet.clock.today)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_points', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['whose', 'kind', 'pk'],
                    'indexes': [models.Index(fields=['value'], name='tracking_co_value_f4534c_idx')],
                },
            ),
            migrations.CreateModel(
                name='Claim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(blank=True, max_length=3, verbose_name='activity')),
                    ('place', models.CharField(blank=True, max_length=160)),
                    ('said_on', models.DateField()),
                    ('said_by', models.CharField(max_length=40)),
                    ('channel', models.CharField(blank=True, max_length=40)),
                    ('state', models.CharField(choices=[('open', 'To confirm'), ('taken', 'Confirmed'), ('set_aside', 'Set aside')], default='open', max_length=10)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='claims_decided', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['-said_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Characteristic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=4)),
                    ('starts_on', models.DateField(blank=True, null=True)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(blank=True, max_length=40)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='characteristics', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['code', '-starts_on'],
                    'indexes': [models.Index(fields=['code', 'person'], name='tracking_ch_code_0a40c5_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='characteristic_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('person', 'code'), name='characteristic_once_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='AccessGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('named', 'Named for a restricted record'), ('reason', 'Opened with a stated reason'), ('emergency', 'Opened in an emergency')], max_length=10)),
                    ('reason', models.CharField(max_length=240)),
                    ('granted_at', models.DateTimeField(default=neet.clock.now)),
                    ('until', models.DateField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_grants', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_grants', to='tracking.youngperson')),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'person'], name='tracking_ac_user_id_2b5505_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='access_grant_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('words', models.CharField(max_length=240, verbose_name='what is to do')),
                    ('cause', models.CharField(blank=True, max_length=80)),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('opened_at', models.DateTimeField(default=neet.clock.now)),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('outcome', models.CharField(blank=True, max_length=240)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='schools.authority')),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks_done', to=settings.AUTH_USER_MODEL)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='tracking.youngperson')),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='schools.service')),
                ],
                options={
                    'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'],
                    'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['authority', 'kind', 'due_on'], name='task_open')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('person', 'kind', 'cause'), name='task_open_once_a_cause')],
                },
            ),
            migrations.CreateModel(
                name='Confirmation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verified_on', models.DateField(verbose_name='known to be so on')),
                    ('source', models.CharField(choices=[('young_person', 'The young person'), ('parent', 'A parent or carer'), ('provider', 'The school, college or provider'), ('employer', 'The employer'), ('service', 'Another council service'), ('authority', 'Another local authority'), ('dfe', 'The DfE or another national source'), ('survey', 'A survey answer'), ('loaded', 'Brought from another system')], max_length=12, verbose_name='who told us')),
                    ('recorded_at', models.DateTimeField(default=neet.clock.now)),
                    ('activity', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='confirmations', to='tracking.activity')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('voids', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voided_by', to='tracking.confirmation')),
                ],
                options={
                    'ordering': ['-verified_on', '-pk'],
                    'indexes': [models.Index(fields=['activity', '-verified_on'], name='confirmation_latest')],
                },
            ),
            migrations.CreateModel(
                name='ReferenceRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=80)),
                    ('values', models.JSONField(default=dict)),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('evidence', models.CharField(choices=[('confirmed', 'Confirmed for this year'), ('carried over', 'Carried over from an earlier year'), ('unconfirmed', 'Not confirmed')], default='carried over', max_length=12, verbose_name='how sure')),
                    ('edited_at', models.DateTimeField(blank=True, null=True)),
                    ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['table', 'key', 'valid_from'],
                    'constraints': [models.UniqueConstraint(fields=('table', 'key', 'valid_from'), name='reference_row_once_a_start'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='reference_row_ends_after_start')],
                },
            ),
            migrations.CreateModel(
                name='Situation',
                fields=[
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='situation', serialize=False, to='tracking.youngperson')),
                    ('code', models.CharField(blank=True, max_length=3)),
                    ('starts_on', models.DateField(null=True)),
                    ('ends_on', models.DateField(null=True)),
                    ('verified_on', models.DateField(null=True)),
                    ('lapses_on', models.DateField(null=True)),
                    ('neet_since_on', models.DateField(null=True)),
                    ('changes_on', models.DateField(null=True, verbose_name='a later activity begins on')),
                    ('activity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracking.activity')),
                ],
                options={
                    'indexes': [models.Index(fields=['code', 'lapses_on'], name='tracking_si_code_948ac2_idx'), models.Index(fields=['activity'], name='tracking_si_activit_26bb6c_idx'), models.Index(condition=models.Q(('changes_on__isnull', False)), fields=['changes_on'], name='situation_changes')],
                },
            ),
        ]),
    ]
