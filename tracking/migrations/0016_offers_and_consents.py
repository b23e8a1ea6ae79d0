"""Offers, concerns and consents: kept in history like the other facts, and taken back with the act that wrote them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from neet.migrating import Together
from neet.audit.sql import append_only
from tracking.register import sql

KEPT = ["offer", "concern", "consent"]
KEEP = ";\n".join(f"call neet_keep_history('tracking_{table}')" for table in KEPT)
FORGET = ";\n".join(
    f"drop function tracking_{table}_as_known(timestamptz); drop table tracking_{table}_history;"
    f" drop function tracking_{table}_remember() cascade"
    for table in KEPT
)


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0007_attestations'),
        ('tracking', '0015_stirred_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Concern',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=300, verbose_name='what worries them')),
                    ('raised_on', models.DateField()),
                    ('over_on', models.DateField(blank=True, null=True, verbose_name='over since')),
                    ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='schools.establishment')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='tracking.youngperson')),
                    ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-raised_on', '-pk'],
                    'indexes': [models.Index(fields=['establishment'], name='concern_by_school')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='concern_says_what'), models.CheckConstraint(condition=models.Q(('over_on__isnull', True), ('over_on__gte', models.F('raised_on')), _connector='OR'), name='concern_over_after_raised')],
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(choices=[('school_feedback', 'Their school may be told in February what they do')], max_length=20)),
                    ('wording', models.CharField(max_length=40, verbose_name='version of the words they agreed to')),
                    ('given_on', models.DateField()),
                    ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='taken back on')),
                    ('channel', models.CharField(max_length=40, verbose_name='how they said so')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='tracking.youngperson')),
                ],
                options={
                    'ordering': ['-given_on', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('person', 'purpose'), name='consent_open_once'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_taken_back_after_given')],
                },
            ),
            migrations.CreateModel(
                name='Offer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.CharField(max_length=160, verbose_name='place')),
                    ('course', models.CharField(blank=True, max_length=160)),
                    ('preference', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='in the order they would like')),
                    ('stage', models.CharField(choices=[('applied', 'Applied, no answer yet'), ('missed_interview', 'Did not come to the interview'), ('conditional', 'Offer on conditions'), ('guaranteed', 'Guaranteed offer'), ('accepted', 'Offer accepted'), ('declined', 'Offer turned down'), ('refused', 'Refused by the place'), ('no_show', 'Did not come to enrol'), ('withdrawn', 'Taken back')], max_length=16, verbose_name='how it stands')),
                    ('said_on', models.DateField(verbose_name='so on')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='begins on')),
                    ('conditions', models.CharField(blank=True, max_length=200)),
                    ('source', models.CharField(choices=[('young_person', 'The young person'), ('parent', 'A parent or carer'), ('provider', 'The school, college or provider'), ('employer', 'The employer'), ('service', 'Another council service'), ('authority', 'Another local authority'), ('dfe', 'The DfE or another national source'), ('survey', 'A survey answer'), ('loaded', 'Brought from another system')], default='provider', max_length=12, verbose_name='who told us')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('establishment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='schools.establishment')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='tracking.youngperson')),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.establishment', verbose_name='told by')),
                ],
                options={
                    'ordering': [models.OrderBy(models.F('preference'), nulls_last=True), '-said_on', '-pk'],
                    'indexes': [models.Index(fields=['establishment', 'stage'], name='offer_by_place')],
                    'constraints': [models.UniqueConstraint(fields=('person', 'place', 'course'), name='offer_once_a_place_and_course'), models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='offer_names_its_place')],
                },
            ),
        ]),
        migrations.RunSQL(KEEP, FORGET),
        *[append_only(f"tracking_{table}_history", closing=["superseded_at"]) for table in KEPT],
        migrations.RunSQL(sql.text("undo"), migrations.RunSQL.noop),
        migrations.RunSQL(sql.text("grants"), migrations.RunSQL.noop),
    ]
