"""What the Office for National Statistics publishes and the register is held against: where each postcode lies, how
many people of each age live in an area, and where areas end."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority, District


class DirectoryFile(models.Model):
    """A file of the national directory or estimates that was taken in."""

    class Kind(models.TextChoices):
        POSTCODES = "postcodes", "Where postcodes lie"
        NAMES = "names", "What areas are called"
        POPULATION = "population", "How many people live where"
        BOUNDARIES = "boundaries", "Where areas end"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    changed = models.PositiveIntegerField("of them new or different")
    loaded_at = models.DateTimeField(default=clock.now)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """Where a postcode lies, by the codes of the national directory (E07000106 and the like). One no longer in use is
    kept with its last day: addresses keep theirs."""

    postcode = models.CharField("without a space", max_length=7, primary_key=True)
    authority_code = models.CharField("county, or the only council", max_length=9)
    district_code = models.CharField("district, or the only council", max_length=9)
    ward_code = models.CharField(max_length=9, blank=True)
    ended_on = models.DateField("not in use since", null=True, blank=True)

    class Meta:
        ordering = ["postcode"]
        constraints = [
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^[A-Z0-9]{5,7}$"), name="postcode_is_compact"
            )
        ]

    def __str__(self) -> str:
        return self.postcode


class Area(models.Model):
    """What an area of the national directory is called: a ward or a district."""

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name


class PopulationEstimate(models.Model):
    """How many people of one age lived in an area at the middle of a year (30 June), as estimated."""

    area_code = models.CharField(max_length=9)
    year = models.PositiveSmallIntegerField()
    age = models.PositiveSmallIntegerField("in whole years on 30 June")
    people = models.PositiveIntegerField()
    file = models.ForeignKey(DirectoryFile, models.PROTECT, related_name="estimates")

    class Meta:
        ordering = ["area_code", "-year", "age"]
        constraints = [
            models.UniqueConstraint(fields=["area_code", "year", "age"], name="population_estimated_once")
        ]

    def __str__(self) -> str:
        return f"{self.area_code}, {self.year}, aged {self.age}"


class Boundary(models.Model):
    """Where a ward or district of a council ends, for drawing it: closed rings of points in whole metres of the British
    National Grid, as few as show its shape. Those of one council that hold from one day are one map."""

    class Kind(models.TextChoices):
        WARD = "ward", "Ward"
        DISTRICT = "district", "District"

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=80)
    holds_from = models.DateField("holds from")
    district = models.ForeignKey(District, models.SET_NULL, null=True, related_name="+")
    rings = models.JSONField()
    file = models.ForeignKey(DirectoryFile, models.PROTECT, related_name="boundaries")

    class Meta:
        ordering = ["authority_id", "kind", "-holds_from", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind", "holds_from", "code"], name="boundary_once")
        ]

    def __str__(self) -> str:
        return self.name
