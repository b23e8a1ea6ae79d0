"""A young person on the way from one council to another, every turn of it, and which councils answer each other."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from schools.models import Authority
from tracking.register.models import YoungPerson
from tracking.rules.moves import Deed, Side, State


class Evidence(models.TextChoices):
    """How it is known that they moved."""

    ADDRESS = "address", "The new address was seen: a letter, a tenancy, a visit"
    COUNCIL = "council", "The other council says so"
    FAMILY = "family", "The young person or the family says so"
    SCHOOL = "school", "Their school or college says so"


class Move(models.Model):
    """Who leaves which council for which. Until the other one accepts nothing of the register changes.

    Of a council that keeps no register here only its number is known, and its answers are recorded by hand. `person` is
    the record that lets go, `new_person` the one that takes over; a request names the first by its number only.
    """

    person = models.ForeignKey(YoungPerson, models.CASCADE, null=True, blank=True, related_name="moves")
    new_person = models.ForeignKey(
        YoungPerson, models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    from_authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="moves_out"
    )
    to_authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="moves_in"
    )
    from_la = models.CharField("council they leave", max_length=3)
    to_la = models.CharField("council they move to", max_length=3)
    moved_on = models.DateField("moved on")
    evidence = models.CharField("how we know", max_length=12, choices=Evidence)
    words = models.CharField("in words", max_length=240, blank=True)
    number_there = models.CharField("CCIS number there", max_length=13, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.words) for each in State])
    is_asked_for = models.BooleanField("the council they moved to began it", default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=clock.now)
    turned_at = models.DateTimeField("so since", default=clock.now)
    settled_on = models.DateField("counted by the other council from", null=True, blank=True)
    given_out_at = models.DateTimeField("hand-over last taken away", null=True, blank=True)
    leaving_event = models.BigIntegerField(null=True, editable=False)
    arrival_event = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_la=F("to_la")), name="move_to_another_council"),
            models.CheckConstraint(
                condition=Q(from_authority__isnull=False) | Q(to_authority__isnull=False),
                name="move_of_a_council_here",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(settled_on__isnull=False), name="move_accepted_on_a_day"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["asked", "proposed", "queried"]),
                name="move_open_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["new_person"],
                condition=Q(state__in=["asked", "proposed", "queried"]),
                name="move_open_once_an_arrival",
            ),
        ]
        indexes = [
            models.Index(fields=["from_authority", "state"], name="move_out"),
            models.Index(fields=["to_authority", "state"], name="move_in"),
        ]

    def __str__(self) -> str:
        return f"move {self.pk}"

    @property
    def is_between_us(self) -> bool:
        """Both councils keep their register here, so both answer for themselves."""
        return self.from_authority_id is not None and self.to_authority_id is not None


class MoveTurn(models.Model):
    """One thing one of the two councils did about a move, in its words."""

    move = models.ForeignKey(Move, models.CASCADE, related_name="turns")
    deed = models.CharField(max_length=10, choices=[(each.value, each.words) for each in Deed])
    side = models.CharField(max_length=4, choices=[(each.value, each.words) for each in Side])
    words = models.CharField(max_length=240, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"turn {self.pk}"


class CouncilAgreement(models.Model):
    """Two councils answer each other whether they know somebody: offered by one, agreed by the other, ended by either.

    The council with the lower number stands first, so that a pair stands once.
    """

    first = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    second = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    offered_by_council = models.ForeignKey(Authority, models.PROTECT, related_name="agreements_offered")
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    offered_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="council_agreement_in_order"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_at__isnull=True),
                name="council_agreement_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk} between councils"
