"""The dated tables: code lists and rules. The database is the truth; seed CSVs only fill it.

A row holds from `valid_from` to `valid_to`, both reporting dates included (a reporting year runs April to March).
What columns a table has stands in tables.py; two SQL views (activity codes, currency rules) serve the database's own
derivation of situations.
"""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock


class ReferenceRowQuerySet(models.QuerySet):
    def holding(self, on: date) -> Self:
        """The rows that hold on the reporting date."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class ReferenceRow(models.Model):
    """One dated row of one table, how sure we are of it, and who last changed it."""

    class Evidence(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed for this year"
        CARRIED_OVER = "carried over", "Carried over from an earlier year"
        UNCONFIRMED = "unconfirmed", "Not confirmed"

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    valid_from = models.DateField("from")
    valid_to = models.DateField("until", null=True, blank=True)
    evidence = models.CharField("how sure", max_length=12, choices=Evidence, default=Evidence.CARRIED_OVER)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = ReferenceRowQuerySet.as_manager()

    class Meta:
        ordering = ["table", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["table", "key", "valid_from"], name="reference_row_once_a_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="reference_row_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key} from {self.valid_from}"

    def holds(self, on: date) -> bool:
        """Does it hold on the reporting date? As `holding` asks it of the database."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)


class ReferenceYear(models.Model):
    """What was said about a reporting year's rules before its first file: who looked through them, and when."""

    starts_on = models.DateField(unique=True)
    looked_through_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    looked_through_at = models.DateTimeField(default=clock.now)
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return f"rules of {self.starts_on.year}-{(self.starts_on.year + 1) % 100:02d}"
