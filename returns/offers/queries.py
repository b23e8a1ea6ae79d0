"""Offers that wait for something, and offers to young people who are not ours."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.intake.models import Intake, IntakeRow
from returns.offers.rules import Home, by_name_and_number, home_of
from schools.models import Establishment
from tracking.models import YoungPerson
from tracking.register.columns import Asker, asker
from tracking.register.models import Guarantee, Offer
from tracking.register.queries.offers import PlaceLine, of_september, place_line, places_shown
from tracking.rules.codes import CohortKind
from tracking.rules.guarantee import guarantee_group
from tracking.rules.offers import OFFER_MADE, guarantee_births
from tracking.rules.ruleset import RuleSet

TYPES = ("offers", "applications")
CELLS = (
    "family_name", "given_name", "date_of_birth", "postcode", "place", "course", "stage", "offered_from", "school_now",
    "home_authority",
)  # fmt: skip
UNTIL = 9  # the month after whose last day the September is over
LISTS = ("conditional", "no_offer", "no_application")


@dataclass(frozen=True)
class Wanted:
    """Which list, of which school's pupils (none: all), and by which day an application counts."""

    show: str
    school: int | None
    by: date
    on: date
    year: int
    rules: RuleSet


@dataclass(frozen=True)
class Line:
    """One young person of a list."""

    pk: int
    ref: str
    name: str
    school: str
    year_group: int
    status: str
    places: tuple[PlaceLine, ...]


def owed(user: User, wanted: Wanted) -> QuerySet[YoungPerson]:
    """Those who finish Year 11 or 12 before the September and are tracked, as far as this user sees them."""
    born = guarantee_births(wanted.year)
    tracked = wanted.rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)
    people = YoungPerson.objects.visible_to(user).filter(date_of_birth__range=born, cohort_status__in=tracked)
    if wanted.school:
        people = people.filter(situation__activity__establishment=wanted.school)
    return people


def listed(people: QuerySet[YoungPerson], user: User, wanted: Wanted) -> QuerySet[YoungPerson]:
    """Only those of the list that is asked for."""
    return people.filter(_condition(asker(user, wanted.on), wanted, wanted.show))


def numbers(people: QuerySet[YoungPerson], user: User, wanted: Wanted) -> dict[str, int]:
    """How many stand on each list, and in all; one statement."""
    who = asker(user, wanted.on)
    counted = {name: Count("pk", filter=_condition(who, wanted, name)) for name in LISTS}
    return dict(people.aggregate(everybody=Count("pk"), **counted))


def lines(people: Sequence[YoungPerson], user: User, wanted: Wanted) -> list[Line]:
    """What a list shows of them, in the order given; three statements however many."""
    who = asker(user, wanted.on)
    ids = [each.pk for each in people]
    offers = Offer.objects.filter(places_shown(who), of_september(wanted.rules, wanted.year)).select_related(
        "told_by"
    )
    held = YoungPerson.objects.filter(pk__in=ids).select_related("situation__activity__establishment")
    found = held.prefetch_related(
        Prefetch("offers", offers.order_by("pk"), to_attr="places_held"), "guarantees"
    )
    by_pk = {each.pk: each for each in found}
    return [_line(by_pk[pk], wanted) for pk in ids]


def schools_of(people: QuerySet[YoungPerson]) -> list[tuple[int, str]]:
    """Where they are now, by name."""
    at = people.filter(situation__activity__establishment__isnull=False)
    found = at.values_list("situation__activity__establishment", "situation__activity__establishment__name")
    return sorted(set(found), key=lambda each: (each[1], each[0]))


