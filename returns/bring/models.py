"""What was brought, when, by whom, what came of it, and whether it was taken back."""

from django.conf import settings
from django.db import models

from neet import clock
from schools.models import Authority


class Load(models.Model):
    """One file taken into the register in one act. `event_id` names the act, by which it can be taken back."""

    class Kind(models.TextChoices):
        RETURN = "return", "A DfE return (XML)"
        CONTACTS = "contacts", "Telephone numbers and e-mail addresses (CSV)"
        ACTIVITIES = "activities", "Earlier activities (CSV)"
        CASELOAD = "caseload", "Who works with whom (CSV)"

    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="loads")
    kind = models.CharField(max_length=10, choices=Kind)
    sha256 = models.CharField("fingerprint of the file", max_length=64)
    period_end = models.DateField(null=True, blank=True)
    event_id = models.BigIntegerField(unique=True)
    counts = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(default=clock.now)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return f"load {self.pk}"


class NotTaken(models.Model):
    """Something of a file that could not be taken as it stood, where it stood, and why."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="not_taken")
    row = models.PositiveIntegerField()
    number = models.CharField("CCIS number", max_length=40, blank=True)
    field = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300)
    whole_row = models.BooleanField(default=False)

    class Meta:
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"not taken {self.pk}"
