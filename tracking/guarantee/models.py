"""The cohort of a September as it was set at the end of May, every later change of it, and who was looked up before."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from neet.jobs.models import Job
from schools.models import Authority, Establishment
from tracking.register.models import YoungPerson
from tracking.rules.guarantee import Included


def person_once_written() -> models.ForeignKey:
    """Who did something; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class CohortFreeze(models.Model):
    """Years 11 and 12 of one authority held fast for the September of a year (R49): proposed, then approved.

    One a year stands; what was taken back stays as a line without its people.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="cohort_freezes")
    year = models.PositiveSmallIntegerField("for the September of")
    as_at = models.DateField("as the register had it on")
    made_at = models.DateTimeField(default=clock.now)
    made_by = person_once_written()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = person_once_written()
    why_alone = models.CharField(
        "why one person alone", max_length=240, blank=True, help_text="Where whoever proposed it approved it."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person_once_written()
    withdrawn_why = models.CharField(max_length=240, blank=True)
    counts = models.JSONField(default=dict, help_text="How many by year group and why they are in.")
    event_id = models.BigIntegerField("the act that approved it", null=True, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-year", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "year"],
                condition=Q(withdrawn_at__isnull=True),
                name="cohort_freeze_one_a_year",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="cohort_freeze_taken_back_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"cohort {self.pk}"

    @property
    def is_set(self) -> bool:
        """Whether it stands: approved and not taken back."""
        return self.approved_at is not None and self.withdrawn_at is None

    @property
    def is_under_way(self) -> bool:
        """Whether it is being set or taken back just now."""
        return self.job is not None and self.job.is_open

    @property
    def people(self) -> int:
        """How many stood in it when it was frozen."""
        return sum(sum(each.values()) for each in self.counts.values())


class CohortMember(models.Model):
    """One young person's time in a cohort: from the freeze or a later addition until removed. Who was erased still
    counts, as nobody."""

    class YearGroup(models.IntegerChoices):
        YEAR_11 = 11, "Year 11"
        YEAR_12 = 12, "Year 12"

    freeze = models.ForeignKey(CohortFreeze, models.CASCADE, related_name="members")
    person = models.ForeignKey(YoungPerson, models.SET_NULL, null=True, related_name="cohort_memberships")
    year_group = models.PositiveSmallIntegerField(choices=YearGroup)
    reason = models.CharField(
        "why they are in", max_length=20, choices=[(each.value, each.words) for each in Included]
    )
    led_by = models.CharField("council that leads", max_length=3)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="place then"
    )
    at_freeze = models.BooleanField("in since the freeze", default=True)
    added_on = models.DateField()
    added_by = person_once_written()
    added_why = models.CharField(max_length=240, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    removed_by = person_once_written()
    removed_why = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["freeze", "year_group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["freeze", "person"],
                condition=Q(removed_on__isnull=True),
                name="cohort_member_once",
            ),
            models.CheckConstraint(
                condition=Q(at_freeze=True) | ~Q(added_why=""), name="cohort_member_added_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_why="")
                | (Q(removed_on__isnull=False) & ~Q(removed_why="")),
                name="cohort_member_removed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("added_on")),
                name="cohort_member_removed_after_added",
            ),
        ]
        indexes = [models.Index(fields=["person", "freeze"], name="cohort_member_person")]

    def __str__(self) -> str:
        return f"cohort member {self.pk}"


class ResidencyCheck(models.Model):
    """Somebody taught at home was looked up before the cohort was set: whether they still live here, and how that is
    known (R38)."""

    class Outcome(models.TextChoices):
        RESIDENT = "resident", "Still lives here"
        MOVED = "moved", "Moved to another council's area"
        ABROAD = "abroad", "Moved abroad"
        UNKNOWN = "unknown", "Could not be found out"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="residency_checks")
    year = models.PositiveSmallIntegerField("before the September of")
    outcome = models.CharField("what was found", max_length=8, choices=Outcome)
    evidence = models.CharField("how that is known", max_length=240)
    checked_on = models.DateField(default=clock.today)
    checked_by = person_once_written()

    class Meta:
        ordering = ["-checked_on", "-pk"]
        indexes = [models.Index(fields=["person", "year"], name="residency_check_latest")]
        constraints = [models.CheckConstraint(condition=~Q(evidence=""), name="residency_check_has_evidence")]

    def __str__(self) -> str:
        return f"residency check {self.pk}"
