"""A change to many: whom it is for, what was asked, and what became of each of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from neet.jobs.models import Job
from schools.models import Authority
from tracking.register.models import YoungPerson


class BulkChange(models.Model):
    """One change to many young people. Whom it is for is settled when they are chosen, and stays so."""

    class State(models.TextChoices):
        CHOSEN = "chosen", "Not done yet"
        ASKED = "asked", "Waits for a colleague"
        GOING = "going", "Being done"
        DONE = "done", "Done"
        RETURNING = "returning", "Being taken back"
        BACK = "back", "Taken back"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="bulk_changes")
    chosen_by = models.CharField("how they were chosen", max_length=240, blank=True)
    act = models.CharField("what is to be done", max_length=30, blank=True)
    said = models.JSONField("what was answered", default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.CHOSEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    event_id = models.BigIntegerField("audit event", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField("taken back", null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["chosen", "asked", "going"]) ^ Q(done_at__isnull=False),
                name="bulk_change_done_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="back") ^ Q(back_at__isnull=False), name="bulk_change_back_at"
            ),
        ]
        indexes = [models.Index(fields=["authority", "-made_at"], name="bulk_change_latest")]

    def __str__(self) -> str:
        return f"change to many {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.is_open

    @property
    def stands(self) -> str:
        """How it stands: what stopped or failed on its way changed nothing, and stands where it stood before."""
        before = {self.State.GOING: self.State.CHOSEN, self.State.RETURNING: self.State.DONE}
        return self.state if self.is_under_way else before.get(self.State(self.state), self.state)


class BulkPerson(models.Model):
    """One young person of a change: whether it was made for them, and why not where it was not."""

    class State(models.TextChoices):
        CHOSEN = "chosen", "Chosen"
        CHANGED = "changed", "Changed"
        LEFT = "left", "Left as they were"
        BACK = "back", "Taken back"
        STAYS = "stays", "Stays: changed since"

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="people")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="bulk_changes")
    state = models.CharField(max_length=8, choices=State, default=State.CHOSEN)
    why = models.CharField("why they were left", max_length=200, blank=True)

    class Meta:
        ordering = ["change", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "person"], name="bulk_person_once"),
            models.CheckConstraint(
                condition=~Q(state="left") | ~Q(why=""), name="bulk_person_left_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["change", "state"], name="bulk_person_state")]

    def __str__(self) -> str:
        return f"person {self.pk} of a change to many"
