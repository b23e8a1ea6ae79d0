"""The work a record makes: who is responsible, what is to do, what was said, what was noted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from schools.models import Authority, Service
from tracking.register.models.person import YoungPerson


class Responsibility(models.Model):
    """A service, or one of its workers, answers for a young person from one day to another."""

    class Kind(models.TextChoices):
        LEAD = "lead", "Leads the work"
        SUPPORT = "support", "Supports"
        TRACKING = "tracking", "Tracks"
        CONTRACT = "contract", "Tracks under contract"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="responsibilities")
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="responsibilities"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LEAD)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "responsibilities"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="responsibility_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="lead", ends_on__isnull=True),
                name="responsibility_one_lead",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "person"], name="responsibility_service"),
            models.Index(fields=["user", "person"], name="responsibility_user"),
        ]

    def __str__(self) -> str:
        return f"responsibility {self.pk}"


class Task(models.Model):
    """Something for a person to do, opened once for its cause and closed by someone."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="tasks")
    person = models.ForeignKey(YoungPerson, models.CASCADE, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=40)
    words = models.CharField("what is to do", max_length=240)
    cause = models.CharField(max_length=80, blank=True)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="tasks")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    due_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="tasks_done"
    )
    outcome = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "cause"],
                condition=Q(done_at__isnull=True),
                name="task_open_once_a_cause",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "kind", "due_on"], condition=Q(done_at__isnull=True), name="task_open"
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"


class Claim(models.Model):
    """An unconfirmed statement about someone's situation: it beats nothing until an officer takes it."""

    class State(models.TextChoices):
        OPEN = "open", "To confirm"
        TAKEN = "taken", "Confirmed"
        SET_ASIDE = "set_aside", "Set aside"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="claims")
    code = models.CharField("activity", max_length=3, blank=True)
    place = models.CharField(max_length=160, blank=True)
    said_on = models.DateField()
    said_by = models.CharField(max_length=40)
    channel = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="claims_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class Note(models.Model):
    """What someone wrote down. Restricted notes are read by one service only."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="notes")
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        help_text="Restricted to this service.",
    )
    text = models.TextField("note")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="notes")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class SavedSearch(models.Model):
    """What someone searched for, kept so that no name stands in an address. Belongs to one user."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    words = models.CharField("search", max_length=200, blank=True)
    filters = models.JSONField(default=dict)
    name = models.CharField(max_length=80, blank=True, help_text="Only a kept search has a name.")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "-made_at"]

    def __str__(self) -> str:
        return f"saved search {self.pk}"
