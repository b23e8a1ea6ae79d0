import django.db.models.deletion
import neet.clock
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Authority',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=3, unique=True, verbose_name='DfE number')),
                    ('name', models.CharField(max_length=80)),
                    ('database_id', models.CharField(help_text='The first three digits of the numbers given to young people.', max_length=3, verbose_name='database number')),
                    ('contact_name', models.CharField(blank=True, max_length=120)),
                    ('contact_telephone', models.CharField(blank=True, max_length=30)),
                    ('contact_email', models.EmailField(blank=True, max_length=254)),
                    ('needs_second_person', models.BooleanField(default=False, help_text='For the monthly file, the cohort and large extracts.', verbose_name='a second person signs off')),
                    ('allows_mailbox_codes', models.BooleanField(default=True, verbose_name='sign-in codes may go to the office mailbox')),
                ],
                options={
                    'verbose_name_plural': 'authorities',
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{3}$')), name='authority_code_three_digits'), models.CheckConstraint(condition=models.Q(('database_id__regex', '^\\d{3}$')), name='authority_database_three_digits')],
                },
            ),
            migrations.CreateModel(
                name='District',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='schools.authority')),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.UniqueConstraint(fields=('authority', 'name'), name='district_name_once')],
                },
            ),
            migrations.CreateModel(
                name='Establishment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=160)),
                    ('kind', models.CharField(choices=[('school', 'School'), ('special', 'Special school'), ('sixth_form_college', 'Sixth form college'), ('college', 'Further education college'), ('special_college', 'Special post-16 institution'), ('provider', 'Training provider'), ('alternative', 'Alternative provision'), ('other', 'Other')], max_length=20)),
                    ('la_code', models.CharField(max_length=3, verbose_name="authority's DfE number")),
                    ('number', models.CharField(blank=True, max_length=7, verbose_name='DfE number (7 digits)')),
                    ('urn', models.CharField(blank=True, max_length=6, verbose_name='URN')),
                    ('ukprn', models.CharField(blank=True, max_length=8, verbose_name='UKPRN')),
                    ('short_code', models.CharField(blank=True, help_text='As in the file names of its returns.', max_length=10)),
                    ('town', models.CharField(blank=True, max_length=80)),
                    ('postcode', models.CharField(blank=True, max_length=8)),
                    ('highest_year_group', models.PositiveSmallIntegerField(default=13)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['name'],
                    'indexes': [models.Index(fields=['la_code', 'name'], name='schools_est_la_code_f5c6a3_idx'), models.Index(fields=['ukprn'], name='schools_est_ukprn_6c18f9_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='establishment_number_once'), models.UniqueConstraint(condition=models.Q(('urn', ''), _negated=True), fields=('urn',), name='establishment_urn_once'), models.CheckConstraint(condition=models.Q(('number', ''), ('number__regex', '^\\d{7}$'), _connector='OR'), name='establishment_number_form')],
                },
            ),
            migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(choices=[('returns', 'Returns'), ('leavers', 'Leavers'), ('sixth_form', 'Sixth form'), ('careers', 'Careers'), ('head', 'Head or principal')], max_length=20)),
                    ('name', models.CharField(max_length=120)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('telephone', models.CharField(blank=True, max_length=30)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='schools.authority')),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='schools.establishment')),
                ],
                options={
                    'ordering': ['establishment', 'purpose'],
                },
            ),
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=40)),
                    ('name', models.CharField(max_length=80)),
                    ('short_name', models.CharField(max_length=30)),
                    ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='schools.authority')),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.UniqueConstraint(fields=('authority', 'slug'), name='service_slug_once')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(max_length=30)),
                    ('can_submit', models.BooleanField(default=True, help_text='May confirm what the establishment returns; otherwise drafts it for a colleague.')),
                    ('starts_on', models.DateField(default=neet.clock.today)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.authority')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.district')),
                    ('establishment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.establishment')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.service')),
                ],
                options={
                    'ordering': ['user', 'role'],
                    'indexes': [models.Index(fields=['user', 'ends_on'], name='schools_mem_user_id_efa5d9_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['school_user', 'college_user']), _negated=True), ('establishment__isnull', False), _connector='OR'), name='membership_school_has_establishment')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(max_length=30)),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('name', models.CharField(max_length=120, verbose_name='full name')),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('invited_at', models.DateTimeField(default=neet.clock.now)),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.authority')),
                    ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.district')),
                    ('establishment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.establishment')),
                    ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations_sent', to=settings.AUTH_USER_MODEL)),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='schools.service')),
                ],
                options={
                    'ordering': ['-invited_at'],
                },
            ),
        ]),
    ]
