"""Plans for the next step, whether it was taken, whose a young person is, and the steps of an EHC plan."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseload.referrals.models import Referral
from neet import clock
from schools.models import Establishment, Service
from tracking.models import YoungPerson


class TransitionPlan(models.Model):
    """What somebody at risk goes on to, agreed with them, final before the exams (R135). One for each summer."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="transition_plans")
    year = models.PositiveSmallIntegerField("for the academic year beginning in")
    next_step = models.CharField(max_length=160)
    code = models.CharField("planned activity", max_length=3, blank=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="transition_plans"
    )
    place = models.CharField("or somewhere else", max_length=160, blank=True)
    support = models.CharField("support on the way", max_length=240, blank=True)
    second_choice = models.CharField("if that fails", max_length=160, blank=True)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="transition_plans"
    )
    drafted_on = models.DateField(default=clock.today)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_on = models.DateField("agreed with the young person", null=True, blank=True)
    finalised_on = models.DateField("final", null=True, blank=True)
    checked_on = models.DateField("last checked", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(ended_on__isnull=True),
                name="transition_plan_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(finalised_on__isnull=True) | Q(agreed_on__isnull=False),
                name="transition_plan_agreed_before_final",
            ),
        ]

    def __str__(self) -> str:
        return f"transition plan {self.pk}"


class StartCheck(models.Model):
    """Did they start where they said they would (R136)? One a September for those at risk or supported."""

    class Answer(models.TextChoices):
        STARTED = "started", "Started there"
        ELSEWHERE = "elsewhere", "Started somewhere else"
        NOT_STARTED = "not_started", "Did not start"
        NOT_KNOWN = "not_known", "Could not find out"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="start_checks")
    year = models.PositiveSmallIntegerField("academic year beginning in")
    expected = models.ForeignKey(Establishment, models.PROTECT, null=True, blank=True, related_name="+")
    expected_words = models.CharField(max_length=160, blank=True)
    why = models.CharField("why they are checked", max_length=20)
    answer = models.CharField(max_length=11, choices=Answer, blank=True)
    words = models.CharField(max_length=240, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    referral = models.ForeignKey(Referral, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "year"], name="start_check_once_a_year"),
            models.CheckConstraint(
                condition=Q(answer="") ^ Q(checked_on__isnull=False), name="start_check_answered_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"start check {self.pk}"


class CohortAnswer(models.Model):
    """A service says of a young person on its list whether they are still its own and live here (R141)."""

    class Answer(models.TextChoices):
        OURS = "ours", "Ours, details right"
        CHANGED = "changed", "Ours, something has changed"
        NOT_OURS = "not_ours", "Not ours any more"
        MOVED = "moved", "Moved away"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="cohort_answers")
    service = models.ForeignKey(Service, models.PROTECT, related_name="cohort_answers")
    year = models.PositiveSmallIntegerField("academic year beginning in")
    answer = models.CharField(max_length=8, choices=Answer)
    words = models.CharField(max_length=240, blank=True)
    answered_on = models.DateField(default=clock.today)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-answered_on", "-pk"]
        indexes = [models.Index(fields=["service", "year", "person"], name="cohort_answer_latest")]

    def __str__(self) -> str:
        return f"cohort answer {self.pk}"


class PlanStep(models.Model):
    """One step of somebody with an EHC plan: annual review, choices, consultation, named place (R40, R143)."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="plan_steps")
    step = models.CharField(max_length=20, help_text="A row of the table of steps.")
    year = models.PositiveSmallIntegerField("academic year beginning in")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=240, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-year", F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "step", "year"], name="plan_step_once_a_year")
        ]

    def __str__(self) -> str:
        return f"plan step {self.pk}"
