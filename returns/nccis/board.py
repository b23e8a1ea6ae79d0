"""Reading for the month page and the error board: what was found, whose, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from neet.accounts.models import User
from neet.accounts.scope import scope_of
from returns.nccis.assembly import records
from returns.nccis.checks import FILE_ERRORS, Context, Finding, check_record
from returns.nccis.models import CheckRun, RecordError, Submission
from returns.nccis.record import Record
from schools.models import Authority
from tracking.figures.models import Freeze, FreezeChange
from tracking.figures.queries.scorecard import standing_freeze
from tracking.models import Situation, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.queries.register import SORTS as REGISTER_SORTS
from tracking.register.queries.register import Line
from tracking.register.queries.standing import SHORT
from tracking.rules.codes import ErrorRule, Status
from tracking.rules.cohort import INSIDE, Reason
from tracking.rules.months import ReportingMonth
from tracking.rules.ruleset import RuleSet

PRIORITIES: Mapping[int, str] = {
    1: "Mend first: the DfE may refuse the record or the file",
    2: "Mend: the DfE reports these back",
    3: "Look at: the DfE only warns",
    0: "The DfE has not said how much these matter",
}

SORTS: Mapping[str, tuple[Any, ...]] = {name: REGISTER_SORTS[name] for name in ("name", "born", "place")}


@dataclass(frozen=True)
class ErrorLine:
    """One error of the board: how many records have it, how many of them this person may open."""

    rule: ErrorRule
    records: int
    visible: int

    @property
    def hidden(self) -> int:
        return self.records - self.visible


@dataclass(frozen=True)
class Priority:
    """The errors of one priority, the most frequent first."""

    words: str
    lines: tuple[ErrorLine, ...]


@dataclass(frozen=True)
class MonthPage:
    """What the month page shows."""

    month: ReportingMonth
    run: CheckRun | None
    priorities: tuple[Priority, ...]
    records_with_errors: int
    files: tuple[Submission, ...]
    changed_since: bool
    freeze: Freeze | None
    changes: int

    @property
    def latest(self) -> Submission | None:
        return self.files[0] if self.files else None

    @property
    def signed(self) -> Submission | None:
        """The file of the month that is signed off."""
        return next((each for each in self.files if each.signed_off_at), None)

    @property
    def to_sign(self) -> Submission | None:
        """The newest file of the freeze that stands, where none is signed off."""
        if self.freeze is None or self.freeze.closed_at:
            return None
        return next((each for each in self.files if each.freeze_id == self.freeze.pk), None)

    @property
    def sent(self) -> Submission | None:
        """The newest file marked as the one that went to the DfE."""
        return next((each for each in self.files if each.sent_at), None)

    @property
    def opens_nothing(self) -> bool:
        """There are errors, and not one of the records is open to whoever looks."""
        lines = [line for priority in self.priorities for line in priority.lines]
        return bool(lines) and not any(line.visible for line in lines)


def latest_run(authority: Authority, month: ReportingMonth) -> CheckRun | None:
    """The latest check of the month, if there was one."""
    return CheckRun.objects.filter(authority=authority, period_end=month.ends_on).select_related("by").first()


def month_page(user: User, authority: Authority, month: ReportingMonth) -> MonthPage:
    """The month as it stands: the latest check, its errors by the DfE's priority, the files built."""
    run = latest_run(authority, month)
    files = tuple(
        Submission.objects.filter(authority=authority, period_end=month.ends_on)
        .select_related("authority", "built_by", "sent_by", "signed_off_by", "freeze")
        .defer("content")
    )
    lines = error_lines(user, run) if run else []
    freeze = standing_freeze(authority.pk, month.ends_on)
    return MonthPage(
        month=month,
        run=run,
        priorities=by_priority(lines),
        records_with_errors=run.errors.values("person").distinct().count() if run else 0,
        files=files,
        changed_since=bool(files and run and files[0].built_at < run.checked_at),
        freeze=freeze,
        changes=freeze.changes.count() if freeze and freeze.replaces_id else 0,
    )


def error_lines(user: User, run: CheckRun) -> list[ErrorLine]:
    """Each error found, with its words of the month's rules and how many records have it."""
    rules = ruleset(run.period_end).errors
    visible = dict(
        run.errors.filter(person__in=_visible(user))
        .values_list("code")
        .annotate(people=Count("person", distinct=True))
    )
    everyone = run.errors.values_list("code").annotate(people=Count("person", distinct=True)).order_by()
    lines = [
        ErrorLine(rules[code], people, visible.get(code, 0)) for code, people in everyone if code in rules
    ]
    return sorted(lines, key=lambda line: (-line.records, line.rule.code))


@dataclass(frozen=True)
class Changed:
    """One young person whom the freeze counts otherwise than the one before, in words."""

    person: YoungPerson
    was: str
    now: str


