"""The monthly file as tables: what the checks found, and every file that was built, kept as built."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from neet import clock
from schools.models import Authority
from tracking.models import Freeze, YoungPerson


class CheckRun(models.Model):
    """One run of the DfE's checks over an authority's records for a month. The latest run is what the board shows."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="check_runs")
    period_end = models.DateField("month that ends on")
    checked_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    people = models.PositiveIntegerField(default=0)
    too_old = models.PositiveIntegerField("too old for the file and not yet marked so", default=0)
    counts = models.JSONField(default=dict, help_text="How many records by error.")

    class Meta:
        ordering = ["-checked_at"]
        indexes = [models.Index(fields=["authority", "period_end", "-checked_at"])]

    def __str__(self) -> str:
        return f"check {self.pk}"


class RecordError(models.Model):
    """One record the DfE would find fault with: which error, in which field. The value stays in the record."""

    run = models.ForeignKey(CheckRun, models.CASCADE, related_name="errors")
    person = models.ForeignKey(YoungPerson, models.CASCADE, db_constraint=False, related_name="record_errors")
    code = models.CharField("error", max_length=8)
    field = models.CharField(max_length=60)
    priority = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["priority", "code", "person_id"]
        indexes = [models.Index(fields=["run", "code"]), models.Index(fields=["person"])]

    def __str__(self) -> str:
        return f"record error {self.pk}"


class Submission(models.Model):
    """A file built for the DfE, kept byte for byte (compressed) with who, when and by which year's rules."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="submissions")
    period_end = models.DateField("month that ends on")
    date_of_send = models.DateField()
    rules_of = models.CharField("rules of", max_length=7)
    built_at = models.DateTimeField(default=clock.now)
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content = models.BinaryField("file, compressed")
    sha256 = models.CharField("fingerprint", max_length=64)
    size = models.PositiveBigIntegerField("bytes")
    people = models.PositiveIntegerField()
    errors = models.JSONField(default=dict, help_text="How many records by error.")
    freeze = models.ForeignKey(
        Freeze,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        help_text="The frozen month it was built from; none: a trial from the register as it stood.",
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_off_why = models.CharField(
        "why one person alone", max_length=240, blank=True, help_text="Where whoever built it signed it off."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-period_end", "-built_at"]
        indexes = [models.Index(fields=["authority", "-period_end", "-built_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_by__isnull=False),
                name="submission_sent_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_at__isnull=True) | Q(freeze__isnull=False),
                name="submission_signed_off_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.pk}"

    @property
    def file_name(self) -> str:
        return f"NCCIS_{self.authority.code}_{self.period_end:%Y-%m}.xml"


class SentRecord(models.Model):
    """What a file that went to the DfE said of one young person: so that a leaver is sent once, and no record changes
    because a report was made."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="records")
    person = models.ForeignKey(
        YoungPerson, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    period_end = models.DateField("month that ends on")
    letter = models.CharField("cohort status", max_length=1)

    class Meta:
        indexes = [models.Index(fields=["person", "-period_end"], name="sentrecord_person")]

    def __str__(self) -> str:
        return f"sent record {self.pk}"
