"""Posts: who answers for what, and who stands in for them. What is to do in the year are tasks of the register."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from schools.models import Authority, District, Service


class CouncilYear(models.Model):
    """How a council divides its school year. Without a row: six terms (R147)."""

    class Terms(models.IntegerChoices):
        SIX = 6, "Six"
        THREE = 3, "Three"

    authority = models.OneToOneField(Authority, models.CASCADE, related_name="council_year")
    terms = models.PositiveSmallIntegerField(choices=Terms, default=Terms.SIX)

    def __str__(self) -> str:
        return f"council year {self.pk}"


class Post(models.Model):
    """A post of the council's year, its holder and a deputy, from one day to another (R63, R147)."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="posts")
    words = models.CharField("what it is called", max_length=80)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="posts")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="posts")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="posts"
    )
    holder_words = models.CharField("held by somebody without an account", max_length=120, blank=True)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="posts_deputised"
    )
    away_from = models.DateField("away from", null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["service__name", "words", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True)
                | Q(away_from__isnull=False, away_until__gte=F("away_from")),
                name="post_away_from_until",
            ),
        ]

    def __str__(self) -> str:
        return self.words
