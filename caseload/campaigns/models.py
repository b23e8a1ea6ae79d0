"""A campaign, and everybody on its list."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from schools.models import Authority, Service
from tracking.models import YoungPerson


class Campaign(models.Model):
    """Some weeks of work on a list made by a rule, with an owner and a count for each day (R81, R137)."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="campaigns")
    kind = models.CharField(max_length=40, help_text="A row of the table of campaigns.")
    words = models.CharField("what it is called", max_length=80)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="campaigns")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="campaigns"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    refreshed_at = models.DateTimeField("list made", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start"
            ),
            models.UniqueConstraint(fields=["authority", "kind", "starts_on"], name="campaign_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.words


class CampaignPerson(models.Model):
    """One young person on a campaign's list, why, and what became of it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="people")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="campaigns")
    why = models.CharField(max_length=40)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_on = models.DateField(default=clock.today)
    left_on = models.DateField("no longer on the list from", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["campaign", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="campaign_person_once"),
            models.CheckConstraint(
                condition=Q(outcome="") ^ Q(done_at__isnull=False),
                name="campaign_person_done_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"campaign person {self.pk}"
