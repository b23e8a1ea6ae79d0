"""A past day read twice, its figures both ways, and each young person who counts differently."""

from django.conf import settings
from django.db import models

from neet import clock
from schools.models import Authority
from tracking.figures.models import Freeze
from tracking.register.models import YoungPerson


class Replay(models.Model):
    """One past day counted by what was known at a moment, and by what is believed now.

    Where the moment is a freeze's, `agrees` says whether the very rows of the freeze came out again.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="replays")
    day = models.DateField("the day that is counted")
    known_at = models.DateTimeField("as known at")
    freeze = models.ForeignKey(Freeze, models.CASCADE, null=True, blank=True, related_name="replays")
    agrees = models.BooleanField("the frozen rows came out again", null=True)
    then = models.JSONField("figures as known then", default=dict)
    now = models.JSONField("figures as believed now", default=dict)
    different = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"replay {self.pk}"


class ReplayChange(models.Model):
    """One young person who counts differently; an empty side: that reading did not count them at all."""

    replay = models.ForeignKey(Replay, models.CASCADE, related_name="changes")
    person = models.ForeignKey(YoungPerson, models.CASCADE, db_constraint=False, related_name="+")
    was_code = models.CharField(max_length=3, blank=True)
    was_status = models.CharField(max_length=10, blank=True)
    was_reason = models.CharField(max_length=16, blank=True)
    is_code = models.CharField(max_length=3, blank=True)
    is_status = models.CharField(max_length=10, blank=True)
    is_reason = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"change {self.pk} of a replay"
