"""What the page that asks whether everybody is here is told of lists and of the school census."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from neet.accounts.models import User
from returns.intake.effects import EFFECTS
from returns.intake.effects.listed import LISTED
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.models import Intake
from returns.intake.rules.activities import activity_words
from returns.lists.queries import LISTS, asked_of, educated_outside_school, reason_words, tracked
from returns.lists.rules import AGREES, DIFFERS, NEW, NOT_LISTED
from returns.lists.statements import counted_against, text
from tracking.reconciling.held import Held, HeldList, HeldSchool
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.ruleset import RuleSet

CENSUS = "census"
MONTHS = 6
LATELY = timedelta(days=200)  # there is one each term, and none in the summer
HELD: tuple[Layout, ...] = tuple(each for each in LISTS if each.effect == LISTED.name and each.type != CENSUS)
Counts = Mapping[tuple[str, bool], int]


def held_lists(user: User, authority_id: int, on: date) -> Held:
    """The newest list of each kind and sender, the schools of the census, and who is educated outside school, beside
    the register as it stands (R44, R52, R112, R116). Six statements, however many lists there are and however long.

    Numbers are of the whole council; the pages behind them show whom the user may see.
    """
    newest = list(newest_lists(authority_id, [each.type for each in HELD]))
    counts, missing = held_counts(newest), missing_by_month(authority_id, on)
    months = _months(on)
    lines = [_line(each, counts.get(each.pk, {}), missing, months) for each in newest]
    there = {each.type for each in newest}
    never = [
        HeldList(title=each.title, bring_url=reverse("bring_list", args=[each.type]))
        for each in HELD
        if each.type not in there
    ]
    return Held(
        lists=[*lines, *never],
        months=months,
        schools=census_by_school(authority_id, on),
        outside=educated_outside_school(authority_id, on),
    )


def newest_lists(authority_id: int, types: Sequence[str]) -> QuerySet[Intake]:
    """The newest list of each kind and sender that is on the register."""
    found = Intake.objects.filter(
        authority=authority_id, establishment=None, type__in=types, state__in=Intake.APPLIED
    )
    last = found.order_by("type", "sender", "-as_at", "-confirmed_at", "-pk").distinct("type", "sender")
    return last.select_related("expected", "confirmed_by")


def held_counts(intakes: Sequence[Intake]) -> dict[int, Counts]:
    """How each of these lists stands against the register: how many of each part, explained or not. One statement, the
    same that lists those people one by one."""
    if not intakes:
        return {}
    parts: list[str] = []
    asked: dict[str, Any] = {}
    for place, intake in enumerate(intakes):
        known = EFFECTS[LAYOUTS[intake.type].effect].known
        parts.append(counted_against(known, place))
        own = {**asked_of(intake), "intake": intake.pk}
        asked |= {f"l{place}_{name}": value for name, value in own.items()}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), asked)
        found: dict[int, dict[tuple[str, bool], int]] = {}
        for number, part, is_explained, count in cursor.fetchall():
            found.setdefault(number, {})[part, is_explained] = count
    return dict(found)


def _line(
    intake: Intake, counts: Counts, missing: Mapping[tuple[str, date], int], months: Sequence[date]
) -> HeldList:
    def of(part: str, *, explained: bool = False) -> int:
        return counts.get((part, explained), 0)

    def url(part: str) -> str:
        return reverse("list_compared", args=[intake.ref, part])

    named = (AGREES, DIFFERS, NEW)
    return HeldList(
        title=LAYOUTS[intake.type].title,
        listed_on=intake.as_at,
        sender=intake.sent_by,
        is_whole=intake.expected.is_complete,
        taken_at=intake.confirmed_at,
        taken_by=intake.confirmed_by.name if intake.confirmed_by else "",
        names=sum(of(part) + of(part, explained=True) for part in named),
        missing=of(NEW),
        explained=of(NEW, explained=True),
        differs=of(DIFFERS),
        not_listed=of(NOT_LISTED),
        by_month=[(missing.get((intake.type, month)), month) for month in months],
        missing_url=url(NEW),
        differs_url=url(DIFFERS),
        not_listed_url=url(NOT_LISTED),
    )


def missing_by_month(authority_id: int, on: date) -> dict[tuple[str, date], int]:
    """Names that nobody on the register goes by and nobody explained, by kind of list and month (R52). One
    statement."""
    asked: dict[str, Any] = {
        "authority": authority_id,
        "types": [each.type for each in HELD],
        "since": _months(on)[0],
    }
    with connection.cursor() as cursor:
        cursor.execute(text("months"), asked)
        return {(kind, month): count for kind, month, count in cursor.fetchall()}


def _months(on: date) -> list[date]:
    """The first days of the last months, this one last."""
    last = on.year * 12 + on.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(last - MONTHS + 1, last + 1)]


# --- the school census -----------------------------------------------------------------------------------------------
def census_by_school(authority_id: int, on: date) -> list[HeldSchool]:
    """Each school's newest census of the last two terms beside the register as it stood on its day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(text("census"), _asked(authority_id, on))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return [replace(HeldSchool(*said), url=reverse("census_school", args=[place])) for place, *said in found]


@dataclass(frozen=True)
class OfSchool:
    """One pupil of whom a school's census and the register differ: the row where the census names them, the young
    person where the register knows them."""

    part: str
    ref: UUID | None
    number: int | None
    person_id: int | None
    name: str
    reason: str
    why: str
    place: str
    code: str


@dataclass(frozen=True)
class SchoolCensus:
    """One school's newest census: which list it stands on, its day, and whom it and the register differ on."""

    ref: UUID
    listed_on: date
    differing: Sequence[OfSchool]


def census_of_school(authority_id: int, establishment_id: int, on: date) -> SchoolCensus | None:
    """Whom one school's newest census of the last two terms and the register differ on, by name; None where none names
    the school. It says nothing of who may be seen. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(text("census_school"), {**_asked(authority_id, on), "school": establishment_id})
        found = [OfSchool(*row) for row in cursor.fetchall()]
    for each in found:
        if each.part == CENSUS and each.ref:
            differing = [other for other in found if other.part != CENSUS]
            return SchoolCensus(each.ref, date.fromisoformat(each.place), differing)
    return None


def _asked(authority_id: int, on: date) -> dict[str, Any]:
    return {"authority": authority_id, "since": on - LATELY, "tracked": tracked(ruleset(on))}


@dataclass(frozen=True)
class CensusLine:
    """A pupil of a school's census as the page lists them: only who may be seen has a person."""

    said: OfSchool
    person: YoungPerson | None
    does: str

    @property
    def name(self) -> str:
        return f"{self.person.family_name}, {self.person.given_name}" if self.person else self.said.name

    @property
    def why(self) -> str:
        return reason_words(f"{self.said.reason}|{self.said.why}")


def census_shown(user: User, found: Sequence[OfSchool], on: date) -> list[CensusLine]:
    """These with names and words; young people this user may not see are left out. One statement."""
    ids = [each.person_id for each in found if each.person_id]
    people, rules = YoungPerson.objects.visible_to(user).in_bulk(ids), ruleset(on)
    lines = [
        CensusLine(each, people.get(each.person_id or 0), _does(each, rules))
        for each in found
        if not each.person_id or each.person_id in people
    ]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.said.number or 0))


def _does(each: OfSchool, rules: RuleSet) -> str:
    """What the register has of them, and where."""
    said = activity_words(each.code, rules) if each.code else "Nothing"
    return ", ".join(filter(None, (said, each.place)))
