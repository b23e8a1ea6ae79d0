"""A month's cases and its stages."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from neet.accounts.scope import scope_of
from schools.models import Authority, Service
from tracking.models import YoungPerson


class CaseSettings(models.Model):
    """How a council does its monthly work on cases. Without a row: several services, meetings in each district."""

    class Shape(models.TextChoices):
        SIMPLE = "simple", "One service, one meeting"
        SEVERAL = "several", "Several services, meetings in districts"

    authority = models.OneToOneField(Authority, models.CASCADE, related_name="case_settings")
    shape = models.CharField(max_length=10, choices=Shape, default=Shape.SEVERAL)
    default_service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    warn_days = models.PositiveSmallIntegerField("days of warning before an offer ends", default=14)
    referral_days = models.PositiveSmallIntegerField("working days to answer a referral", default=5)

    class Meta:
        verbose_name_plural = "case settings"

    def __str__(self) -> str:
        return f"case settings {self.pk}"


class StagePlan(models.Model):
    """One stage of every month, as the council set it: from which working day to which; below zero counts from the
    month's end (-1 is its last working day)."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="stage_plans")
    place = models.PositiveSmallIntegerField("order")
    words = models.CharField(max_length=80)
    first_working_day = models.SmallIntegerField()
    last_working_day = models.SmallIntegerField()
    every_months = models.PositiveSmallIntegerField(default=1)
    months_before = models.PositiveSmallIntegerField(
        default=0, help_text="How many months before the month it belongs to."
    )

    class Meta:
        ordering = ["authority", "place"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "place"], name="stage_plan_place_once"),
        ]

    def __str__(self) -> str:
        return f"stage plan {self.pk}"


class MonthRunQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The months of the authorities this user works for."""
        return self.filter(authority__in=scope_of(user).authority_ids)


class MonthRun(models.Model):
    """One month's work on cases. Opening it settles the list; who comes later is an earlier notification (R59)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="month_runs")
    month = models.DateField("last day of the month")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    acts = models.JSONField("events of its allocation", default=list)

    objects = MonthRunQuerySet.as_manager()

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["authority", "month"], name="month_run_once")]

    def __str__(self) -> str:
        return f"month run {self.pk}"


class Stage(models.Model):
    """A dated stage of one month's run; its days may be moved."""

    run = models.ForeignKey(MonthRun, models.CASCADE, related_name="stages")
    place = models.PositiveSmallIntegerField("order")
    words = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["run", "place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="stage_place_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="stage_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"stage {self.pk}"


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Cases of the young people this user may see: a case is never a second way of seeing a record."""
        return self.filter(person__in=YoungPerson.objects.visible_to(user).values("pk"))

    def running(self) -> Self:
        """Still somebody's to work on."""
        return self.filter(state=Case.State.ALLOCATED)

    def undecided(self) -> Self:
        """Those about whom a person has to decide."""
        return self.filter(state__in=Case.UNDECIDED)

    def to_review(self) -> Self:
        """Those with the duty of a review this month: case-loaded, and allocated (R64)."""
        return self.running().filter(offer=Case.Offer.CASELOAD)


class Case(models.Model):
    """One young person in one month: the service that answers, the rule that said so, what they are offered."""

    class State(models.TextChoices):
        ALLOCATED = "allocated", "Allocated"
        CONFLICT = "conflict", "Rules disagree"
        NO_RULE = "no_rule", "No rule fits"
        MOVED_ON = "moved_on", "No longer NEET"
        HANDED_BACK = "handed_back", "Handed back to tracking"

    class Offer(models.TextChoices):
        CASELOAD = "caseload", "Case-loaded"
        TELEPHONE = "telephone", "Telephone"
        MINIMAL = "minimal", "Messages only"

    UNDECIDED = (State.CONFLICT, State.NO_RULE)

    run = models.ForeignKey(MonthRun, models.CASCADE, related_name="cases")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="cases")
    state = models.CharField(max_length=12, choices=State)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="cases")
    offer = models.CharField(max_length=10, choices=Offer)
    rule = models.CharField("the rule that fired", max_length=60, blank=True)
    offer_rule = models.CharField("the rule of the offer", max_length=60, blank=True)
    also = models.CharField("other rules that fit", max_length=240, blank=True)
    facts = models.JSONField("what the rules read", default=list)
    neet_since = models.DateField(null=True, blank=True)
    added_on = models.DateField(default=clock.today)
    is_late = models.BooleanField("earlier notification", default=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why_decided = models.CharField("why a person decided otherwise", max_length=240, blank=True)
    ended_on = models.DateField("no longer a case from", null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="case_once_a_month"),
            models.CheckConstraint(
                condition=~Q(state="allocated") | Q(service__isnull=False), name="case_allocated_to_a_service"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(why_decided=""), name="case_decided_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "run"], name="case_of_service"),
            models.Index(fields=["person", "run"], name="case_of_person"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"
