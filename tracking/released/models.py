"""A frozen month's tables as everybody is shown them, kept with what is held back; which months are public."""

from django.db import models
from django.db.models import Q

from neet import clock
from tracking.figures.models import Freeze


class ReleasedTable(models.Model):
    """One table of one freeze. Only ever added to: what was shown once is shown the same for good.

    `least` and `method` say by which limit and which version of the rule it was made.
    """

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="released_tables")
    slug = models.CharField(max_length=20)
    least = models.PositiveSmallIntegerField("smallest number shown")
    method = models.PositiveSmallIntegerField("version of the rule")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["freeze", "slug"], name="released_table_once")]

    def __str__(self) -> str:
        return f"table {self.slug} of freeze {self.freeze_id}"


class ReleasedCell(models.Model):
    """One number of a table, or its being held back. A part without a name is everybody, a kind without one the sum."""

    class Why(models.TextChoices):
        SHOWN = "", "Shown"
        FEW = "few", "Says something of few"
        BESIDE = "beside", "Would give another away"

    table = models.ForeignKey(ReleasedTable, models.PROTECT, related_name="cells")
    place = models.PositiveSmallIntegerField("line")
    part = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, blank=True)
    value = models.PositiveIntegerField(null=True)
    why = models.CharField("why not shown", max_length=6, choices=Why, default=Why.SHOWN, blank=True)

    class Meta:
        ordering = ["table_id", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "part", "kind"], name="released_cell_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, why__in=["few", "beside"]) | Q(value__isnull=False, why=""),
                name="released_cell_shown_or_held_back",
            ),
        ]

    def __str__(self) -> str:
        return f"cell {self.pk} of a table"
