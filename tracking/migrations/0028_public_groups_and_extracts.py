"""What the public is shown, groups a council names, and lists taken away as files."""

import django.db.models.deletion
import neet.clock
import uuid
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
        ('schools', '0008_districts_by_code'),
        ('tracking', '0027_cuts_that_are_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='PublicFigures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('open_to', models.CharField(choices=[('nobody', 'Nobody without an account'), ('listed', 'People on a list, each by a link of their own'), ('everybody', 'Everybody')], default='nobody', max_length=9, verbose_name='open to')),
                    ('changed_at', models.DateTimeField(default=neet.clock.now)),
                    ('authority', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority')),
                    ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='PublicReader',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('until_on', models.DateField(verbose_name='until')),
                    ('added_at', models.DateTimeField(default=neet.clock.now)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority')),
                ],
                options={
                    'ordering': ['name', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Extract',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('state', models.CharField(choices=[('asked', 'Waits for somebody to agree'), ('refused', 'Not agreed to'), ('agreed', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made'), ('gone', 'Taken away')], default='asked', max_length=7)),
                    ('filters', models.JSONField(default=dict, help_text='What the register was narrowed to.')),
                    ('people', models.PositiveIntegerField(verbose_name='young people when it was asked for')),
                    ('made_as', models.CharField(choices=[('xlsx', 'Excel'), ('csv', 'CSV')], default='xlsx', max_length=4)),
                    ('why', models.CharField(max_length=240)),
                    ('given_to', models.CharField(max_length=120, verbose_name='who gets it')),
                    ('asked_at', models.DateTimeField(default=neet.clock.now)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('refused_why', models.CharField(blank=True, max_length=240, verbose_name='why not')),
                    ('made_at', models.DateTimeField(null=True)),
                    ('until_on', models.DateField(null=True, verbose_name='lies here until')),
                    ('taken', models.PositiveSmallIntegerField(default=0, verbose_name='times it was downloaded')),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='files.storedfile')),
                ],
                options={
                    'ordering': ['-asked_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='extract_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refused_why', ''), _negated=True), _connector='OR'), name='extract_refused_says_why')],
                },
            ),
            migrations.CreateModel(
                name='Group',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('rule', models.JSONField(default=list, help_text='Lines that all hold; of each line one value or none of them.')),
                    ('is_shared', models.BooleanField(default=False, verbose_name='open to colleagues')),
                    ('in_reports', models.BooleanField(default=False, verbose_name='told of in the monthly report')),
                    ('kept_at', models.DateTimeField(default=neet.clock.now)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups_kept', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('authority', 'owner', 'name'), name='group_named_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='group_has_a_name'), models.CheckConstraint(condition=models.Q(('in_reports', False), ('is_shared', True), _connector='OR'), name='group_in_reports_is_shared')],
                },
            ),
            migrations.CreateModel(
                name='PublicRelease',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField(verbose_name='month that ends on')),
                    ('digest', models.CharField(max_length=64, verbose_name='fingerprint of its numbers')),
                    ('proposed_at', models.DateTimeField(default=neet.clock.now)),
                    ('signed_at', models.DateTimeField(null=True, verbose_name='signed off')),
                    ('signed_why', models.CharField(blank=True, max_length=240, verbose_name="why one's own work")),
                    ('withdrawn_at', models.DateTimeField(null=True, verbose_name='taken back')),
                    ('withdrawn_why', models.CharField(blank=True, max_length=240, verbose_name='why taken back')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority')),
                    ('csv', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracking.freeze')),
                    ('pdf', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-month', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('authority', 'month'), name='public_release_one_stands_a_month'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_why', ''), _negated=True), _connector='OR'), name='public_release_taken_back_says_why')],
                },
            ),
        ]),
    ]
