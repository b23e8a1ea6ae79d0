"""A year's Activity Survey as tables: whom it is about, what each did on 1 November, the file as it was made."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority, District, Establishment
from tracking.models import YoungPerson


def _user() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class ActivitySurvey(models.Model):
    """One council's survey of one autumn, in one reading. Its file can be made again until it is signed off."""

    class Reading(models.TextChoices):
        STATUTORY = "statutory", "For the DfE: who left Year 11, by where they were taught"
        LOCAL = "local", "Our own: who left Years 11 and 12, by where they live"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="activity_surveys")
    year = models.PositiveSmallIntegerField("autumn of")
    reading = models.CharField(max_length=9, choices=Reading, default=Reading.STATUTORY)
    listed_at = models.DateTimeField("list made", default=clock.now)
    listed_by = _user()
    is_fixed_list = models.BooleanField("list of the fixed September Guarantee", default=False)
    looked_at = models.DateTimeField("what they did was last read", null=True, blank=True)
    made_at = models.DateTimeField("file made", null=True, blank=True)
    made_by = _user()
    content = models.BinaryField("file, compressed", null=True)
    sha256 = models.CharField("fingerprint", max_length=64, blank=True)
    size = models.PositiveIntegerField("bytes", default=0)
    people = models.PositiveIntegerField("rows of the file", default=0)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = _user()
    signed_off_why = models.CharField("why one person alone", max_length=240, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = _user()

    class Meta:
        ordering = ["-year", "reading"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "year", "reading"], name="activity_survey_once"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) ^ Q(content__isnull=False),
                name="activity_survey_made_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_at__isnull=True) | Q(made_at__isnull=False),
                name="activity_survey_signed_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(signed_off_at__isnull=False),
                name="activity_survey_sent_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"activity survey {self.pk}"

    @property
    def file_name(self) -> str:
        return f"activity_survey_{self.authority.code}_{self.year}_{self.reading}.csv"


class ActivitySurveyMember(models.Model):
    """One young person of a survey: why they are in it, the school they left, and what they did on 1 November as it
    was last read; with the file it stands still. An erasure empties `person`."""

    class Basis(models.TextChoices):
        SCHOOL = "school", "Taught at a school in the area"
        CUSTODY = "custody", "In custody in the area"
        NO_ROLL = "no_roll", "On no school's roll, living in the area"
        RESIDENT = "resident", "Living in the area"

    class Standing(models.TextChoices):
        KNOWN = "known", "Known"
        TO_CONFIRM = "to_confirm", "To be confirmed"
        NOT_KNOWN = "not_known", "To find out"

    survey = models.ForeignKey(ActivitySurvey, models.CASCADE, related_name="members")
    person = models.ForeignKey(YoungPerson, models.SET_NULL, null=True, related_name="activity_surveys")
    year_group = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=8, choices=Basis)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, related_name="+", verbose_name="school they left"
    )
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+", db_index=False)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.NOT_KNOWN)
    code = models.CharField("activity on 1 November", max_length=3, blank=True)
    group = models.CharField("destination group", max_length=40, blank=True)
    activity_id = models.BigIntegerField(null=True)
    provider = models.ForeignKey(Establishment, models.PROTECT, null=True, related_name="+", db_index=False)
    provider_name = models.CharField(max_length=160, blank=True)
    verified_on = models.DateField("confirmed on", null=True)
    source = models.CharField("who told us", max_length=12, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "person"], name="activity_survey_member_once")
        ]
        indexes = [models.Index(fields=["survey", "standing"], name="activity_survey_standing")]

    def __str__(self) -> str:
        return f"activity survey member {self.pk}"
