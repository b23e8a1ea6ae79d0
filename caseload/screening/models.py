"""What a young person answered when they were first asked."""

from django.conf import settings
from django.db import models

from neet import clock
from schools.models import Service
from tracking.models import YoungPerson


class Screening(models.Model):
    """One screening talk. The latest one counts. The seven EHCP questions are empty for somebody without a plan."""

    class Wants(models.TextChoices):
        EDUCATION = "education", "To be in education"
        TRAINING = "training", "Training or an apprenticeship"
        WORK = "work", "Work"
        NOT_NOW = "not_now", "None of these for now"
        NOT_SAID = "not_said", "Could not say yet"

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        NOT_KNOWN = "not_known", "Not known"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="screenings")
    held_on = models.DateField(default=clock.today)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    wants = models.CharField("what they want to do", max_length=10, choices=Wants)
    wants_words = models.CharField("in their words", max_length=240, blank=True)
    asks_for_support = models.BooleanField("asks for support", default=False)
    # the seven questions for those with an EHC plan (R61)
    other_service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="another service involved",
    )
    other_service_leads = models.CharField(
        "that service wants to lead", max_length=9, choices=Answer, blank=True
    )
    support_given = models.CharField("support they already have", max_length=240, blank=True)
    can_work = models.CharField("able to be economically active", max_length=9, choices=Answer, blank=True)
    plan_says = models.CharField("what the plan and last annual review say", max_length=400, blank=True)
    wants_education = models.CharField(
        "wants to go on in education", max_length=9, choices=Answer, blank=True
    )
    wants_instead = models.CharField("if not, what they want to do", max_length=240, blank=True)
    # what followed
    rule = models.CharField("the rule that proposed a service", max_length=60, blank=True)
    proposed = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    chosen = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    why_other = models.CharField("why another service than proposed", max_length=240, blank=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(chosen=models.F("proposed"))
                | models.Q(chosen__isnull=True)
                | models.Q(proposed__isnull=True)
                | ~models.Q(why_other=""),
                name="screening_other_service_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"screening {self.pk}"
