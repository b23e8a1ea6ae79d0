"""The register as a list: who is wanted, in which order, with the columns the asker reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Func, QuerySet
from django.db.models.functions import Collate

from neet import clock
from neet.accounts.models import User
from neet.statements.once import built_once
from neet.statements.parts import Fixed, Ids
from neet.ui.listing import Listing
from tracking.reference.queries import ruleset
from tracking.register.columns import (
    asker,
    columns,
    headings,
)
from tracking.register.models import YoungPerson
from tracking.register.queries.narrowing import Wanted, condition_of
from tracking.register.queries.standing import (
    Facts,
    Standing,
    of_its_council,
    standing,
)
from tracking.register.queries.together import counted_together
from tracking.rules.academic_year import year_group
from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True)
class Line:
    """One young person in a list; what the asker does not read is None."""

    pk: int
    ref: UUID
    family_name: str
    given_name: str
    born_on: date | None
    year: int | None
    standing: Standing
    place: str | None
    lead: str | None
    district: str | None
    upn: str | None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class RegisterPage:
    """One page of the register with its totals and headings."""

    listing: Listing
    lines: tuple[Line, ...]
    headings: Mapping[str, str]


def folded(*names: str) -> Func:
    """Names as they are searched and ordered: without accents, capitals, apostrophes and hyphens."""
    return Func(
        *names,
        template="tracking_fold((%(expressions)s))",
        arg_joiner=" || ' ' || ",
        output_field=CharField(),
    )


def in_order(name: str) -> Collate:
    return Collate(Func(name, function="tracking_fold"), "C")


BY_NAME = (in_order("family_name"), in_order("given_name"))
THEN_BY_NAME = (
    F("family_name"),
    F("given_name"),
)  # folding fifty thousand names to break ties takes too long
SORTS: Mapping[str, tuple[Any, ...]] = {
    "name": BY_NAME,
    "born": (F("date_of_birth"), *THEN_BY_NAME),
    "since": (F("situation__starts_on"), *THEN_BY_NAME),
    "until": (F("situation__lapses_on"), *THEN_BY_NAME),
    "place": (F("situation__activity__establishment_name"), *THEN_BY_NAME),
}
SORTED_BY = {
    "name": "family_name",
    "born": "born_on",
    "since": "since",
    "until": "counts_until",
    "place": "place",
}


def register_list(user: User, wanted: Wanted, on: date | None = None) -> QuerySet[YoungPerson]:
    """The visible young people wanted, unordered. A filter over what the user does not read finds nobody."""
    on = on or clock.today()
    condition = condition_of(wanted, asker(user, on), ruleset(on), user)
    if wanted.status or wanted.running_out or wanted.ending:
        condition &= of_its_council()
    return YoungPerson.objects.visible_to(user).filter(condition)


def sorts_of(user: User, on: date) -> tuple[str, ...]:
    """The sorts this user may ask for: by columns they read."""
    shown = headings(user, on)
    return tuple(sort for sort, column in SORTED_BY.items() if column in shown)


def register_page(user: User, wanted: Wanted, listing: Listing, on: date) -> RegisterPage:
    """One page of the list; the same few statements for one young person and for fifty thousand.

    Who stands on the page is settled first, so that columns are worked out for those rows alone.
    """
    # What a group asks stands in the database: its statement can be any.
    keys, page = (_keys, _page) if wanted.group else (_keys_once, _page_once)
    listing = listing.counted(counted_together(people=keys(user, wanted, on))["people"])
    first, last = Fixed(listing.start), Fixed(listing.stop)
    rows = page(user, wanted, listing.sort, listing.descending, first, last, on)
    return RegisterPage(listing, lines_in(rows, on), headings(user, on))


def _keys(user: User, wanted: Wanted, on: date) -> QuerySet[YoungPerson, Any]:
    return register_list(user, wanted, on).values("pk")


def _page(
    user: User, wanted: Wanted, sort: str, descending: bool, first: Fixed, last: Fixed, on: date
) -> QuerySet[YoungPerson, Any]:
    order = order_by(sort, descending)
    shown = register_list(user, wanted, on).order_by(*order)[first:last].values("pk")
    return line_rows(YoungPerson.objects.filter(pk__in=shown).order_by(*order), user, on)


_keys_once, _page_once = built_once(_keys), built_once(_page)


@dataclass(frozen=True)
class Listed:
    """One page of young people with the list it is a page of."""

    listing: Listing
    people: tuple[Line, ...]


def listed(people: QuerySet[YoungPerson], user: User, listing: Listing, on: date) -> Listed:
    """A page of these people in the asked order, with the columns the asker reads; two statements."""
    listing = listing.counted(people.count())
    order = order_of(listing)
    shown = people.order_by(*order)[listing.start : listing.stop].values("pk")
    return Listed(listing, lines_of(YoungPerson.objects.filter(pk__in=shown).order_by(*order), user, on))


def order_of(listing: Listing) -> tuple[Any, ...]:
    return order_by(listing.sort, listing.descending)


def order_by(sort: str, descending: bool) -> tuple[Any, ...]:
    first, *rest = SORTS[sort]
    turned = first.desc(nulls_last=True) if descending else first.asc(nulls_last=True)
    if sort == "name" and not descending:
        turned = first.asc()  # names are never empty: this order is the index's own
    return (turned, *(each.asc() for each in rest), "pk")


def lines_of(
    people: QuerySet[YoungPerson], user: User, on: date, *, beside: Iterable[User] = ()
) -> tuple[Line, ...]:
    """These people as lines, in one statement. With others `beside` who look on, only what all of them read."""
    return lines_in(line_rows(people, user, on, beside=beside), on)


def line_rows(
    people: QuerySet[YoungPerson], user: User, on: date, *, beside: Iterable[User] = ()
) -> QuerySet[YoungPerson, Any]:
    """What `lines_in` reads of these people."""
    all_read = [headings(each, on) for each in beside]
    read = {
        name: source for name, source in columns(user, on).items() if all(name in each for each in all_read)
    }
    shown = people.annotate(**{f"c_{name}": source for name, source in read.items()})
    return shown.values("pk", "ref", *(f"c_{name}" for name in read))


def lines_in(rows: Iterable[Any], on: date) -> tuple[Line, ...]:
    """What was read of people as lines, in its order."""
    rules = ruleset(on)
    return tuple(_line(row, rules, on) for row in rows)


def lines_by_key(people: Iterable[int], user: User, on: date) -> dict[int, Line]:
    """The lines of these people by their key, in one statement; whether the user may see them was asked before."""
    asked = Ids(people)
    return {each.pk: each for each in lines_in(_rows_of(asked, user, on), on)} if asked else {}


@built_once
def _rows_of(people: Ids, user: User, on: date) -> QuerySet[YoungPerson, Any]:
    return line_rows(YoungPerson.objects.filter(pk__any=people), user, on)


def _line(row: Mapping[str, Any], rules: RuleSet, on: date) -> Line:
    got = {name.removeprefix("c_"): value for name, value in row.items()}
    facts = Facts(
        code=got.get("activity_code") or "",
        since=got.get("since"),
        ended_on=got.get("ended_on"),
        counts_until=got.get("counts_until"),
        place=got.get("place") or "",
        verified_on=got.get("verified_on"),
        neet_since=got.get("neet_since"),
    )
    born_on = got.get("born_on")
    return Line(
        pk=got["pk"],
        ref=got["ref"],
        family_name=got.get("family_name") or "",
        given_name=got.get("given_name") or "",
        born_on=born_on,
        year=year_group(born_on, on) if born_on else None,
        standing=standing(facts, rules, on),
        place=got.get("place"),
        lead=got.get("lead"),
        district=got.get("district_name"),
        upn=got.get("pupil_number"),
    )
