"""Why somebody stands on the register otherwise than on a list, where it is right."""

from django.conf import settings
from django.db import models

from neet import clock
from returns.intake.models import IntakeRow
from schools.models import Authority
from tracking.register.models import YoungPerson


class Explanation(models.Model):
    """Somebody said why a young person is on the register and not on a list, or there otherwise: it is asked no more
    until the next list of another day."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    type = models.CharField("which list", max_length=20)
    listed_on = models.DateField("day the list spoke of")
    why = models.CharField(max_length=200)
    explained_at = models.DateTimeField(default=clock.now)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-listed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "type", "listed_on"], name="list_explained_once"),
            models.CheckConstraint(condition=~models.Q(why=""), name="list_explained_with_words"),
        ]

    def __str__(self) -> str:
        return f"explanation {self.pk}"


class NotOurs(models.Model):
    """Why somebody whom a list names is not on the register and need not be (R52). The row of the list says who."""

    class Reason(models.TextChoices):
        MOVED = "moved", "Moved away"
        ELSEWHERE = "elsewhere", "Another council is responsible"
        TWICE = "twice", "Named twice on the list"
        AGE = "age", "Not of the age the register holds"
        REFUSED = "refused", "Sent back: the list is wrong"

    row = models.OneToOneField(IntakeRow, models.CASCADE, related_name="not_ours")
    reason = models.CharField(max_length=10, choices=Reason)
    why = models.CharField("more about it", max_length=200, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["row"]

    def __str__(self) -> str:
        return f"reason {self.pk}"
