"""What is kept for how long: holds that stop erasing, lists of what is due, stones for whoever was erased, breaches."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from neet.audit.models import CURRENT_TRANSACTION
from neet.files.models import StoredFile
from schools.models import Authority
from tracking.register.models import YoungPerson


def _user() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class Keeping(models.Model):
    """How a council erases: by two people, unless it said otherwise and why."""

    authority = models.OneToOneField(Authority, models.CASCADE, related_name="keeping")
    second_person = models.BooleanField("two people erase", default=True)
    why = models.CharField("why one person alone may", max_length=240, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = _user()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_person=True) | ~Q(why=""), name="keeping_alone_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"keeping of council {self.authority_id}"


class LegalHoldQuerySet(models.QuerySet):
    def standing(self, on) -> Self:
        """Those that stop erasing on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), lifted_at__isnull=True)


class LegalHold(models.Model):
    """Nothing is erased while it stands: of one young person, or, without one, of anybody (an inquiry)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="legal_holds")
    person = models.ForeignKey(YoungPerson, models.CASCADE, null=True, blank=True, related_name="legal_holds")
    reason = models.CharField("why it must be kept", max_length=240)
    until = models.DateField("until", null=True, blank=True)
    placed_at = models.DateTimeField(default=clock.now)
    placed_by = _user()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = _user()
    lifted_why = models.CharField(max_length=240, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = [F("lifted_at").desc(nulls_first=True), "-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="legal_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_why=""), name="legal_hold_lifted_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"legal hold {self.pk}"


class ErasureRun(models.Model):
    """One list of what is to be erased, from the list to the certificate. `counts` holds how many of each class are
    due and, once done, how many went; `rules` which rules of the day said so."""

    class Cause(models.TextChoices):
        TIME = "time", "Its time is over"
        RIGHT = "right", "They asked to be erased"
        WRONG = "wrong", "The record should not be there"

    class State(models.TextChoices):
        LISTED = "listed", "Listed"
        PROPOSED = "proposed", "Waits for release"
        RELEASED = "released", "Being erased"
        DONE = "done", "Erased"
        LEFT = "left", "Not erased"

    OPEN = (State.LISTED, State.PROPOSED, State.RELEASED)

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="erasure_runs")
    cause = models.CharField(max_length=5, choices=Cause, default=Cause.TIME)
    state = models.CharField(max_length=8, choices=State, default=State.LISTED)
    as_of = models.DateField("due on")
    why = models.CharField(max_length=300, blank=True)
    listed_at = models.DateTimeField(default=clock.now)
    listed_by = _user()
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = _user()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = _user()
    released_why = models.CharField("why one person alone", max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True)
    counts = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    certificate = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="erasure_runs"
    )
    digest = models.CharField("fingerprint of the certificate", max_length=64, blank=True)

    class Meta:
        ordering = ["-listed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(cause="time", state__in=["listed", "proposed", "released"]),
                name="erasure_one_list_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(cause="time") | ~Q(why=""), name="erasure_of_one_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class ErasureLine(models.Model):
    """One young person on a list: by which rule, since when, and what holds them back. Goes with the person."""

    class Held(models.TextChoices):
        NO = "", "Is erased"
        HOLD = "hold", "On legal hold"
        IN_WORK = "in_work", "A service still answers for them"

    run = models.ForeignKey(ErasureRun, models.CASCADE, related_name="lines")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=40)
    due_on = models.DateField()
    held = models.CharField(max_length=8, choices=Held, default=Held.NO, blank=True)

    class Meta:
        ordering = ["due_on", "person_id"]
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="erasure_line_once")]

    def __str__(self) -> str:
        return f"line {self.pk} of an erasure"


class Tombstone(models.Model):
    """Somebody was erased: two meaningless numbers, so that they are erased again where a backup brings them back.

    Only ever added to. Without its run where it came back from the list beside the database.
    """

    authority_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    ref = models.UUIDField(db_index=True)
    erased_at = models.DateTimeField(default=clock.now)
    run = models.ForeignKey(ErasureRun, models.PROTECT, null=True, related_name="tombstones")
    transaction = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        indexes = [models.Index(fields=["transaction"], name="tombstone_by_transaction")]

    def __str__(self) -> str:
        return f"tombstone {self.pk}"


class Archived(models.Model):
    """Put away: out of everyday lists and searches, opened only by whoever was given access for a reason."""

    person = models.OneToOneField(YoungPerson, models.CASCADE, primary_key=True, related_name="archived")
    since = models.DateField()

    def __str__(self) -> str:
        return f"archived young person {self.pk}"


class Breach(models.Model):
    """Personal data went where it should not, or was lost: what happened and what was done (UK GDPR art. 33)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="breaches")
    what = models.CharField("what happened", max_length=400)
    happened_on = models.DateField(null=True, blank=True)
    known_at = models.DateTimeField("known since")
    people = models.PositiveIntegerField("how many young people it concerns", null=True, blank=True)
    measures = models.TextField("what was done about it", max_length=2000, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = _user()
    tells_ico = models.BooleanField("the ICO is told", null=True, blank=True)
    decided_why = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = _user()
    told_at = models.DateTimeField("the ICO was told", null=True, blank=True)
    tells_people = models.BooleanField("the young people are told", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = _user()

    class Meta:
        verbose_name_plural = "breaches"
        ordering = [F("closed_at").desc(nulls_first=True), "-known_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="breach_says_what"),
            models.CheckConstraint(
                condition=Q(tells_ico__isnull=True) | ~Q(decided_why=""), name="breach_decided_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(tells_ico__isnull=False),
                name="breach_closed_once_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"breach {self.pk}"
