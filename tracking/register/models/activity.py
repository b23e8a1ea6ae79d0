"""What a young person does, who confirmed it, and the situation that follows from it."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.db.models.functions import Cast, NullIf

from neet import clock
from schools.models import Authority, Establishment
from tracking.register.models.person import YoungPerson


class DateRange(Func):
    """daterange(starts_on, ends_on, '[]'): both days included."""

    function = "daterange"
    output_field = DateRangeField()


# The audit event under which a row is written, so that what one act added can be found again.
CURRENT_EVENT = Cast(
    NullIf(
        Func(
            Value("neet.audit_event"),
            Value(True),
            function="current_setting",
            output_field=models.TextField(),
        ),
        Value(""),
    ),
    models.BigIntegerField(),
)


class Source(models.TextChoices):
    """Who told us. Order of trust between sources is a dated table of its own."""

    YOUNG_PERSON = "young_person", "The young person"
    PARENT = "parent", "A parent or carer"
    PROVIDER = "provider", "The school, college or provider"
    EMPLOYER = "employer", "The employer"
    SERVICE = "service", "Another council service"
    AUTHORITY = "authority", "Another local authority"
    DFE = "dfe", "The DfE or another national source"
    SURVEY = "survey", "A survey answer"
    LOADED = "loaded", "Brought from another system"


class Activity(models.Model):
    """Something a young person does from one day to another (both included). One primary activity at a time."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="activities")
    code = models.CharField("activity", max_length=3)
    starts_on = models.DateField("started on")
    ends_on = models.DateField("ended on", null=True, blank=True)
    is_primary = models.BooleanField(default=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="activities", null=True, blank=True, db_index=False
    )
    establishment_number = models.CharField("DfE number", max_length=7, blank=True)
    establishment_name = models.CharField("place", max_length=160, blank=True)
    ukprn = models.CharField("UKPRN", max_length=8, blank=True)
    predicted_end_on = models.DateField("expected to end on", null=True, blank=True)
    review_on = models.DateField("to be reviewed on", null=True, blank=True)
    ascertained_on = models.DateField("known since", null=True, blank=True)
    neet_since_on = models.DateField("NEET since", null=True, blank=True)
    course = models.CharField(max_length=160, blank=True)
    leaving_reason = models.CharField(max_length=40, blank=True)
    source = models.CharField("who told us", max_length=12, choices=Source, default=Source.YOUNG_PERSON)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_start",
            ),
            ExclusionConstraint(
                name="activity_one_primary_at_a_time",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_primary=True),
                deferrable=Deferrable.DEFERRED,
            ),
        ]
        indexes = [
            models.Index(fields=["establishment", "person"], name="activity_establishment"),
            models.Index(
                fields=["predicted_end_on"],
                condition=Q(predicted_end_on__isnull=False),
                name="activity_expected_to_end",
            ),
        ]

    def __str__(self) -> str:
        return f"activity {self.pk}"


class Confirmation(models.Model):
    """Somebody said, as of a day, that the activity goes on. Append-only; a mistaken one is voided by another row.

    It outlives its activity (undone returns, replay of past days), so the database holds no constraint between them.
    """

    activity = models.ForeignKey(
        Activity, models.DO_NOTHING, related_name="confirmations", db_index=False, db_constraint=False
    )
    verified_on = models.DateField("known to be so on")
    source = models.CharField("who told us", max_length=12, choices=Source)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    event_id = models.BigIntegerField(null=True, editable=False, db_default=CURRENT_EVENT)
    voids = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="voided_by")

    class Meta:
        ordering = ["-verified_on", "-pk"]
        indexes = [models.Index(fields=["activity", "-verified_on"], name="confirmation_latest")]

    def __str__(self) -> str:
        return f"confirmation {self.pk}"


class Situation(models.Model):
    """Where a young person stands: derived by the database from activities, confirmations and currency rules.

    Never written by the application. `lapses_on` is the last day it counts: from the next day on they are not known.
    `authority` is the person's, kept by the database, so that a council's situations lie together.
    """

    person = models.OneToOneField(YoungPerson, models.CASCADE, primary_key=True, related_name="situation")
    authority = models.ForeignKey(
        Authority, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, editable=False
    )
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, related_name="+", db_index=False)
    code = models.CharField(max_length=3, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    neet_since_on = models.DateField(null=True)
    changes_on = models.DateField("a later activity begins on", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["code", "lapses_on"]),
            models.Index(fields=["authority", "code"], name="situation_of_council"),
            models.Index(fields=["activity"]),
            models.Index(
                fields=["changes_on"], condition=Q(changes_on__isnull=False), name="situation_changes"
            ),
        ]

    def __str__(self) -> str:
        return f"situation of young person {self.pk}"
