"""Frozen months: rows in a table divided by month, sums of them, and what a later freeze changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracking.figures import sql

from neet.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0003_establishment_search'),
        ('tracking', '0007_activity_expected_to_end'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Freeze',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField(verbose_name='month that ends on')),
                    ('frozen_at', models.DateTimeField()),
                    ('people', models.PositiveIntegerField(default=0)),
                    ('counts', models.JSONField(default=dict, help_text="The month's figures for the whole authority.")),
                    ('digest', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the rows')),
                    ('replaced_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='signed off')),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='freezes', to='schools.authority')),
                    ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='tracking.freeze')),
                ],
                options={
                    'ordering': ['-month', '-frozen_at'],
                },
            ),
            migrations.CreateModel(
                name='FreezeChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('was_code', models.CharField(blank=True, max_length=3)),
                    ('was_status', models.CharField(blank=True, max_length=10)),
                    ('was_reason', models.CharField(blank=True, max_length=16)),
                    ('is_code', models.CharField(blank=True, max_length=3)),
                    ('is_status', models.CharField(blank=True, max_length=10)),
                    ('is_reason', models.CharField(blank=True, max_length=16)),
                    ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='tracking.freeze')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='MonthTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.DateField(verbose_name='month that ends on')),
                    ('academic_age', models.SmallIntegerField(null=True)),
                    ('need', models.CharField(blank=True, max_length=4, verbose_name='EHC plan or SEN support')),
                    ('is_vulnerable', models.BooleanField(default=False, verbose_name='in the vulnerable group')),
                    ('gender', models.CharField(blank=True, max_length=1)),
                    ('people', models.PositiveIntegerField(verbose_name='held by the monthly figures, those in custody among them')),
                    ('cohort', models.PositiveIntegerField(verbose_name='what the rates are shares of')),
                    ('neet', models.PositiveIntegerField()),
                    ('not_known', models.PositiveIntegerField()),
                    ('lapsed', models.PositiveIntegerField(verbose_name='not known because nobody confirmed in time')),
                    ('participating', models.PositiveIntegerField(verbose_name='in education and training')),
                    ('owed', models.PositiveIntegerField(verbose_name='owed an offer under the September Guarantee')),
                    ('offered', models.PositiveIntegerField()),
                    ('authority', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority')),
                    ('district', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.district')),
                    ('establishment', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.establishment')),
                    ('freeze', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='tracking.freeze')),
                    ('service', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
                ],
            ),
        ]),
        migrations.AddConstraint(
            model_name='freeze',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('authority', 'month'), name='freeze_one_stands_a_month'),
        ),
        migrations.AddConstraint(
            model_name='freeze',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('replaced_at__isnull', True), _connector='OR'), name='freeze_closed_stands'),
        ),
        migrations.AddIndex(
            model_name='monthtally',
            index=models.Index(fields=['authority', 'month'], name='monthtally_month'),
        ),
        migrations.AddConstraint(
            model_name='monthtally',
            constraint=models.CheckConstraint(condition=models.Q(('cohort__lte', models.F('people')), ('offered__lte', models.F('owed'))), name='monthtally_parts_of_whole'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(sql.text("month_records"), "drop table tracking_monthrecord; drop sequence tracking_monthrecord_id_seq")],
            state_operations=[
        migrations.CreateModel(
            name='MonthRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month that ends on')),
                ('academic_age', models.SmallIntegerField(null=True)),
                ('need', models.CharField(blank=True, max_length=4, verbose_name='EHC plan or SEN support')),
                ('is_vulnerable', models.BooleanField(default=False, verbose_name='in the vulnerable group')),
                ('gender', models.CharField(blank=True, max_length=1)),
                ('reason', models.CharField(max_length=16, verbose_name='why in the cohort or not')),
                ('is_measured', models.BooleanField(verbose_name='held by the monthly figures')),
                ('code', models.CharField(blank=True, max_length=3, verbose_name='activity')),
                ('status', models.CharField(choices=[('COMPULSORY', 'COMPULSORY'), ('EET', 'EET'), ('NEET', 'NEET'), ('NOT_KNOWN', 'NOT_KNOWN'), ('EXCLUDED', 'EXCLUDED')], max_length=10)),
                ('has_lapsed', models.BooleanField(verbose_name='not known because nobody confirmed in time')),
                ('participates', models.BooleanField(verbose_name='in education and training')),
                ('neet_since_on', models.DateField(null=True)),
                ('characteristics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), null=True, size=None)),
                ('ethnicity', models.CharField(blank=True, max_length=4)),
                ('guarantee', models.CharField(help_text='Null: not owed one; empty: not recorded.', max_length=3, null=True, verbose_name='September Guarantee status')),
                ('authority', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.authority')),
                ('district', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.district')),
                ('establishment', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.establishment')),
                ('freeze', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='records', to='tracking.freeze')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='months', to='tracking.youngperson')),
                ('service', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.service')),
            ],
        ),
        migrations.AddIndex(
            model_name='monthrecord',
            index=models.Index(fields=['freeze', 'person'], name='monthrecord_person'),
        ),
        migrations.AddIndex(
            model_name='monthrecord',
            index=models.Index(condition=models.Q(('is_measured', True), ('status', 'NEET')), fields=['authority', 'month', 'person'], name='monthrecord_neet'),
        ),
            ],
        ),
        migrations.RunSQL(sql.text("partitions"), "drop function tracking_month_partition(date)"),
    ]
