"""Which home authorities were told of leavers who live with them."""

from django.conf import settings
from django.db import models

from neet import clock
from returns.intake.models import IntakeRow


class HomeNotice(models.Model):
    """That the authority in which a leaver lives was told of the leaving (R51, R123). Whoever was not told is found by
    the rows of returns that have none."""

    row = models.OneToOneField(IntakeRow, models.CASCADE, related_name="home_notice")
    told_at = models.DateTimeField(default=clock.now)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"home notice {self.pk}"
