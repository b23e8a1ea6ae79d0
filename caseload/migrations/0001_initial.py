import django.db.models.deletion
import neet.clock
import uuid
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('schools', '0004_invited_to_prepare'),
        ('tracking', '0012_replays'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('treatment', models.CharField(choices=[('discuss', 'To talk about'), ('note', 'To note')], max_length=8)),
                    ('why', models.JSONField(default=list, verbose_name='why they are on the agenda')),
                    ('place', models.PositiveIntegerField(default=0, verbose_name='order')),
                    ('minutes', models.PositiveSmallIntegerField(default=0)),
                    ('nominated_why', models.CharField(blank=True, max_length=240)),
                    ('outcome', models.CharField(blank=True, max_length=240, verbose_name='the outcome in one line, for every service')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='talked about or noted')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('nominated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_items', to='tracking.youngperson')),
                    ('service', models.ForeignKey(blank=True, help_text='In whose part of the meeting.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                    ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['meeting', 'place', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='CaseSettings',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('shape', models.CharField(choices=[('simple', 'One service, one meeting'), ('several', 'Several services, meetings in districts')], default='several', max_length=10)),
                    ('warn_days', models.PositiveSmallIntegerField(default=14, verbose_name='days of warning before an offer ends')),
                    ('referral_days', models.PositiveSmallIntegerField(default=5, verbose_name='working days to answer a referral')),
                    ('authority', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='case_settings', to='schools.authority')),
                    ('default_service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                ],
                options={
                    'verbose_name_plural': 'case settings',
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=240)),
                    ('decided_at', models.DateTimeField(default=neet.clock.now)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='caseload.agendaitem')),
                    ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='decision', to='tracking.task')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='ListContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(default=neet.clock.today)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_contacts', to='schools.authority')),
                    ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='list_contacts', to='schools.district')),
                    ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_contacts', to='schools.service')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_contacts', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['service', 'district', 'pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('service', 'district', 'user'), name='list_contact_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('held_on', models.DateField()),
                    ('starts_at', models.TimeField(blank=True, null=True)),
                    ('place', models.CharField(blank=True, max_length=120)),
                    ('agenda_at', models.DateTimeField(blank=True, null=True, verbose_name='agenda made')),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings_chaired', to=settings.AUTH_USER_MODEL)),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='schools.district')),
                    ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-held_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Attendee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('organisation', models.CharField(blank=True, max_length=120)),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                    ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='meetings_attended', to=settings.AUTH_USER_MODEL)),
                    ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='caseload.meeting')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('meeting', 'user'), name='attendee_once'), models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('organisation', ''), _negated=True), _connector='OR'), name='attendee_is_somebody')],
                },
            ),
        ]),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='caseload.meeting'),
        ),
        migrations.CreateModel(
            name='MeetingType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40)),
                ('words', models.CharField(max_length=80)),
                ('scope', models.CharField(choices=[('district', 'One in each district'), ('service', 'One for a service'), ('authority', 'One for the council')], default='district', max_length=10)),
                ('about', models.CharField(choices=[('neet', 'Young people who are NEET'), ('ehcp', 'Those of them with an EHC plan'), ('nominated', 'Only those who were named for it')], default='neet', max_length=10)),
                ('every_months', models.PositiveSmallIntegerField(default=1)),
                ('minutes', models.PositiveSmallIntegerField(default=120)),
                ('name_by_working_days', models.PositiveSmallIntegerField(default=5, verbose_name='cases are named this many working days before')),
                ('has_outsiders', models.BooleanField(default=False, verbose_name='people from outside the council attend')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='no longer held from')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_types', to='schools.authority')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
            ],
            options={
                'ordering': ['words'],
                'constraints': [models.UniqueConstraint(fields=('authority', 'slug'), name='meeting_type_once')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='caseload.meetingtype'),
        ),
        Together([
            migrations.CreateModel(
                name='MonthRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField(verbose_name='last day of the month')),
                    ('opened_at', models.DateTimeField(default=neet.clock.now)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='month_runs', to='schools.authority')),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-month'],
                    'constraints': [models.UniqueConstraint(fields=('authority', 'month'), name='month_run_once')],
                },
            ),
            migrations.CreateModel(
                name='Case',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('allocated', 'Allocated'), ('conflict', 'Rules disagree'), ('no_rule', 'No rule fits'), ('moved_on', 'No longer NEET'), ('handed_back', 'Handed back to tracking')], max_length=12)),
                    ('offer', models.CharField(choices=[('caseload', 'Case-loaded: reviewed every month'), ('telephone', 'Telephone support, as they ask for it'), ('minimal', 'Messages and tracking only')], max_length=10)),
                    ('rule', models.CharField(blank=True, max_length=60, verbose_name='the rule that fired')),
                    ('offer_rule', models.CharField(blank=True, max_length=60, verbose_name='the rule of the offer')),
                    ('also', models.CharField(blank=True, max_length=240, verbose_name='other rules that fit')),
                    ('facts', models.JSONField(default=list, verbose_name='what the rules read')),
                    ('neet_since', models.DateField(blank=True, null=True)),
                    ('added_on', models.DateField(default=neet.clock.today)),
                    ('is_late', models.BooleanField(default=False, verbose_name='earlier notification')),
                    ('why_decided', models.CharField(blank=True, max_length=240, verbose_name='why a person decided otherwise')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='no longer a case from')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='tracking.youngperson')),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='schools.service')),
                    ('worker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cases', to=settings.AUTH_USER_MODEL)),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='caseload.monthrun')),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['service', 'run'], name='case_of_service'), models.Index(fields=['person', 'run'], name='case_of_person')],
                    'constraints': [models.UniqueConstraint(fields=('run', 'person'), name='case_once_a_month'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'allocated'), _negated=True), ('service__isnull', False), _connector='OR'), name='case_allocated_to_a_service'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('why_decided', ''), _negated=True), _connector='OR'), name='case_decided_for_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='ProvisionGap',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.CharField(blank=True, max_length=120, verbose_name='where')),
                    ('sector', models.CharField(max_length=120, verbose_name='what')),
                    ('level', models.CharField(blank=True, max_length=40)),
                    ('wanted_from', models.DateField(blank=True, null=True)),
                    ('need', models.CharField(blank=True, max_length=240, verbose_name='what it would have to offer')),
                    ('waiting', models.PositiveIntegerField(default=1, verbose_name='young people waiting')),
                    ('raised_at', models.DateTimeField(default=neet.clock.now)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('how_closed', models.CharField(blank=True, max_length=240, verbose_name='what became of it')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='provision_gaps', to='schools.authority')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='provision_gaps', to='schools.district')),
                    ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='provision_gaps', to='caseload.meeting')),
                    ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-raised_at'],
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('neet_support', 'Needs support to find a place'), ('wants_education', 'Wants to go back to education'), ('plan', 'EHC plan: needs a placement'), ('wellbeing', 'Health or wellbeing'), ('family', 'Family or housing'), ('justice', 'Youth justice involvement'), ('care', 'In care or a care leaver'), ('parent', 'Pregnant or a parent'), ('missing', 'Missing from education'), ('other', 'Something else')], max_length=16)),
                    ('words', models.CharField(blank=True, max_length=240, verbose_name='what is asked')),
                    ('takes_the_lead', models.BooleanField(default=True, verbose_name='that service is asked to lead')),
                    ('state', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                    ('made_at', models.DateTimeField(default=neet.clock.now)),
                    ('due_on', models.DateField(verbose_name='answer due')),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answer', models.CharField(blank=True, max_length=240, verbose_name='what was answered')),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('from_service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals_made', to='schools.service')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='tracking.youngperson')),
                    ('to_service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals_received', to='schools.service')),
                ],
                options={
                    'ordering': ['due_on', 'pk'],
                    'indexes': [models.Index(fields=['to_service', 'state'], name='referral_waiting')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('person', 'to_service'), name='referral_waiting_once'), models.CheckConstraint(condition=models.Q(('from_service__isnull', True), models.Q(('from_service', models.F('to_service')), _negated=True), _connector='OR'), name='referral_to_another_service'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='referral_declined_for_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Review',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(choices=[('working', 'Working with them, no change yet'), ('started', 'Started education, training or work'), ('start_agreed', 'A start is agreed'), ('referred', 'Referred to another service'), ('no_contact', 'Tried, could not reach them'), ('refused', 'Does not want support now'), ('not_available', 'Not available for now'), ('moved', 'Left the area')], max_length=14)),
                    ('words', models.CharField(blank=True, max_length=240, verbose_name='the outcome in one line, for every service')),
                    ('next_step', models.CharField(blank=True, max_length=160)),
                    ('next_on', models.DateField(blank=True, null=True, verbose_name='next step by')),
                    ('reviewed_on', models.DateField(default=neet.clock.today)),
                    ('recorded_at', models.DateTimeField(default=neet.clock.now)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='caseload.case')),
                    ('recorded_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-recorded_at', '-pk'],
                    'indexes': [models.Index(fields=['case', '-recorded_at'], name='review_latest')],
                },
            ),
            migrations.CreateModel(
                name='Screening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('held_on', models.DateField(default=neet.clock.today)),
                    ('recorded_at', models.DateTimeField(default=neet.clock.now)),
                    ('wants', models.CharField(choices=[('education', 'To be in education'), ('training', 'Training or an apprenticeship'), ('work', 'Work'), ('not_now', 'None of these for now'), ('not_said', 'Could not say yet')], max_length=10, verbose_name='what they want to do')),
                    ('wants_words', models.CharField(blank=True, max_length=240, verbose_name='in their words')),
                    ('asks_for_support', models.BooleanField(default=False, verbose_name='asks for support')),
                    ('other_service_leads', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=9, verbose_name='that service wants to lead')),
                    ('support_given', models.CharField(blank=True, max_length=240, verbose_name='support they already have')),
                    ('can_work', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=9, verbose_name='able to be economically active')),
                    ('plan_says', models.CharField(blank=True, max_length=400, verbose_name='what the plan and last annual review say')),
                    ('wants_education', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=9, verbose_name='wants to go on in education')),
                    ('wants_instead', models.CharField(blank=True, max_length=240, verbose_name='if not, what they want to do')),
                    ('rule', models.CharField(blank=True, max_length=60, verbose_name='the rule that proposed a service')),
                    ('why_other', models.CharField(blank=True, max_length=240, verbose_name='why another service than proposed')),
                    ('chosen', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                    ('other_service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service', verbose_name='another service involved')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='screenings', to='tracking.youngperson')),
                    ('proposed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-held_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('chosen', models.F('proposed')), ('chosen__isnull', True), ('proposed__isnull', True), models.Q(('why_other', ''), _negated=True), _connector='OR'), name='screening_other_service_for_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='ServiceList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('people', models.PositiveIntegerField()),
                    ('sent_at', models.DateTimeField(default=neet.clock.now)),
                    ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                    ('nudged_at', models.DateTimeField(blank=True, null=True)),
                    ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='caseload.listcontact')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='caseload.monthrun')),
                    ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['run', 'contact'],
                    'constraints': [models.UniqueConstraint(fields=('run', 'contact'), name='service_list_once')],
                },
            ),
            migrations.CreateModel(
                name='Stage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField(verbose_name='order')),
                    ('words', models.CharField(max_length=80)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='caseload.monthrun')),
                ],
                options={
                    'ordering': ['run', 'place'],
                    'constraints': [models.UniqueConstraint(fields=('run', 'place'), name='stage_place_once'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='stage_ends_after_start')],
                },
            ),
            migrations.CreateModel(
                name='StagePlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField(verbose_name='order')),
                    ('words', models.CharField(max_length=80)),
                    ('first_working_day', models.SmallIntegerField()),
                    ('last_working_day', models.SmallIntegerField()),
                    ('every_months', models.PositiveSmallIntegerField(default=1)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stage_plans', to='schools.authority')),
                ],
                options={
                    'ordering': ['authority', 'place'],
                    'constraints': [models.UniqueConstraint(fields=('authority', 'place'), name='stage_plan_place_once')],
                },
            ),
        ]),
        migrations.AddIndex(
            model_name='agendaitem',
            index=models.Index(fields=['person', '-meeting'], name='agenda_of_person'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'person'), name='agenda_once_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('type', 'district', 'held_on'), name='meeting_once_a_day', nulls_distinct=False),
        ),
    ]
