"""A month as it was frozen: who counted as what, small sums of it, and what a later freeze of the month changed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from schools.models import Authority, District, Establishment, Service
from tracking.register.models import YoungPerson
from tracking.rules.codes import Status


class Freeze(models.Model):
    """One authority's month held fast at a moment. A later one of the same month stands in its place.

    Its rows hold the register as it was known at `frozen_at`, so the same rows come out whenever they are made again.
    A signed-off month is guarded by the database too (sql/closed.sql).
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="freezes")
    month = models.DateField("month that ends on")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    people = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="The month's figures for the whole authority.")
    digest = models.CharField("fingerprint of the rows", max_length=64, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    closed_at = models.DateTimeField("signed off", null=True, blank=True)
    by_timer = models.BooleanField("kept when the month ended, by nobody's hand", default=False)
    has_wards = models.BooleanField("its rows know in which ward somebody lived", default=False)

    class Meta:
        ordering = ["-month", "-frozen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "month"],
                condition=Q(replaced_at__isnull=True),
                name="freeze_one_stands_a_month",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(replaced_at__isnull=True),
                name="freeze_closed_stands",
            ),
            models.CheckConstraint(
                condition=Q(by_timer=False) | Q(closed_at__isnull=True),
                name="freeze_signed_was_made_by_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"freeze {self.pk}"

    @property
    def content(self) -> tuple[int, str, bool]:
        """What its figures hang on: while this is the same, so are they."""
        return self.pk, self.digest, self.has_wards


class FreezeChange(models.Model):
    """One young person whom a later freeze of a month counts differently; an empty side: not in those rows."""

    freeze = models.ForeignKey(Freeze, models.CASCADE, related_name="changes")
    person = models.ForeignKey(YoungPerson, models.CASCADE, db_constraint=False, related_name="+")
    was_code = models.CharField(max_length=3, blank=True)
    was_status = models.CharField(max_length=10, blank=True)
    was_reason = models.CharField(max_length=16, blank=True)
    is_code = models.CharField(max_length=3, blank=True)
    is_status = models.CharField(max_length=10, blank=True)
    is_reason = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"change {self.pk} of a freeze"


class Cut(models.Model):
    """What figures are cut by. Abstract: a young person's row and the sums hold the same columns."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, db_constraint=False, related_name="+", db_index=False
    )
    month = models.DateField("month that ends on")
    academic_age = models.SmallIntegerField(null=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, db_constraint=False, related_name="+", db_index=False
    )
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, db_constraint=False, related_name="+", db_index=False
    )
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, db_constraint=False, related_name="+", db_index=False
    )
    need = models.CharField("EHC plan or SEN support", max_length=4, blank=True)
    is_vulnerable = models.BooleanField("in the vulnerable group", default=False)
    gender = models.CharField(max_length=1, blank=True)

    class Meta:
        abstract = True


class MonthRecord(Cut):
    """One young person in one frozen month: the only source of closed months' figures.

    The table is divided by month; `tracking_month_partition` makes the next division. Rows are written by one
    statement (sql/records.sql) and never changed; an erasure empties `person`.
    """

    freeze = models.ForeignKey(
        Freeze, models.DO_NOTHING, db_constraint=False, related_name="records", db_index=False
    )
    person = models.ForeignKey(
        YoungPerson, models.SET_NULL, null=True, db_constraint=False, related_name="months", db_index=False
    )
    reason = models.CharField("why in the cohort or not", max_length=16)
    is_measured = models.BooleanField("held by the monthly figures")
    code = models.CharField("activity", max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Status])
    has_lapsed = models.BooleanField("not known because nobody confirmed in time")
    participates = models.BooleanField("in education and training")
    neet_since_on = models.DateField(null=True)
    characteristics = ArrayField(models.CharField(max_length=4), null=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    guarantee = models.CharField(  # noqa: DJ001  null and empty differ, as said below
        "September Guarantee status",
        max_length=3,
        null=True,
        help_text="Null: not owed one; empty: not recorded.",
    )
    ward_code = models.CharField(  # noqa: DJ001  null: not known
        "ward they lived in", max_length=9, null=True, help_text="By the directory of the day it was kept."
    )

    class Meta:
        indexes = [
            models.Index(fields=["freeze", "person"], name="monthrecord_person"),
            models.Index(
                fields=["authority", "month", "person"],
                condition=Q(is_measured=True, status="NEET"),
                name="monthrecord_neet",
            ),
        ]

    def __str__(self) -> str:
        return f"month record {self.pk}"


class MonthTally(Cut):
    """How many counted as what in one frozen month, for each combination that occurs: any cut is a sum of these."""

    freeze = models.ForeignKey(Freeze, models.CASCADE, related_name="tallies")
    people = models.PositiveIntegerField("held by the monthly figures, those in custody among them")
    cohort = models.PositiveIntegerField("what the rates are shares of")
    neet = models.PositiveIntegerField()
    not_known = models.PositiveIntegerField()
    lapsed = models.PositiveIntegerField("not known because nobody confirmed in time")
    participating = models.PositiveIntegerField("in education and training")
    owed = models.PositiveIntegerField("owed an offer under the September Guarantee")
    offered = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["authority", "month"], name="monthtally_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cohort__lte=F("people")) & Q(offered__lte=F("owed")),
                name="monthtally_parts_of_whole",
            )
        ]

    def __str__(self) -> str:
        return f"tally {self.pk}"
