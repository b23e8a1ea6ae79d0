"""What a young person seeks and what keeps them from it, as they said last (R82)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import District
from tracking.register.models.person import YoungPerson


class Seeking(models.Model):
    """One row for each of whom it was asked; what was said last counts, its history keeps the rest.

    Sectors, levels and barriers are dated tables (sought_sectors, sought_levels, barriers).
    """

    person = models.OneToOneField(YoungPerson, models.CASCADE, related_name="seeking")
    sector = models.CharField("what they are looking for", max_length=40, blank=True)
    level = models.CharField("at which level", max_length=40, blank=True)
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="where they would go"
    )
    starts_from = models.DateField("could start from", null=True, blank=True)
    barriers = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name="what keeps them from it"
    )
    agreed = models.CharField("what was agreed last", max_length=240, blank=True)
    agreed_on = models.DateField("agreed on", null=True, blank=True)
    said_on = models.DateField("as they said on", default=clock.today)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(agreed="") & Q(agreed_on__isnull=True))
                | (~Q(agreed="") & Q(agreed_on__isnull=False)),
                name="seeking_agreed_on_a_day",
            )
        ]
        indexes = [models.Index(fields=["sector", "level"], name="seeking_what")]

    def __str__(self) -> str:
        return f"what is sought {self.pk}"
