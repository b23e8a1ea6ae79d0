"""The small pieces a record's pages show, and how a row becomes one of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from neet.statements.once import built_once
from tracking.register.models import (
    Characteristic,
    Confirmation,
    ContactPoint,
    Note,
    Residence,
    Responsibility,
    Task,
)
from tracking.register.queries.standing import UNLISTED, Standing
from tracking.register.queries.wording import Heard, heard_from
from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True)
class Identity:
    """The bar above every page of a record; what the asker does not read is None."""

    name: str
    known_as: str
    born_on: date | None
    age: int | None
    year: int | None
    upn: str | None
    school: str | None
    lead: str | None
    standing: Standing
    is_restricted: bool
    objection: bool
    asks_them: bool
    left: str

    @property
    def counts_words(self) -> str:
        return "Counted until" if self.standing.ran_out else "Counts until"


@dataclass(frozen=True)
class Address:
    lines: tuple[str, ...]
    postcode: str
    district: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Reached:
    """A way to reach them."""

    pk: int
    kind: str
    value: str
    whose: str
    is_telephone: bool
    do_not_use: bool
    from_institution: bool
    ended_on: date | None


@dataclass(frozen=True)
class Circumstance:
    pk: int
    words: str
    code: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Detail:
    """A question and its answer, the code small beside it."""

    words: str
    answer: str
    code: str = ""


@dataclass(frozen=True)
class ActivityLine:
    """An activity with who confirmed it, newest first."""

    pk: int
    words: str
    code: str
    place: str
    course: str
    starts_on: date
    ends_on: date | None
    expected_end_on: date | None
    is_present: bool
    is_primary: bool
    sentence: str
    confirmations: tuple[Heard, ...]

    @property
    def title(self) -> str:
        beside = "" if self.is_primary else ", beside the main activity"
        return f"{'Now: ' if self.is_present else ''}{self.words} ({self.code}){beside}"

    @property
    def confirmations_title(self) -> str:
        count = len(self.confirmations)
        return "Confirmed once" if count == 1 else f"Confirmed {count} times"


@dataclass(frozen=True)
class NoteLine:
    text: str
    by: str
    written_at: datetime
    service: str

    @property
    def title(self) -> str:
        return f"Note for {self.service} only" if self.service else "Note"


@dataclass(frozen=True)
class TaskLine:
    pk: int
    words: str
    due_on: date | None
    owner: str
    service: str
    done_at: datetime | None
    outcome: str
    is_late: bool


@dataclass(frozen=True)
class Answerable:
    pk: int
    words: str
    who: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class ObjectionLine:
    pk: int
    made_by: str
    made_on: date
    withdrawn_on: date | None
    channel: str


PLANS = {
    Characteristic.EHCP: "Education, health and care plan",
    Characteristic.SEN_SUPPORT: "SEN support",
    Characteristic.UNACCOMPANIED: "Unaccompanied asylum-seeking child",
}


def characteristic_words(code: str, rules: RuleSet) -> str:
    known = rules.characteristics.get(code)
    return PLANS.get(code) or (known.plain_words if known else UNLISTED)


def who_answers(each: Responsibility) -> str:
    named = each.user.name if each.user else ""
    team = each.service.name if each.service else ""
    return f"{named} ({team})" if named and team else named or team


def holds(each: Responsibility, on: date) -> bool:
    return each.starts_on <= on and (each.ends_on is None or each.ends_on >= on)


def address(each: Residence) -> Address:
    lines = (each.line_1, each.line_2, each.line_3, each.line_4, each.town, each.county)
    return Address(
        lines=tuple(line for line in lines if line),
        postcode=each.postcode,
        district=each.district.name if each.district else "",
        starts_on=each.starts_on,
        ends_on=each.ends_on,
    )


def way_to_reach(each: ContactPoint, on: date) -> Reached:
    whose = each.get_whose_display() + (f" ({each.name})" if each.name else "")
    return Reached(
        pk=each.pk,
        kind=each.get_kind_display(),
        value=each.value,
        whose=whose,
        is_telephone=each.kind != ContactPoint.Kind.EMAIL,
        do_not_use=each.do_not_use,
        from_institution=each.from_institution,
        ended_on=each.ends_on if each.ends_on and each.ends_on < on else None,
    )


def note_line(each: Note) -> NoteLine:
    by = each.written_by.name if each.written_by else ""
    return NoteLine(each.text, by, each.written_at, each.service.short_name if each.service else "")


def task_line(each: Task, on: date) -> TaskLine:
    return TaskLine(
        pk=each.pk,
        words=each.words,
        due_on=each.due_on,
        owner=each.owner.name if each.owner else "",
        service=each.service.short_name if each.service else "",
        done_at=each.done_at,
        outcome=each.outcome,
        is_late=each.done_at is None and each.due_on is not None and each.due_on < on,
    )


def confirmations_of(activities: list[int]) -> dict[int, tuple[Heard, ...]]:
    """Confirmations that stand, by activity, newest first."""
    found: dict[int, tuple[Heard, ...]] = {}
    for row in _standing(tuple(activities)):
        found[row.activity_id] = (*found.get(row.activity_id, ()), heard_from(row))
    return found


@built_once
def _standing(activities: tuple[int, ...]) -> QuerySet[Confirmation]:
    rows = Confirmation.objects.filter(activity__in=activities, voids__isnull=True, voided_by__isnull=True)
    return rows.select_related("by").order_by("-verified_on", "-pk")
