"""Pairs of records that may be one person, what was put together, and every row that was touched by it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from schools.models import Authority
from tracking.register.models import YoungPerson


class DuplicateSearch(models.Model):
    """One search of a register for people who stand on it twice: when, how many were compared, what was believed."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    ran_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_whole = models.BooleanField("everybody against everybody")
    people = models.PositiveIntegerField("people on the register")
    asked = models.PositiveIntegerField("of them looked at")
    pairs = models.PositiveIntegerField("pairs weighed")
    found = models.PositiveIntegerField("pairs new to the list")
    matcher = models.JSONField("what was believed", default=dict)

    class Meta:
        verbose_name_plural = "searches for duplicates"
        ordering = ["-ran_at", "-pk"]
        indexes = [models.Index(fields=["authority", "-ran_at"], name="duplicate_search_latest")]

    def __str__(self) -> str:
        return f"search for duplicates {self.pk}"


class Duplicate(models.Model):
    """Two records that may be one young person, and what an officer said of them. Never put together unseen."""

    class State(models.TextChoices):
        OPEN = "open", "To decide"
        NOT_THE_SAME = "not_the_same", "Two people"
        MERGED = "merged", "Put together"

    class Number(models.TextChoices):
        NONE = "", "None"
        UPN = "upn", "The same UPN"
        ULN = "uln", "The same ULN"
        CCIS = "ccis", "The earlier CCIS number of one is the other's"

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    first = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    second = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    sure = models.FloatField("how sure the matcher is")
    levels = models.JSONField("how far each field agrees", default=list)
    number = models.CharField("number they share", max_length=4, choices=Number, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    identity = models.CharField("digest of both identities when decided", max_length=64, blank=True)
    found_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sure", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicate_in_the_order_of_their_coming"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="duplicate_decided_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["authority", "state", "-sure"], name="duplicate_waiting")]

    def __str__(self) -> str:
        return f"duplicate {self.pk}"


class Merge(models.Model):
    """One record taken into another. It can be taken apart at any time."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    kept = models.ForeignKey(YoungPerson, models.CASCADE, related_name="merges_kept")
    merged = models.ForeignKey(YoungPerson, models.CASCADE, related_name="merges_gone")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField(default=clock.now)
    event_id = models.BigIntegerField()
    taken_apart_at = models.DateTimeField(null=True, blank=True)
    taken_apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(taken_apart_at__isnull=True), name="merged_into_one_only"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"


class MergeMove(models.Model):
    """What a merge did to one row: the columns it changed, before and after. Without `was` it added the row, without
    `now` it removed it."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moves")
    table = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "table", "row_id"], name="merge_move_once"),
            models.CheckConstraint(
                condition=Q(was__isnull=False) | Q(now__isnull=False), name="merge_move_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"moved by a merge {self.pk}"
