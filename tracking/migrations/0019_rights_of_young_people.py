"""What people ask of their own records, the copies made of them, and records kept and not used."""

import django.db.models.deletion
import neet.clock
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
        ('schools', '0007_attestations'),
        ('tracking', '0018_published_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='RightsRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('copy', 'A copy of what we hold'), ('rectification', 'Something is wrong'), ('restriction', 'Keep it, and do not use it'), ('objection', 'Objects to our using it'), ('erasure', 'Erase it')], max_length=14, verbose_name='what they ask')),
                    ('asked_by', models.CharField(choices=[('young_person', 'The young person'), ('parent', 'A parent or carer with authority to ask'), ('solicitor', 'A solicitor or other agent')], default='young_person', max_length=12, verbose_name='who asks')),
                    ('asked_on', models.DateField(verbose_name='asked on')),
                    ('words', models.CharField(blank=True, max_length=1000, verbose_name='in their words')),
                    ('identity_on', models.DateField(blank=True, null=True, verbose_name='sure who asks since')),
                    ('identity_how', models.CharField(blank=True, max_length=200, verbose_name='how we made sure')),
                    ('unclear_on', models.DateField(blank=True, null=True, verbose_name='we asked what they mean on')),
                    ('clear_on', models.DateField(blank=True, null=True, verbose_name='they told us on')),
                    ('extended_on', models.DateField(blank=True, null=True, verbose_name='given two months more on')),
                    ('extended_why', models.CharField(blank=True, max_length=240, verbose_name='why')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='to be answered by')),
                    ('state', models.CharField(choices=[('open', 'Being answered'), ('done', 'Done as asked'), ('partly', 'Done in part'), ('refused', 'Refused, with the reason'), ('withdrawn', 'Taken back by whoever asked')], default='open', max_length=10)),
                    ('answered_on', models.DateField(blank=True, null=True)),
                    ('outcome', models.CharField(blank=True, max_length=1000, verbose_name='what came of it')),
                    ('statement', models.CharField(blank=True, max_length=1000, verbose_name='what they want to stand beside it')),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rights_requests', to='schools.authority')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rights_requests', to='tracking.youngperson')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Recipient',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200)),
                    ('given', models.CharField(max_length=200, verbose_name='what they were given')),
                    ('given_on', models.DateField()),
                    ('told_on', models.DateField(blank=True, null=True)),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='tracking.rightsrequest')),
                ],
                options={
                    'ordering': ['-given_on', 'name', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Copy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('gathered', 'To be read through'), ('read', 'Waits for a second look'), ('agreed', 'Agreed, being set'), ('set', 'Ready to be given'), ('given', 'Given')], default='gathered', max_length=8)),
                    ('gathered_at', models.DateTimeField(default=neet.clock.now)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('sent_back_why', models.CharField(blank=True, max_length=240, verbose_name='why it was sent back')),
                    ('pages', models.PositiveIntegerField(blank=True, null=True)),
                    ('given_on', models.DateField(blank=True, null=True)),
                    ('given_how', models.CharField(blank=True, max_length=120)),
                    ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('data', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile')),
                    ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile')),
                    ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='copy', to='tracking.rightsrequest')),
                ],
                options={
                    'verbose_name_plural': 'copies',
                },
            ),
            migrations.CreateModel(
                name='UseLimited',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(choices=[('disputed', 'They say it is wrong, and we look into it'), ('unlawful', 'We should not have it, and they want it kept'), ('claim', 'They need it for a claim in law'), ('objected', 'They object, and we weigh it')], max_length=10)),
                    ('starts_on', models.DateField()),
                    ('told_on', models.DateField(blank=True, null=True, verbose_name='told before it ended, on')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='used again since')),
                    ('ended_why', models.CharField(blank=True, max_length=240, verbose_name='why it ended')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='use_limits', to='tracking.youngperson')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'limits of use',
                    'ordering': ['-starts_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('at', models.DateTimeField(help_text='Empty: nobody knows when.', null=True)),
                    ('has_time', models.BooleanField(default=False)),
                    ('about', models.CharField(max_length=60, verbose_name='table')),
                    ('title', models.CharField(max_length=240)),
                    ('text', models.TextField(blank=True)),
                    ('came_from', models.CharField(blank=True, max_length=200)),
                    ('names_others', models.BooleanField(default=False, verbose_name='may name somebody else')),
                    ('held', models.CharField(blank=True, choices=[('', 'Goes out'), ('others', 'Held back: it is about somebody else'), ('harm', 'Held back: it could do serious harm'), ('crime', 'Held back: preventing or detecting crime'), ('legal', 'Held back: legal advice'), ('protection', 'Held back: child protection')], default='', max_length=10)),
                    ('replaced', models.TextField(blank=True, verbose_name='what is said instead')),
                    ('is_replaced', models.BooleanField(default=False)),
                    ('released_at', models.DateTimeField(blank=True, null=True)),
                    ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='tracking.copy')),
                    ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                ],
                options={
                    'verbose_name_plural': 'entries',
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('copy', 'number'), name='entry_number_once')],
                },
            ),
            migrations.CreateModel(
                name='LookedInto',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('found', models.CharField(choices=[('right', 'It was right'), ('unneeded', 'Well meant, and not needed'), ('wrong', 'It was wrong')], max_length=8)),
                    ('words', models.CharField(max_length=500, verbose_name='what was found and done')),
                    ('looked_at', models.DateTimeField(default=neet.clock.now)),
                    ('grant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='looked_into', to='tracking.accessgrant')),
                    ('looked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='looked_into_in_words')],
                },
            ),
        ]),
        migrations.AddIndex(
            model_name='rightsrequest',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['authority', 'due_on'], name='rights_request_open'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person', 'kind'), name='rights_request_open_once'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), ('answered_on__isnull', False), _connector='XOR'), name='rights_request_answered_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'withdrawn']), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='rights_request_answered_in_words'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequest',
            constraint=models.CheckConstraint(condition=models.Q(('extended_on__isnull', True), models.Q(('extended_why', ''), _negated=True), _connector='OR'), name='rights_request_extended_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='recipient',
            constraint=models.UniqueConstraint(fields=('request', 'name', 'given', 'given_on'), name='recipient_once'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'given'), _negated=True), ('given_on__isnull', False), _connector='OR'), name='copy_given_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='uselimited',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('person',), name='use_limited_open_once'),
        ),
        migrations.AddConstraint(
            model_name='uselimited',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), models.Q(('told_on__isnull', False), ('told_on__lte', models.F('ends_on'))), _connector='OR'), name='use_limited_ends_after_notice'),
        ),
    ]
