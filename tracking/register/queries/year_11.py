"""A school's own Year 11: who they are, where they applied, what was offered, what worries the school (R109)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Establishment
from tracking.register.columns import asker, objection_in_force
from tracking.register.models import Activity, Concern, Guarantee, Offer, YoungPerson
from tracking.register.queries.offers import (
    PlaceLine,
    concerns_shown,
    of_september,
    place_line,
    places_shown,
)
from tracking.rules.academic_year import birth_range, ends_on
from tracking.rules.offers import OFFER_MADE
from tracking.rules.ruleset import RuleSet

YEAR_11_AGE = 15
LAST_DAY = (5, 31)  # whoever is in Year 11 there on the last 31 May stays on the list until September is over
UNKNOWN = "Nothing recorded yet"


@dataclass(frozen=True)
class Of:
    """Whose Year 11: a school's, before the September of a year, by the rules of a day."""

    school: Establishment
    year: int
    on: date
    rules: RuleSet

    @classmethod
    def now(cls, school: Establishment, on: date, rules: RuleSet) -> "Of":
        return cls(school, rules.offers.september_of(on), on, rules)

    @property
    def offer_codes(self) -> list[str]:
        return sorted(code for code, family in self.rules.offers.families.items() if family == OFFER_MADE)


@dataclass(frozen=True)
class Numbers:
    """The same people counted by what the filters show."""

    everybody: int
    no_offer: int
    no_application: int
    concern: int

    @property
    def with_offer(self) -> int:
        return self.everybody - self.no_offer


@dataclass(frozen=True)
class Pupil:
    """One pupil's line."""

    pk: int
    ref: str
    name: str
    sorted_name: str
    born_on: date | None
    status: str
    has_offer: bool
    destination: str
    places: tuple[PlaceLine, ...]
    concern: str
    has_objected: bool


def schools_of(user: User) -> list[Establishment]:
    """The schools whose Year 11 somebody keeps, by name."""
    places = scope_of(user).where(Permission.OWN_YEAR_11)
    ids = {place.establishment_id for place in places if place.establishment_id}
    return list(Establishment.objects.filter(pk__in=ids).order_by("name", "pk"))


def year_11(user: User, of: Of) -> QuerySet[YoungPerson]:
    """Those of that Year 11 this user may see."""
    born = birth_range(YEAR_11_AGE, ends_on(of.year - 1))
    day = min(of.on, date(of.year, *LAST_DAY))
    here = Activity.objects.filter(person=OuterRef("pk"), establishment=of.school, starts_on__lte=day)
    there = Exists(here.exclude(ends_on__lt=day))
    return YoungPerson.objects.visible_to(user).filter(there, date_of_birth__range=born)


def narrowed(people: QuerySet[YoungPerson], of: Of, show: str) -> QuerySet[YoungPerson]:
    """Only those a filter asks for."""
    return people.filter(_condition(of, show)) if show else people


def numbers(people: QuerySet[YoungPerson], of: Of) -> Numbers:
    """How many there are of each; one statement."""
    counted = {
        name: Count("pk", filter=_condition(of, name)) for name in ("no_offer", "no_application", "concern")
    }
    return Numbers(**people.aggregate(everybody=Count("pk"), **counted))


def pupils(people: Iterable[YoungPerson], user: User, of: Of) -> list[Pupil]:
    """Their lines, in the order given; four statements however many."""
    who = asker(user, of.on)
    ids = [each.pk for each in people]
    offers = Offer.objects.filter(places_shown(who), of_september(of.rules, of.year)).select_related(
        "told_by"
    )
    concerns = Concern.objects.filter(concerns_shown(who), establishment=of.school, over_on=None)
    found = YoungPerson.objects.filter(pk__in=ids).annotate(has_objected=objection_in_force(of.on))
    held = found.prefetch_related(
        Prefetch("offers", offers.order_by("pk"), to_attr="places_held"),
        Prefetch("guarantees", Guarantee.objects.filter(year_group=11), to_attr="guarantee_held"),
        Prefetch("concerns", concerns, to_attr="concerns_held"),
    )
    by_pk = {each.pk: each for each in held}
    return [_pupil(by_pk[pk], of) for pk in ids]


def _pupil(person: YoungPerson, of: Of) -> Pupil:
    held: list[Guarantee] = person.guarantee_held  # type: ignore[attr-defined]  # what the prefetch put there
    status = of.rules.guarantee_statuses.get(held[0].status) if held else None
    places = [place_line(each, of.rules) for each in person.places_held]  # type: ignore[attr-defined]  # as above
    concerns: list[Concern] = person.concerns_held  # type: ignore[attr-defined]  # as above
    hidden = bool(person.has_objected)  # type: ignore[attr-defined]  # annotated
    destination = of.rules.intended_destinations.get(person.intended_destination)
    return Pupil(
        pk=person.pk,
        ref=str(person.ref),
        name=person.full_name,
        sorted_name=f"{person.family_name}, {person.given_name}",
        born_on=person.date_of_birth,
        status=status.plain_words if status else UNKNOWN,
        has_offer=bool(status and status.family == OFFER_MADE),
        destination=destination.plain_words if destination and not hidden else "",
        places=tuple(sorted(places, key=lambda line: (line.preference or 99, line.place.lower(), line.pk))),
        concern=concerns[0].words if concerns else "",
        has_objected=hidden,
    )


def _condition(of: Of, show: str) -> Q:
    theirs = {"person": OuterRef("pk")}
    offered = Exists(Guarantee.objects.filter(**theirs, year_group=11, status__in=of.offer_codes))
    applied = Exists(Offer.objects.filter(of_september(of.rules, of.year), **theirs))
    worried = Exists(Concern.objects.filter(**theirs, establishment=of.school, over_on=None))
    return {
        "no_offer": ~Q(offered),
        "no_application": ~Q(offered) & ~Q(applied),
        "concern": Q(worried),
    }[show]
