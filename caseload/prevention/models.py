"""The at-risk list, what it rests on, and the schools a team works with."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from returns.intake.models import Intake
from schools.models import Authority, Establishment, Service
from tracking.models import YoungPerson


class AtRisk(models.Model):
    """A young person who may become NEET: who said so, why, and how it ended (R73, R74)."""

    class SaidBy(models.TextChoices):
        SCHOOL = "school", "Their school or college"
        SERVICE = "service", "A council service"
        OFFICER = "officer", "An engagement or tracking officer"
        POINTS = "points", "The points of what is known"

    class Ended(models.TextChoices):
        STARTED = "started", "Started where planned"
        HANDED_OVER = "handed_over", "Handed over to a service's caseload"
        NO_LONGER = "no_longer", "No longer at risk"
        MOVED = "moved", "Moved away"
        MISTAKE = "mistake", "Entered by mistake"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="at_risk")
    said_by = models.CharField(max_length=8, choices=SaidBy)
    reasons = models.JSONField(default=list, help_text="Keys of the table of risk factors.")
    words = models.CharField("in one line", max_length=240, blank=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="at_risk"
    )
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="at_risk")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="at_risk"
    )
    starts_on = models.DateField(default=clock.today)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ends_on = models.DateField(null=True, blank=True)
    ended = models.CharField("how it ended", max_length=11, choices=Ended, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "at risk"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="at_risk_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended="") ^ Q(ends_on__isnull=False), name="at_risk_ended_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="at_risk_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["establishment"], condition=Q(ends_on__isnull=True), name="at_risk_school")
        ]

    def __str__(self) -> str:
        return f"at risk {self.pk}"


class SaidByReturn(models.Model):
    """What a school's return did to the at-risk list in one act, by which it is taken back with the return (R24)."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="+")
    event_id = models.BigIntegerField()
    entry = models.ForeignKey(AtRisk, models.CASCADE, related_name="said_by_returns")
    is_new = models.BooleanField()
    reasons = models.JSONField("reasons it added", default=list)
    facts = models.JSONField("facts it brought", default=list)
    words = models.CharField("words it wrote", max_length=240, blank=True)

    class Meta:
        verbose_name_plural = "said by returns"
        ordering = ["pk"]
        indexes = [models.Index(fields=["event_id"], name="said_by_return_act")]

    def __str__(self) -> str:
        return f"said by return {self.pk}"


class RiskFact(models.Model):
    """Something only a school or an officer can say that adds to the points: attendance, exclusions, behaviour."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="risk_facts")
    factor = models.CharField(max_length=20, help_text="A row of the table of risk factors.")
    value = models.CharField(max_length=20, blank=True)
    said_on = models.DateField(default=clock.today)
    until = models.DateField(null=True, blank=True)
    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["factor", "-said_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "factor"], condition=Q(until__isnull=True), name="risk_fact_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"risk fact {self.pk}"


class RiskPoints(models.Model):
    """The points somebody had at the end of one month, kept so that they can be compared with what became of them."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="risk_points")
    month = models.DateField("last day of the month")
    points = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "risk points"
        ordering = ["-month", "-points", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "month"], name="risk_points_once_a_month")]
        indexes = [models.Index(fields=["month", "-points"], name="risk_points_most")]

    def __str__(self) -> str:
        return f"risk points {self.pk}"


class SchoolFocus(models.Model):
    """A school chosen for an engagement officer's work in one academic year. Its action plan are tasks (R73)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="school_focus")
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="focus")
    academic_year = models.PositiveSmallIntegerField(help_text="The year it begins in.")
    place = models.PositiveSmallIntegerField("place in the ranking when chosen", null=True, blank=True)
    neet = models.PositiveIntegerField("NEET when chosen", default=0)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="school_focus"
    )
    words = models.CharField("what is agreed with the school", max_length=400, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    chosen_on = models.DateField(default=clock.today)
    reviewed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "school focus"
        ordering = ["-academic_year", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "establishment", "academic_year"],
                condition=Q(ended_on__isnull=True),
                name="school_focus_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"school focus {self.pk}"
