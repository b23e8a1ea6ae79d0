"""A cut of the figures somebody keeps under a name."""

from django.conf import settings
from django.db import models

from neet import clock
from schools.models import Authority


class SavedCut(models.Model):
    """What is asked of the figures, without the month: it opens with the month in progress. It holds no figure and
    names nobody. Shared, the council's other people who may cut figures open it under their own rights."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_cuts")
    name = models.CharField(max_length=80)
    asked = models.JSONField(
        default=dict, help_text="Rows, columns, what is counted, and what it is narrowed to."
    )
    is_shared = models.BooleanField("open to colleagues", default=False)
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "owner", "name"], name="saved_cut_named_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_cut_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"saved cut {self.pk}"
