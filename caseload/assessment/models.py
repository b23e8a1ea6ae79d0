"""A council's self-assessment of a year: its numbers, what people said of each line, and how it was approved."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority


class SelfAssessment(models.Model):
    """One council's self-assessment of one academic year.

    While it is open its numbers are counted anew; `kept` holds the lines as they were when it was approved, and never
    changes after.
    """

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="self_assessments")
    year = models.PositiveSmallIntegerField("academic year, by the one it begins in")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    numbers = models.JSONField(default=dict, help_text="By function: what the register answers.")
    counted_on = models.DateField("numbers as they stood on", null=True, blank=True)
    handed_in_at = models.DateTimeField("handed in for approval", null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kept = models.JSONField("as it was approved", default=list, blank=True)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "year"], name="self_assessment_once_a_year"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(handed_in_at__isnull=False),
                name="self_assessment_handed_in_before_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"self-assessment {self.pk}"


class LineAnswer(models.Model):
    """What somebody said of one line at a moment. Append-only: the latest counts, the earlier ones are its history."""

    class Rating(models.TextChoices):
        IN_PLACE = "in_place", "In place"
        PARTLY = "partly", "Partly in place"
        NOT_IN_PLACE = "not_in_place", "Not in place"
        NOT_FOR_US = "not_for_us", "Does not apply to us"

    assessment = models.ForeignKey(SelfAssessment, models.CASCADE, related_name="answers")
    line = models.CharField(max_length=40, help_text="A row of the table of lines.")
    rating = models.CharField("how it stands", max_length=12, choices=Rating)
    evidence = models.TextField("what shows it", blank=True)
    action = models.CharField("what is to be done", max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("by", null=True, blank=True)
    is_done = models.BooleanField("that has been done", default=False)
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-said_at", "-pk"]
        indexes = [models.Index(fields=["assessment", "line", "-said_at"], name="line_answer_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="") | Q(due_on__isnull=False), name="line_answer_action_by_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} of a self-assessment"
