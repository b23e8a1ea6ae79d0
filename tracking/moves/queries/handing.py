"""What one council hands over to another about a young person: what it needs to go on with, and no more.

Notes, tasks, tips and what services wrote stay where they are. Of somebody whose objection is in force nothing goes
that came from a school or college beyond name, address and date of birth (Education and Skills Act 2008 s72). That a
record is kept and not used goes along, and holds at the new council too until it decides (UK GDPR article 18).
"""

from dataclasses import dataclass
from datetime import date

from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import (
    Activity,
    Characteristic,
    ContactPoint,
    FormerName,
    Guarantee,
    Objection,
    Residence,
    Situation,
    YoungPerson,
)
from tracking.register.models.activity import Source
from tracking.register.queries.standing import Facts, Standing, standing
from tracking.register.queries.together import together
from tracking.rights.models import UseLimited
from tracking.rights.queries.limits import limits_of
from tracking.rules.objection import ObjectionFacts, is_in_force


@dataclass(frozen=True)
class HandOver:
    """Everything that goes along, as it stands on a day."""

    person: YoungPerson
    upn: str
    uln: str
    standing: Standing
    activity: Activity | None
    verified_on: date | None
    neet_since_on: date | None
    residence: Residence | None
    former_names: tuple[FormerName, ...]
    ways_to_reach: tuple[ContactPoint, ...]
    characteristics: tuple[Characteristic, ...]
    guarantees: tuple[Guarantee, ...]
    objections: tuple[Objection, ...]
    objects: bool
    limit: UseLimited | None

    @property
    def course(self) -> str:
        """What the institution said of the course, unless that is objected to."""
        return self.activity.course if self.activity and not self.objects else ""


def hand_over(person: YoungPerson, on: date) -> HandOver:
    """What goes along about them; three statements."""
    said = together(
        residences=person.residences.filter(ends_on__isnull=True),
        former_names=person.former_names.order_by("-until", "pk"),
        ways=person.contact_points.filter(ends_on__isnull=True),
        characteristics=person.characteristics.filter(open_on(on)).order_by("code", "pk"),
        guarantees=person.guarantees.all(),
        objections=person.objections.filter(withdrawn_on__isnull=True),
        limits=limits_of(person.pk)[:1],
    )
    objects = _objects(said["objections"], person, on)
    place: Situation | None = (
        Situation.objects.filter(person=person).select_related("activity__establishment").first()
    )
    return HandOver(
        person=person,
        upn="" if objects else person.upn,
        uln="" if objects else person.uln,
        standing=standing(_facts(place), ruleset(on), on),
        activity=place.activity if place else None,
        verified_on=place.verified_on if place else None,
        neet_since_on=place.neet_since_on if place else None,
        residence=next(iter(said["residences"]), None),
        former_names=tuple(said["former_names"]),
        ways_to_reach=tuple(each for each in said["ways"] if not (objects and each.from_institution)),
        characteristics=tuple(
            each for each in said["characteristics"] if not (objects and each.source == Source.PROVIDER)
        ),
        guarantees=tuple(said["guarantees"]),
        objections=tuple(said["objections"]),
        objects=objects,
        limit=next(iter(said["limits"]), None),
    )


def _objects(objections: list[Objection], person: YoungPerson, on: date) -> bool:
    known = (ObjectionFacts(each.made_by == Objection.MadeBy.PARENT, each.made_on) for each in objections)
    return is_in_force(known, person.date_of_birth, on)


def _facts(place: Situation | None) -> Facts:
    if place is None:
        return Facts()
    return Facts(
        code=place.code,
        since=place.starts_on,
        ended_on=place.ends_on,
        counts_until=place.lapses_on,
        verified_on=place.verified_on,
        neet_since=place.neet_since_on,
        place=place.activity.establishment_name if place.activity else "",
    )
