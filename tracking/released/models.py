"""A frozen month's tables as everybody is shown them, kept with what is held back; which months are public."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority
from tracking.figures.models import Freeze


def _user() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


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


class Publishing(models.Model):
    """How a council publishes: by two people, unless it said otherwise and why."""

    authority = models.OneToOneField(Authority, models.CASCADE, related_name="publishing")
    second_person = models.BooleanField("two people publish", default=True)
    why = models.CharField("why one person alone may", max_length=240, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = _user()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_person=True) | ~Q(why=""), name="publishing_alone_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"publishing of council {self.authority_id}"


class Publication(models.Model):
    """One month's tables on their way to the public: proposed, published by a second person, withdrawn. It goes on
    speaking of the freeze it was proposed with."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="publications")
    month = models.DateField("month that ends on")
    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="publications")
    text = models.TextField("what the figures say", max_length=2000, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = _user()
    released_at = models.DateTimeField("published", null=True, blank=True)
    released_by = _user()
    released_why = models.CharField("why one person alone", max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _user()
    withdrawn_why = models.CharField("why withdrawn", max_length=300, blank=True)

    class Meta:
        ordering = ["-month", "-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "month"],
                condition=Q(withdrawn_at__isnull=True),
                name="publication_one_stands_a_month",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="publication_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"publication {self.pk}"

    @property
    def is_public(self) -> bool:
        return self.released_at is not None and self.withdrawn_at is None
