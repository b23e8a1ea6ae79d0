"""Long work and due work as rows: the database knows what is to be done, whatever happens to the messenger."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from neet.audit.kinds import words_of


class Job(models.Model):
    """One piece of long work. `payload` holds ids only; `attempt` is the fence against a worker that wakes up late."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    class Queue(models.TextChoices):
        SMALL = "small", "Short work"
        LARGE = "large", "Long work"

    OPEN = (State.WAITING, State.RUNNING)

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=5, choices=Queue, default=Queue.SMALL)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    payload = models.JSONField(default=dict)
    authority_id = models.BigIntegerField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="jobs")
    attempt = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    rung_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"]) ^ Q(finished_at__isnull=False),
                name="job_ends_with_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "beat_at"], condition=Q(state__in=["waiting", "running"]), name="job_open"
            ),
            models.Index(fields=["authority_id", "-id"], name="job_by_authority"),
            models.Index(fields=["owner", "-id"], name="job_by_owner"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}"

    @property
    def words(self) -> str:
        return words_of(self.kind)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class DueWork(models.Model):
    """Work of one day: done once for that day, on the day or when the timer runs again."""

    name = models.CharField(max_length=60)
    day = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day", "name"]
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="due_work_once_a_day")]

    def __str__(self) -> str:
        return f"{self.name} of {self.day}"
