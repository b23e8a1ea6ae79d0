"""Places applied for and offered, what a school worries about, and what a young person agreed to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from schools.models import Establishment
from tracking.register.models.activity import Source
from tracking.register.models.person import YoungPerson
from tracking.rules.offers import Place


class Offer(models.Model):
    """A place somebody applied for and what came of it, one row for each place and course. What was last said of it
    counts; its history keeps the rest. Which stages count as an offer is a rule (tracking/rules/offers.py)."""

    class Stage(models.TextChoices):
        APPLIED = "applied", "Applied, no answer yet"
        MISSED_INTERVIEW = "missed_interview", "Did not come to the interview"
        CONDITIONAL = "conditional", "Offer on conditions"
        GUARANTEED = "guaranteed", "Guaranteed offer"
        ACCEPTED = "accepted", "Offer accepted"
        PLANS_TO_LEAVE = "plans_to_leave", "Accepted, plans to leave"
        DECLINED = "declined", "Offer turned down"
        REFUSED = "refused", "Refused by the place"
        NO_SHOW = "no_show", "Did not come to enrol"
        WITHDRAWN = "withdrawn", "Taken back"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="offers")
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="offers", null=True, blank=True
    )
    place = models.CharField("place", max_length=160)
    course = models.CharField(max_length=160, blank=True)
    preference = models.PositiveSmallIntegerField("in the order they would like", null=True, blank=True)
    stage = models.CharField("how it stands", max_length=16, choices=Stage)
    said_on = models.DateField("so on")
    starts_on = models.DateField("begins on", null=True, blank=True)
    conditions = models.CharField(max_length=200, blank=True)
    source = models.CharField("who told us", max_length=12, choices=Source, default=Source.PROVIDER)
    told_by = models.ForeignKey(
        Establishment, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="told by"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("preference").asc(nulls_last=True), "-said_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "place", "course"],
                name="offer_once_a_place_and_course",
            ),
            models.CheckConstraint(condition=~Q(place=""), name="offer_names_its_place"),
        ]
        indexes = [models.Index(fields=["establishment", "stage"], name="offer_by_place")]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    @property
    def as_rules_see_it(self) -> Place:
        """The part of it the rules of offers look at."""
        return Place(self.stage, self.said_on, self.starts_on)


class Concern(models.Model):
    """Why a school worries that a pupil may not go on, until it says that it is over."""

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="concerns")
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="concerns")
    words = models.CharField("what worries them", max_length=300)
    raised_on = models.DateField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    over_on = models.DateField("over since", null=True, blank=True)

    class Meta:
        ordering = ["-raised_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="concern_says_what"),
            models.CheckConstraint(
                condition=Q(over_on__isnull=True) | Q(over_on__gte=F("raised_on")),
                name="concern_over_after_raised",
            ),
        ]
        indexes = [models.Index(fields=["establishment"], name="concern_by_school")]

    def __str__(self) -> str:
        return f"concern {self.pk}"


class Consent(models.Model):
    """What a young person agreed to, in which wording, from when until they took it back (R21)."""

    class Purpose(models.TextChoices):
        SCHOOL_FEEDBACK = "school_feedback", "Their school may be told in February what they do"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    wording = models.CharField("version of the words they agreed to", max_length=40)
    given_on = models.DateField()
    withdrawn_on = models.DateField("taken back on", null=True, blank=True)
    channel = models.CharField("how they said so", max_length=40)

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_open_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_taken_back_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
