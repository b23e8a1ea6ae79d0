"""A list of young people that is to leave the house as a file, and who agreed to it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from neet.files.models import StoredFile
from schools.models import Authority


class Extract(models.Model):
    """One list asked for: what it is narrowed to and why, for whom, who agreed, and its file while it lies here.

    Whom it named stands in the trail with its making and nowhere else.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Waits for somebody to agree"
        REFUSED = "refused", "Not agreed to"
        AGREED = "agreed", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"
        GONE = "gone", "Taken away"

    class As(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    filters = models.JSONField(default=dict, help_text="What the register was narrowed to.")
    people = models.PositiveIntegerField("young people when it was asked for")
    made_as = models.CharField(max_length=4, choices=As, default=As.XLSX)
    why = models.CharField(max_length=240)
    given_to = models.CharField("who gets it", max_length=120)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    refused_why = models.CharField("why not", max_length=240, blank=True)
    file = models.OneToOneField(StoredFile, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    until_on = models.DateField("lies here until", null=True)
    taken = models.PositiveSmallIntegerField("times it was downloaded", default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="extract_says_why"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_why=""), name="extract_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"extract {self.pk}"
