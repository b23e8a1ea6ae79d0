"""One service asks another to take a young person on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from schools.models import Service
from tracking.models import YoungPerson


class Referral(models.Model):
    """Who asks whom, why, until when an answer is due, and the answer."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Reason(models.TextChoices):
        NEET_SUPPORT = "neet_support", "Needs support to find a place"
        WANTS_EDUCATION = "wants_education", "Wants to go back to education"
        PLAN = "plan", "EHC plan: needs a placement"
        WELLBEING = "wellbeing", "Health or wellbeing"
        FAMILY = "family", "Family or housing"
        JUSTICE = "justice", "Youth justice involvement"
        CARE = "care", "In care or a care leaver"
        PARENT = "parent", "Pregnant or a parent"
        MISSING = "missing", "Missing from education"
        HOME_EDUCATION = "home_education", "Educated at home, and the family does not answer"
        OTHER = "other", "Something else"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="referrals")
    from_service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="referrals_made"
    )
    to_service = models.ForeignKey(Service, models.PROTECT, related_name="referrals_received")
    reason = models.CharField(max_length=16, choices=Reason)
    words = models.CharField("what is asked", max_length=240, blank=True)
    takes_the_lead = models.BooleanField("that service is asked to lead", default=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField("answer due")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("what was answered", max_length=240, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "to_service"], condition=Q(state="waiting"), name="referral_waiting_once"
            ),
            models.CheckConstraint(
                condition=Q(from_service__isnull=True) | ~Q(from_service=F("to_service")),
                name="referral_to_another_service",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="referral_declined_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["to_service", "state"], name="referral_waiting")]

    def __str__(self) -> str:
        return f"referral {self.pk}"
