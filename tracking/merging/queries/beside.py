"""Two records of what may be one young person side by side: what differs, and the history of each in short."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from neet.ui.words import day, many
from tracking.merging.models import Duplicate
from tracking.merging.queries.pairs import likely, why_of
from tracking.merging.statements import COHORT, FIELDS
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force, open_on
from tracking.register.models import Activity, Residence, Responsibility, Task, YoungPerson
from tracking.rules.codes import CohortKind
from tracking.rules.merging import Held, Standing, keeps_first, takes_other
from tracking.rules.ruleset import RuleSet

ACTIVITIES_SHOWN, HOME_AT = 4, 8
FIRST, SECOND = "first", "second"
NOT_SHOWN = "Not shown: they asked us not to be told"
KEPT_BACK = frozenset({"upn", "uln"})
AREAS = frozenset({"educated_la", "la_at_year_11", "corporate_parent_la"})
WRITTEN = f"""
select id, recorded_at, {", ".join(f"{name}::text" for name in FIELDS)}
from tracking_youngperson_history where id = any(%s) order by id, history_id
"""


@dataclass(frozen=True)
class Choice:
    """One field of two records: both values, whether they differ, and which stands unless somebody says otherwise."""

    name: str
    label: str
    first: str
    second: str
    chosen: str
    is_hidden: bool = False

    @property
    def differs(self) -> bool:
        """Whether an officer has something to choose."""
        return self.first != self.second


@dataclass(frozen=True)
class Side:
    """One of two records: whose it is, and what of its history helps to decide."""

    which: str
    words: str
    person: YoungPerson
    activities: tuple[str, ...]
    confirmed_on: date | None
    lead: str
    open_tasks: int


@dataclass(frozen=True)
class PairPage:
    """Two records side by side, and which of them is kept unless somebody says otherwise."""

    pair: Duplicate
    likely: str
    why: str
    sides: tuple[Side, Side]
    kept: str
    choices: tuple[Choice, ...]

    @property
    def is_restricted(self) -> bool:
        """Whether one of them is."""
        return any(each.person.restricted_on for each in self.sides)


def pair_page(pair: Duplicate, on: date) -> PairPage:
    """A pair with all that differs and the history of each in short; eight statements."""
    rules = ruleset(on)
    people = YoungPerson.objects.select_related("situation").filter(pk__in=[pair.first_id, pair.second_id])
    first, second = people.annotate(keeps_back=objection_in_force(on)).order_by("pk")
    sides = _sides((first, second), rules, on)
    kept = FIRST if keeps_first(*(_standing(each, rules) for each in sides)) else SECOND
    choices = [*_fields(first, second, rules, kept), _cohort(first, second, rules, kept)]
    choices.insert(HOME_AT, _home(first, second, kept))
    shown = tuple(each for each in choices if each.first or each.second)
    return PairPage(pair, likely(pair.sure), why_of(pair), sides, kept, shown)


def _sides(people: tuple[YoungPerson, YoungPerson], rules: RuleSet, on: date) -> tuple[Side, Side]:
    ids = [each.pk for each in people]
    activities: dict[int, list[str]] = {pk: [] for pk in ids}
    for each in Activity.objects.filter(person__in=ids).order_by("-starts_on", "-pk"):
        activities[each.person_id].append(_activity(each, rules))
    leads = Responsibility.objects.filter(open_on(on), person__in=ids, kind=Responsibility.Kind.LEAD)
    lead = {
        each.person_id: str(each.user or each.service) for each in leads.select_related("user", "service")
    }
    open_tasks = list(Task.objects.filter(person__in=ids, done_at=None).values_list("person", flat=True))
    first, second = (
        Side(
            which=which,
            words=words,
            person=each,
            activities=_some(activities[each.pk]),
            confirmed_on=each.situation.verified_on if hasattr(each, "situation") else None,
            lead=lead.get(each.pk, ""),
            open_tasks=open_tasks.count(each.pk),
        )
        for which, words, each in zip((FIRST, SECOND), ("Record 1", "Record 2"), people, strict=True)
    )
    return first, second


def _activity(each: Activity, rules: RuleSet) -> str:
    known = rules.activities.get(each.code)
    place = f", {each.establishment_name}" if each.establishment_name else ""
    until = f" to {day(each.ends_on)}" if each.ends_on else ""
    return f"{known.plain_words if known else each.code}{place}, from {day(each.starts_on)}{until}"


def _some(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - ACTIVITIES_SHOWN
    return (
        *lines[:ACTIVITIES_SHOWN],
        *([f"and {many(more, 'earlier one,earlier ones')}"] if more > 0 else []),
    )


def _standing(side: Side, rules: RuleSet) -> Standing:
    letters = rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)
    return Standing(
        has_work=bool(side.lead or side.open_tasks),
        in_cohort=side.person.cohort_status in letters,
        number=side.person.young_person_id,
    )


def _fields(first: YoungPerson, second: YoungPerson, rules: RuleSet, kept: str) -> list[Choice]:
    written = _written([first.pk, second.pk])
    keeps_back = any(getattr(each, "keeps_back", False) for each in (first, second))
    found = []
    for name, label in FIELDS.items():
        held = {
            which: Held(_said(each, name, rules), written.get((each.pk, name)))
            for which, each in ((FIRST, first), (SECOND, second))
        }
        other = SECOND if kept == FIRST else FIRST
        values = [held[FIRST].value, held[SECOND].value]
        is_hidden = keeps_back and name in KEPT_BACK and any(values)
        if is_hidden:
            values = [NOT_SHOWN, NOT_SHOWN]
        chosen = other if takes_other(held[kept], held[other]) else kept
        found.append(Choice(name, label, values[0], values[1], chosen, is_hidden))
    return found


def _home(first: YoungPerson, second: YoungPerson, kept: str) -> Choice:
    """Where they live: the later address, unless somebody says otherwise."""
    homes = {
        each.person_id: each for each in Residence.objects.filter(person__in=[first, second], ends_on=None)
    }
    one, other = homes.get(first.pk), homes.get(second.pk)
    chosen = kept
    if one and other and one.starts_on != other.starts_on:
        chosen = FIRST if (one.starts_on or date.min) > (other.starts_on or date.min) else SECOND
    elif one or other:
        chosen = kept if one and other else FIRST if one else SECOND
    return Choice("home", "Home", _address(one), _address(other), chosen)


def _address(home: Residence | None) -> str:
    if home is None:
        return ""
    since = f" (since {day(home.starts_on)})" if home.starts_on else ""
    return ", ".join(filter(None, (home.line_1, home.line_2, home.town, home.postcode))) + since


def _cohort(first: YoungPerson, second: YoungPerson, rules: RuleSet, kept: str) -> Choice:
    words = [_in_cohort(each, rules) for each in (first, second)]
    return Choice("cohort", "In the cohort", words[0], words[1], kept)


def _in_cohort(person: YoungPerson, rules: RuleSet) -> str:
    known = rules.cohort_statuses.get(person.cohort_status)
    said = [known.plain_words if known else person.cohort_status]
    area = rules.areas.get(getattr(person, COHORT[2]))
    said += [area.plain_words] if area else []
    said += [f"since {day(person.cohort_status_on)}"] if person.cohort_status_on else []
    return ", ".join(said)


def _said(person: YoungPerson, name: str, rules: RuleSet) -> str:
    value = getattr(person, name)
    if name == "date_of_birth":
        return day(value) if value else ""
    lists: dict[str, Mapping[str, Any]] = {
        "gender": rules.genders,
        "ethnicity": rules.ethnicities,
        "level_of_need": rules.levels_of_need,
        "intended_destination": rules.intended_destinations,
        **dict.fromkeys(AREAS, rules.areas),
    }
    known = lists.get(name, {}).get(value)
    return str(known.plain_words if known else value or "")


def _written(ids: Sequence[int]) -> dict[tuple[int, str], datetime]:
    """When each field of each record got the value it has. One statement."""
    found: dict[tuple[int, str], datetime] = {}
    held: dict[tuple[int, str], str | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [list(ids)])
        for pk, recorded_at, *values in cursor.fetchall():
            for name, value in zip(FIELDS, values, strict=True):
                if (pk, name) not in held or held[(pk, name)] != value:
                    found[(pk, name)] = recorded_at
                held[(pk, name)] = value
    return found
