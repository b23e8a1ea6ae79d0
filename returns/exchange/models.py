"""What a council puts out for establishments, who collected it, and the agreements under which data passes."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from neet import clock
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.files.models import StoredFile
from schools.models import Authority, Establishment


def _user() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class Parcel(models.Model):
    """One thing put out for one or many establishments: a template, feedback on where their pupils went, a letter."""

    class Kind(models.TextChoices):
        PAPER = "paper", "A paper or form"
        TEMPLATE = "template", "Files to fill in"
        FEEDBACK = "feedback", "What last year's pupils do now"
        LEAVERS = "leavers", "Why students left and what they do now"
        SURVEY = "survey", "Where Year 11 went: the Activity Survey"
        TALK = "talk", "For the yearly talk with the council"

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="parcels")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120)
    about = models.CharField("what it is for", max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = _user()
    ends_on = models.DateField("there until")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ParcelFileQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """A council's own, or what lies there for an establishment of theirs."""
        seen = Q(pk__in=[])
        for place in scope_of(user).where(Permission.EXCHANGE_COLLECT):
            seen |= Q(parcel__authority_id=place.authority_id, establishment_id=place.establishment_id)
        for place in scope_of(user).where(Permission.RETURN_RECEIVE):
            if not place.establishment_id:
                seen |= Q(parcel__authority_id=place.authority_id)
        return self.filter(seen)


class ParcelFile(models.Model):
    """What lies there for one establishment, whether they collected it, and what they answered where they may."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="files")
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="parcel_files")
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField("told", null=True, blank=True)
    message_id = models.BigIntegerField(null=True)
    collected_at = models.DateTimeField(null=True, blank=True)
    collected_by = _user()
    answer = models.CharField("what they answered", max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = _user()

    objects = ParcelFileQuerySet.as_manager()

    class Meta:
        ordering = ["establishment__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "establishment"], name="parcel_once_an_establishment")
        ]
        indexes = [models.Index(fields=["establishment"], name="parcel_by_establishment")]

    def __str__(self) -> str:
        return f"parcel file {self.pk}"


class Agreement(models.Model):
    """Under what law and for what purpose data passes between the council and others, until when (R32, R122)."""

    class Direction(models.TextChoices):
        IN = "in", "Comes to us"
        OUT = "out", "Goes from us"
        BOTH = "both", "Both ways"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=120)
    with_whom = models.CharField("with", max_length=160)
    establishment = models.ForeignKey(
        Establishment, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    direction = models.CharField(max_length=4, choices=Direction)
    flows = ArrayField(models.CharField(max_length=20), default=list, help_text="Kinds of return it covers.")
    basis = models.CharField("legal basis", max_length=200)
    purpose = models.CharField(max_length=300)
    controller = models.CharField("who answers for the data", max_length=160)
    retention = models.CharField("kept for", max_length=120)
    signed_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField("runs until", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [F("expires_on").asc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(expires_on__gte=F("signed_on")),
                name="agreement_runs_after_signed",
            )
        ]

    def __str__(self) -> str:
        return self.title