def days_to_ask(year: int, today: date) -> list[date]:
    """By which days somebody may ask who has applied: the last of each month since October, and today."""
    months = [(year - 1, month) for month in (10, 11, 12)] + [(year, month) for month in range(1, UNTIL + 1)]
    last = [date(at + month // 12, month % 12 + 1, 1) - timedelta(days=1) for at, month in months]
    return [today, *(day for day in reversed(last) if day < today)]


def _line(person: YoungPerson, wanted: Wanted) -> Line:
    group = guarantee_group(person.date_of_birth, wanted.year)
    held = next((each for each in person.guarantees.all() if each.year_group == group), None)
    status = wanted.rules.guarantee_statuses.get(held.status) if held else None
    places = [place_line(each, wanted.rules) for each in person.places_held]  # type: ignore[attr-defined]  # prefetched
    situation = getattr(person, "situation", None)
    activity = situation.activity if situation else None
    return Line(
        pk=person.pk,
        ref=str(person.ref),
        name=person.full_name,
        school=activity.establishment_name if activity else "",
        year_group=group or 0,
        status=status.plain_words if status else "Nothing recorded yet",
        places=tuple(sorted(places, key=lambda line: (line.preference or 99, line.pk))),
    )


def _condition(who: Asker, wanted: Wanted, show: str) -> Q:
    families = wanted.rules.offers.families
    made = sorted(code for code, family in families.items() if family == OFFER_MADE)
    stages = wanted.rules.offer_stages.values()
    firm = [each.code for each in stages if each.counts and each.code != Offer.Stage.CONDITIONAL]
    theirs = Offer.objects.filter(
        places_shown(who), of_september(wanted.rules, wanted.year), person=OuterRef("pk")
    )
    of_group = Q(year_group=11, person__date_of_birth__gte=guarantee_births(wanted.year, 11)[0])
    of_group |= Q(year_group=12, person__date_of_birth__lte=guarantee_births(wanted.year, 12)[1])
    offered = Exists(Guarantee.objects.filter(of_group, person=OuterRef("pk"), status__in=made))
    found: dict[str, Q] = {
        "conditional": Q(Exists(theirs.filter(stage=Offer.Stage.CONDITIONAL)))
        & ~Q(Exists(theirs.filter(stage__in=firm))),
        "no_offer": ~Q(offered),
        "no_application": ~Q(offered) & ~Q(Exists(theirs.filter(said_on__lte=wanted.by))),
    }
    return found[show]


# --- who is not ours ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stranger:
    """A line of a return about somebody who is not on our register."""

    row: int
    cells: dict[str, str]
    told_by: str
    on: date
    home: Home
    home_words: str

    @property
    def born_on(self) -> date | None:
        said = self.cells["date_of_birth"]
        return date.fromisoformat(said) if said else None

    @property
    def name(self) -> str:
        return f"{self.cells['given_name']} {self.cells['family_name']}".strip()


@dataclass(frozen=True)
class Strangers:
    """All of them, and how many probably live in which council: (number, words, how many), most first."""

    everybody: tuple[Stranger, ...]
    homes: tuple[tuple[str, str, int], ...]

    def of(self, code: str) -> tuple[Stranger, ...]:
        return tuple(each for each in self.everybody if each.home.code == code)


def strangers(user: User, rules: RuleSet, since: date) -> Strangers:
    """Offers and applications of returns sent since a day that name somebody who is not on our register, with the
    council they probably live in (R27). Two statements."""
    at = {place.authority_id for place in scope_of(user).where(Permission.RETURN_RECEIVE)}
    sent = Intake.objects.filter(authority__in=at, type__in=TYPES, state__in=Intake.APPLIED, as_at__gte=since)
    latest = sent.filter(expected=OuterRef("intake__expected")).order_by("-version").values("pk")[:1]
    rows = IntakeRow.objects.filter(
        intake__in=sent, intake=latest, outcome=IntakeRow.Outcome.BESIDE, left_out=False
    ).annotate(**{f"said_{name}": KeyTextTransform(name, "clean") for name in CELLS})
    by_name = (KeyTextTransform("family_name", "clean"), KeyTextTransform("given_name", "clean"))
    found = rows.order_by(*by_name, "pk").values_list(
        "pk",
        "intake__establishment__name",
        "intake__sender",
        "intake__as_at",
        *(f"said_{name}" for name in CELLS),
    )
    told = [(pk, _cells(cells), place or sender, on) for pk, place, sender, on, *cells in found]
    councils = by_name_and_number((code, rules.areas[code].plain_words) for code in sorted(rules.authorities))
    schools = _schools({cells["school_now"] for _, cells, _, _ in told if cells["school_now"]})
    homes_of = [home_of(cells, councils, schools) for _, cells, _, _ in told]
    everybody = tuple(
        Stranger(*line, home, _words_of(home.code, rules)) for line, home in zip(told, homes_of, strict=True)
    )
    counted = Counter(each.home.code for each in everybody)
    homes = [(code, _words_of(code, rules), number) for code, number in counted.items()]
    homes.sort(key=lambda each: (-each[2], each[1]))
    return Strangers(everybody, tuple(homes))


def _words_of(code: str, rules: RuleSet) -> str:
    return rules.areas[code].plain_words if code else "Nobody can tell"


def _cells(values: Sequence[str | None]) -> dict[str, str]:
    return {name: value or "" for name, value in zip(CELLS, values, strict=True)}


def _schools(named: set[str]) -> dict[str, str]:
    """The councils of these schools, by lower-case name and by number."""
    asked = {each.strip().lower() for each in named} | {each.replace("/", "").strip() for each in named}
    named_so = Q(key__in=asked) | Q(urn__in=asked) | Q(number__in=asked)
    known = Establishment.objects.alias(key=Lower("name")).filter(named_so).exclude(la_code="")
    found: dict[str, str] = {}
    for place in known.order_by("pk"):
        for key in (place.name.lower(), place.urn, place.number):
            if key:
                found.setdefault(key, place.la_code)
    return found


def september_began(year: int) -> date:
    """The day from which returns are about the September of this year: the 1 October before."""
    return date(year - 1, 10, 1)
