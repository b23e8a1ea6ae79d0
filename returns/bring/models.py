"""What was brought, when, by whom, what came of it, and whether it was taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from neet.files.models import StoredFile
from schools.models import Authority


class Load(models.Model):
    """One file on its way into the register: tried out first, taken in one act, which can be taken back.

    `event_id` names that act in the trail; by it the act is found again.
    """

    class Kind(models.TextChoices):
        RETURN = "return", "A DfE return (XML)"
        CONTACTS = "contacts", "Telephone numbers and e-mail addresses"
        ACTIVITIES = "activities", "Earlier activities"
        CASELOAD = "caseload", "Who works with whom"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be tried out"
        TRIED = "tried", "Tried out, not taken in"
        REFUSED = "refused", "Could not be read"
        TAKEN = "taken", "Taken in"
        UNDONE = "undone", "Taken back"
        DISCARDED = "discarded", "Set aside"

    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="loads")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    sha256 = models.CharField("fingerprint of the file", max_length=64)
    period_end = models.DateField(null=True, blank=True)
    event_id = models.BigIntegerField(null=True, unique=True)
    counts = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    brought_at = models.DateTimeField(default=clock.now)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_why = models.CharField("why it was taken back", max_length=200, blank=True)

    class Meta:
        ordering = ["-brought_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(event_id__isnull=False), name="load_taken_in_one_act"
            )
        ]

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
        ordering = ["-whole_row", "row", "pk"]

    def __str__(self) -> str:
        return f"not taken {self.pk}"
