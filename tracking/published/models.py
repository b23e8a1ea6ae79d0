"""The DfE's published figures of all authorities, year by year, and who is compared with whom."""

from django.conf import settings
from django.db import models

from neet import clock


class PublishedFile(models.Model):
    """A file of published figures that was taken in. Taken in again, a year's figures are replaced."""

    name = models.CharField(max_length=200)
    years = models.CharField(max_length=120)
    figures = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(default=clock.now)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class PublishedFigure(models.Model):
    """One measure of one authority in one year, in percent; England and regions have their own codes. Without a value
    it was not published (`mark`: c suppressed, z not applicable)."""

    year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=24)
    code = models.CharField("DfE number, or the code of a region", max_length=9)
    name = models.CharField(max_length=80)
    region = models.CharField(max_length=40, blank=True)
    value = models.FloatField(null=True)
    whole = models.FloatField("of how many", null=True)
    change = models.FloatField("percentage points since the year before", null=True)
    quintile = models.PositiveSmallIntegerField("as published", null=True)
    mark = models.CharField(max_length=4, blank=True)
    file = models.ForeignKey(PublishedFile, models.CASCADE, related_name="of")

    class Meta:
        ordering = ["year", "measure", "code"]
        constraints = [models.UniqueConstraint(fields=["year", "measure", "code"], name="published_once")]

    def __str__(self) -> str:
        return f"{self.measure} {self.year} {self.code}"


class Neighbour(models.Model):
    """One authority that another is compared with in a set (statistical or geographical), nearest first."""

    set = models.CharField("name of the set", max_length=60)
    code = models.CharField("authority", max_length=3)
    neighbour = models.CharField(max_length=3)
    place = models.PositiveSmallIntegerField("how near")

    class Meta:
        ordering = ["set", "code", "place"]
        constraints = [models.UniqueConstraint(fields=["set", "code", "neighbour"], name="neighbour_once")]

    def __str__(self) -> str:
        return f"{self.set}: {self.code} and {self.neighbour}"
