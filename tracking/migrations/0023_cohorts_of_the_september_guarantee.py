"""The cohort of a September as it was set, its changes, and who was looked up before."""

import django.db.models.deletion
import neet.clock
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0008_districts_by_code'),
        ('tracking', '0022_moves_between_councils'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='CohortFreeze',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='for the September of')),
                    ('as_at', models.DateField(verbose_name='as the register had it on')),
                    ('made_at', models.DateTimeField(default=neet.clock.now)),
                    ('approved_at', models.DateTimeField(blank=True, null=True)),
                    ('why_alone', models.CharField(blank=True, help_text='Where whoever proposed it approved it.', max_length=240, verbose_name='why one person alone')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_why', models.CharField(blank=True, max_length=240)),
                    ('counts', models.JSONField(default=dict, help_text='How many by year group and why they are in.')),
                    ('event_id', models.BigIntegerField(blank=True, null=True, verbose_name='the act that approved it')),
                    ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohort_freezes', to='schools.authority')),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-year', '-made_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='CohortMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year_group', models.PositiveSmallIntegerField(choices=[(11, 'Year 11'), (12, 'Year 12')])),
                    ('reason', models.CharField(choices=[('educated_here', 'Year 11 at a school in this area'), ('educated_elsewhere', 'Year 11, lives here, at school in another area'), ('taught_at_home', 'Year 11, lives here, taught at home'), ('on_no_roll', 'Year 11, lives here, at no school we know of'), ('lives_here', 'Year 12, lives here')], max_length=20, verbose_name='why they are in')),
                    ('led_by', models.CharField(max_length=3, verbose_name='council that leads')),
                    ('at_freeze', models.BooleanField(default=True, verbose_name='in since the freeze')),
                    ('added_on', models.DateField()),
                    ('added_why', models.CharField(blank=True, max_length=240)),
                    ('removed_on', models.DateField(blank=True, null=True)),
                    ('removed_why', models.CharField(blank=True, max_length=240)),
                    ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('establishment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.establishment', verbose_name='place then')),
                    ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='tracking.cohortfreeze')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cohort_memberships', to='tracking.youngperson')),
                    ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['freeze', 'year_group', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ResidencyCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='before the September of')),
                    ('outcome', models.CharField(choices=[('resident', 'Still lives here'), ('moved', "Moved to another council's area"), ('abroad', 'Moved abroad'), ('unknown', 'Could not be found out')], max_length=8, verbose_name='what was found')),
                    ('evidence', models.CharField(max_length=240, verbose_name='how that is known')),
                    ('checked_on', models.DateField(default=neet.clock.today)),
                    ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='residency_checks', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['-checked_on', '-pk'],
                },
            ),
        ]),
        migrations.AddConstraint(
            model_name='cohortfreeze',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('authority', 'year'), name='cohort_freeze_one_a_year'),
        ),
        migrations.AddConstraint(
            model_name='cohortfreeze',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_why', ''), _negated=True), _connector='OR'), name='cohort_freeze_taken_back_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='cohortmember',
            index=models.Index(fields=['person', 'freeze'], name='cohort_member_person'),
        ),
        migrations.AddConstraint(
            model_name='cohortmember',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_on__isnull', True)), fields=('freeze', 'person'), name='cohort_member_once'),
        ),
        migrations.AddConstraint(
            model_name='cohortmember',
            constraint=models.CheckConstraint(condition=models.Q(('at_freeze', True), models.Q(('added_why', ''), _negated=True), _connector='OR'), name='cohort_member_added_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='cohortmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_on__isnull', True), ('removed_why', '')), models.Q(('removed_on__isnull', False), models.Q(('removed_why', ''), _negated=True)), _connector='OR'), name='cohort_member_removed_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='cohortmember',
            constraint=models.CheckConstraint(condition=models.Q(('removed_on__isnull', True), ('removed_on__gte', models.F('added_on')), _connector='OR'), name='cohort_member_removed_after_added'),
        ),
        migrations.AddIndex(
            model_name='residencycheck',
            index=models.Index(fields=['person', 'year'], name='residency_check_latest'),
        ),
        migrations.AddConstraint(
            model_name='residencycheck',
            constraint=models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='residency_check_has_evidence'),
        ),
    ]