def changed(user: User, freeze: Freeze) -> tuple[Changed, ...]:
    """Those of a freeze's changes whom this user may see, by name."""
    found = FreezeChange.objects.filter(freeze=freeze, person__in=_visible(user)).select_related("person")
    rules = ruleset(freeze.month)
    return tuple(
        Changed(
            each.person,
            counted_as(each.was_status, each.was_code, each.was_reason, rules),
            counted_as(each.is_status, each.is_code, each.is_reason, rules),
        )
        for each in found.order_by("person__family_name", "person__given_name", "person")
    )


def counted_as(status: str, code: str, reason: str, rules: RuleSet) -> str:
    """What a row of a frozen month says, in words."""
    if not status:
        return "Not counted"
    known = rules.activities.get(code)
    doing = f": {known.plain_words.lower()}" if known else ""
    outside = f" ({Reason(reason).words.lower()})" if Reason(reason) not in INSIDE else ""
    return f"{SHORT[Status(status)]}{doing}{outside}"


def by_priority(lines: Sequence[ErrorLine]) -> tuple[Priority, ...]:
    groups = (
        (words, tuple(line for line in lines if line.rule.priority == rank))
        for rank, words in PRIORITIES.items()
    )
    return tuple(Priority(words, group) for words, group in groups if group)


def people_with(user: User, run: CheckRun, code: str) -> QuerySet[YoungPerson]:
    """The young people this user may see whose record has the error, by name."""
    found = RecordError.objects.filter(run=run, code=code).values("person")
    return _visible(user).filter(pk__in=found)


@dataclass(frozen=True)
class Wrong:
    """One line of an error's list: who, the activity they are in, and whether the record was mended meanwhile."""

    person: Line
    activity_id: int | None
    is_mended: bool


def wrongs(
    people: Sequence[Line], authority: Authority, month: ReportingMonth, code: str
) -> tuple[Wrong, ...]:
    """The people of an error's page, each looked at again as the record stands now. Two statements."""
    keys = [each.pk for each in people]
    activities = dict(Situation.objects.filter(pk__in=keys).values_list("pk", "activity_id"))
    still = set(keys) if code in FILE_ERRORS else _still_wrong(keys, authority, month, code)
    return tuple(Wrong(each, activities.get(each.pk), each.pk not in still) for each in people)


def _still_wrong(people: list[int], authority: Authority, month: ReportingMonth, code: str) -> set[int]:
    found = {each.young_persons_id for each in _findings(people, authority, month) if each.code == code}
    wrong = YoungPerson.objects.filter(pk__in=people, young_person_id__in=found)
    return set(wrong.values_list("pk", flat=True))


def _visible(user: User) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.visible_to(user).filter(authority__in=scope_of(user).authority_ids)


def findings_of(person: YoungPerson, month: ReportingMonth) -> tuple[Finding, ...] | None:
    """The checks run over one record as it would stand in the month's file; None where it is not in it.
    Errors that only show across the file (902, 907, 908) are the board's business. One statement."""
    found = _records(person.authority, month, [person.pk])
    return tuple(_checked(found, person.authority, month)) if found else None


def _findings(people: list[int], authority: Authority, month: ReportingMonth) -> list[Finding]:
    return _checked(_records(authority, month, people), authority, month) if people else []


def _records(authority: Authority, month: ReportingMonth, people: list[int]) -> list[Record]:
    rules = ruleset(month.ends_on)
    return list(records(authority=authority, period_end=month.ends_on, ruleset=rules, people=people))


def _checked(found: Iterable[Record], authority: Authority, month: ReportingMonth) -> list[Finding]:
    found = list(found)
    numbers = {record.young_persons_id[:3] for record in found}
    context = Context(ruleset(month.ends_on), month.ends_on, numbers, (authority.code,))
    return [finding for record in found for finding in check_record(record, context)]


@dataclass(frozen=True)
class MonthStanding:
    """How the file of one month stands."""

    month: ReportingMonth
    checked_at: datetime | None
    records_with_errors: int
    too_old: int
    newest: Submission | None
    frozen_at: datetime | None
    signed_off_at: datetime | None
    sent_at: datetime | None


def standing_of(authority_id: int, month: ReportingMonth) -> MonthStanding:
    """The latest check, the newest file of the month, and when a file of it was sent."""
    run = CheckRun.objects.filter(authority=authority_id, period_end=month.ends_on).first()
    files = Submission.objects.filter(authority=authority_id, period_end=month.ends_on).defer("content")
    built = list(files)
    freeze = standing_freeze(authority_id, month.ends_on)
    return MonthStanding(
        month=month,
        checked_at=run.checked_at if run else None,
        records_with_errors=run.errors.values("person").distinct().count() if run else 0,
        too_old=run.too_old if run else 0,
        newest=built[0] if built else None,
        frozen_at=freeze.frozen_at if freeze else None,
        signed_off_at=next((each.signed_off_at for each in built if each.signed_off_at), None),
        sent_at=next((each.sent_at for each in built if each.sent_at), None),
    )
