"""Which lists were brought in, what they agree on with the register and where they do not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from neet.accounts.models import User
from neet.ui.words import day
from returns.intake.effects import EFFECTS
from returns.intake.effects.listed import LISTED
from returns.intake.effects.listed import asked as asked_of_effect
from returns.intake.keeping import take_up
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.layouts.meanings import Meaning, meanings
from returns.intake.models import Intake, IntakeRow
from returns.intake.queries.pages import name_of
from returns.intake.rules.activities import activity_words
from returns.intake.rules.showing import shown
from returns.lists.models import NotOurs
from returns.lists.rules import AGREES, NEW, OUTSIDE_SCHOOL, activities_of, characteristics_of
from returns.lists.statements import held_against, text
from tracking.reconciling.held import Outside
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.parts import characteristic_words
from tracking.rules.codes import CohortKind
from tracking.rules.ruleset import RuleSet

PEOPLE_OF_A_LIST = ("care_status", "order", "plan_status", "taught", "apprenticeship", "moved", "doing", "enrolled",
                    "in_custody", "unaccompanied", "since", "until")  # fmt: skip
LISTS: tuple[Layout, ...] = tuple(each for each in LAYOUTS.values() if each.is_from_elsewhere)


# --- which lists there are -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ListLine:
    """One kind of list: the newest that is on the register, what came of its rows, and one on its way."""

    layout: Layout
    newest: Intake | None
    on_its_way: Intake | None
    rows: int = 0
    matched: int = 0
    not_matched: int = 0
    differing: int = 0

    @property
    def may_be_compared(self) -> bool:
        """Whether it says something of everybody that the register can be held against."""
        return self.newest is not None and self.layout.effect == LISTED.name


def list_lines(user: User) -> list[ListLine]:
    """Every kind of list with its last match, by source (R116). Three statements."""
    seen = Intake.objects.visible_to(user).filter(establishment=None).select_related("expected__collection")
    newest = _newest(seen.filter(state__in=Intake.APPLIED))
    begun = _newest(seen.filter(state__in=Intake.OPEN))
    counts = _row_counts(newest.values())
    return [_line(each, newest.get(each.type), begun.get(each.type), counts) for each in LISTS]


def _newest(found: QuerySet[Intake]) -> dict[str, Intake]:
    ordered = found.order_by("type", "-as_at", "-begun_at", "-pk").distinct("type")
    return {each.type: each for each in ordered}


def _line(
    layout: Layout, newest: Intake | None, begun: Intake | None, counts: Mapping[int, dict[str, int]]
) -> ListLine:
    if newest and begun and begun.begun_at < newest.begun_at:
        begun = None
    return ListLine(layout, newest, begun, **(counts.get(newest.pk, {}) if newest else {}))


COUNTS: Mapping[str, Q] = {
    "rows": Q(),
    "matched": Q(person__isnull=False, applied_event__isnull=False),
    "not_matched": Q(person=None),
    "differing": Q(person__isnull=False, applied_event=None),
}


def _row_counts(intakes: Iterable[Intake]) -> dict[int, dict[str, int]]:
    rows = IntakeRow.objects.filter(intake__in=list(intakes), left_out=False).order_by().values("intake")
    counted = rows.annotate(**{name: Count("pk", filter=which) for name, which in COUNTS.items()})
    return {
        number: dict(zip(COUNTS, counts, strict=True))
        for number, *counts in counted.values_list("intake", *COUNTS)
    }


def earlier_lists(user: User, type: str) -> list[Intake]:
    """All lists of a kind that are on the register, newest first."""
    found = Intake.objects.visible_to(user).filter(establishment=None, type=type, state__in=Intake.APPLIED)
    return list(found.select_related("expected__collection", "confirmed_by").order_by("-as_at", "-pk"))


def educated_outside_school(authority_id: int, on: date) -> list[Outside]:
    """Who is educated outside school, by the newest lists and by the register (R52, R112). One statement."""
    said = [(each.words, *said) for each in OUTSIDE_SCHOOL for said in each.said]
    words, types, columns, values = (list(part) for part in zip(*said, strict=True))
    asked: dict[str, Any] = {
        "authority": authority_id,
        "on": on,
        "types": sorted(set(types)),
        "words": words,
        "of_types": types,
        "columns": columns,
        "values": values,
        "all_words": [each.words for each in OUTSIDE_SCHOOL],
        "all_codes": [" ".join(each.codes) for each in OUTSIDE_SCHOOL],
        "codes": sorted({code for each in OUTSIDE_SCHOOL for code in each.codes}),
        "tracked": tracked(ruleset(on)),
    }
    has_codes = {each.words: bool(each.codes) for each in OUTSIDE_SCHOOL}
    with connection.cursor() as cursor:
        cursor.execute(text("places_outside"), asked)
        return [
            Outside(words, listed, matched, explained, int(there or 0) if has_codes[words] else None)
            for words, listed, matched, explained, there in cursor.fetchall()
        ]


def tracked(rules: RuleSet) -> list[str]:
    """The cohort letters of those the register keeps up."""
    return sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE))


# --- a list against the register -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Difference:
    """One young person, or one row of nobody we know: what the list says, what the register has, why that is right."""

    part: str
    row_id: int | None
    number: int | None
    person_id: int | None
    held: str
    since: date | None
    explained: str


@dataclass(frozen=True)
class Comparison:
    """A list against the register as it stands now."""

    found: tuple[Difference, ...]
    agreeing: int

    def of(self, part: str, *, explained: bool = False) -> tuple[Difference, ...]:
        """One part of the differences: what is open, or what somebody said is right."""
        return tuple(each for each in self.found if each.part == part and bool(each.explained) == explained)


def meanings_of(intake: Intake) -> tuple[Meaning, ...]:
    """What the words of a list mean on its day."""
    return meanings(intake.type, ruleset(intake.as_at).on)


def compared(intake: Intake) -> Comparison:
    """Hold a list that was taken over against the register (R44). A few statements, whatever its length."""
    effect = EFFECTS[LAYOUTS[intake.type].effect]
    with transaction.atomic(), connection.cursor() as cursor:
        take_up(intake)
        cursor.execute(held_against(effect.known), asked_of(intake))
        found = [_difference(*row) for row in cursor.fetchall()]
    differing = tuple(each for each in found if each.part != AGREES)
    return Comparison(differing, len(found) - len(differing))


def _difference(*row: Any) -> Difference:
    """As the statement has it; why a name is not ours comes as its reason and what was said beside it."""
    found = Difference(*row)
    return found if found.person_id else replace(found, explained=reason_words(found.explained))


def reason_words(said: str) -> str:
    """Why a name on a list is not on the register, from the reason and what was said beside it."""
    reason, _, why = said.partition("|")
    label = str(NotOurs.Reason(reason).label) if reason else ""
    return ". ".join(filter(None, (label, why)))


def asked_of(intake: Intake) -> Mapping[str, Any]:
    """What the statements about a list ask by."""
    rules = ruleset(intake.as_at)
    found = meanings_of(intake)
    return {
        **asked_of_effect(intake, rules),
        "authority": intake.authority_id,
        "type": intake.type,
        "is_whole": intake.expected.is_complete,
        "only_characteristics": sorted(characteristics_of(found)),
        "only_activities": sorted(activities_of(found)),
        "has_activities": any(each.at_school_age or each.later for each in found),
        "tracked": tracked(rules),
    }


@dataclass(frozen=True)
class Shown:
    """A difference as the page lists it. Whoever may not be seen by this user has no person. `before` is what was said
    of a name on an earlier list."""

    difference: Difference
    name: str
    person: YoungPerson | None
    listed: str
    held: str
    before: str = ""


def differences_shown(user: User, intake: Intake, found: Sequence[Difference]) -> list[Shown]:
    """These with names and words; young people this user may not see, and who are on no row, are left out. Three
    statements."""
    ids = [each.person_id for each in found if each.person_id]
    people = YoungPerson.objects.visible_to(user).in_bulk(ids)
    rows = IntakeRow.objects.in_bulk([each.row_id for each in found if each.row_id])
    before = said_before(intake) if any(each.part == NEW for each in found) else {}
    lines = (
        _shown(intake, each, people.get(each.person_id or 0), rows.get(each.row_id or 0)) for each in found
    )
    return [
        replace(line, before=before[line.difference.number].words)
        if line.difference.number in before
        else line
        for line in lines
        if line
    ]


def _shown(
    intake: Intake, each: Difference, person: YoungPerson | None, row: IntakeRow | None
) -> Shown | None:
    if person is None and row is None:
        return None
    name = f"{person.family_name}, {person.given_name}" if person else name_of(row) if row else ""
    held = _held_words(each, ruleset(intake.as_at)) if person or each.part == NEW else "Not shown to you"
    return Shown(each, name, person, _listed_words(intake, row), held)


def _listed_words(intake: Intake, row: IntakeRow | None) -> str:
    """What the list says of them."""
    if row is None:
        return "Not on the list"
    layout, rules = LAYOUTS[intake.type], ruleset(intake.as_at)
    said = [each.words for each in meanings_of(intake) if not each.column]
    for name in PEOPLE_OF_A_LIST:
        if value := row.clean.get(name, ""):
            column, words = layout.column(name), shown(layout.column(name), value, rules)
            said.append(words if column.listed else f"{column.words}: {words}")
    return ", ".join(said) or layout.title


def _held_words(each: Difference, rules: RuleSet) -> str:
    """What the register has: characteristics and activities by their codes, as the statement marks them."""
    said = [
        characteristic_words(marked[1:], rules) if marked[0] == "c" else activity_words(marked[1:], rules)
        for marked in each.held.split()
    ]
    since = f" since {day(each.since)}" if each.since else ""
    return ", ".join(said) + since if said else "Nothing of it"


def ticked_of(found: Comparison, part: str, user: User, refs: Iterable[str]) -> list[Difference]:
    """The open differences of a part whose young people these are, of those the user may see. One statement."""
    people = dict(YoungPerson.objects.visible_to(user).filter(ref__in=list(refs)).values_list("pk", "ref"))
    return [each for each in found.of(part) if each.person_id in people]


def names_ticked(intake: Intake, numbers: Iterable[str]) -> list[Difference]:
    """The rows of these numbers that name nobody on the register, and of whom nobody said why yet. One statement."""
    wanted = [int(each) for each in numbers if each.isdecimal() and len(each) < 10]
    rows = intake.rows.filter(number__in=wanted, person=None, left_out=False, not_ours=None)
    return [
        Difference(NEW, pk, number, None, "", None, "")
        for pk, number in rows.order_by("number").values_list("pk", "number")
    ]


@dataclass(frozen=True)
class SaidBefore:
    """Why a name of this list was not ours on an earlier one."""

    row_id: int
    number: int
    reason: str
    why: str

    @property
    def words(self) -> str:
        return reason_words(f"{self.reason}|{self.why}")


def said_before(intake: Intake) -> dict[int, SaidBefore]:
    """What was said on earlier lists of the same kind of names that nobody on the register goes by, by row number. One
    statement."""
    asked: dict[str, Any] = {
        "authority": intake.authority_id,
        "type": intake.type,
        "intake": intake.pk,
        "as_at": intake.as_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(text("said_before"), asked)
        return {row[1]: SaidBefore(*row) for row in cursor.fetchall()}
