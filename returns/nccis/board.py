"""Reading for the month page and the error board: what was found, whose, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from neet.accounts.models import User
from neet.accounts.scope import scope_of
from returns.nccis.assembly import records
from returns.nccis.checks import Context, Finding, check_record
from returns.nccis.models import CheckRun, RecordError, Submission
from returns.nccis.months import ReportingMonth
from schools.models import Authority
from tracking.models import YoungPerson
from tracking.reference.queries import ruleset
from tracking.rules.codes import ErrorRule

PRIORITIES: Mapping[int, str] = {
    1: "Mend first: the DfE may refuse the record or the file",
    2: "Mend: the DfE reports these back",
    3: "Look at: the DfE only warns",
    0: "The DfE has not said how much these matter",
}


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

    @property
    def latest(self) -> Submission | None:
        return self.files[0] if self.files else None


def latest_run(authority: Authority, month: ReportingMonth) -> CheckRun | None:
    """The latest check of the month, if there was one."""
    return CheckRun.objects.filter(authority=authority, period_end=month.ends_on).select_related("by").first()


def month_page(user: User, authority: Authority, month: ReportingMonth) -> MonthPage:
    """The month as it stands: the latest check, its errors by the DfE's priority, the files built."""
    run = latest_run(authority, month)
    files = tuple(
        Submission.objects.filter(authority=authority, period_end=month.ends_on)
        .select_related("built_by", "sent_by")
        .defer("content")
    )
    lines = error_lines(user, run) if run else []
    return MonthPage(
        month=month,
        run=run,
        priorities=by_priority(lines),
        records_with_errors=run.errors.values("person").distinct().count() if run else 0,
        files=files,
        changed_since=bool(files and run and files[0].built_at < run.checked_at),
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


def by_priority(lines: Sequence[ErrorLine]) -> tuple[Priority, ...]:
    groups = (
        (words, tuple(line for line in lines if line.rule.priority == rank))
        for rank, words in PRIORITIES.items()
    )
    return tuple(Priority(words, group) for words, group in groups if group)


def people_with(user: User, run: CheckRun, code: str) -> QuerySet[YoungPerson]:
    """The young people this user may see whose record has the error, by name."""
    found = RecordError.objects.filter(run=run, code=code).values("person")
    return _visible(user).filter(pk__in=found).select_related("situation")


def _visible(user: User) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.visible_to(user).filter(authority__in=scope_of(user).authority_ids)


def findings_of(person_id: int, month: ReportingMonth) -> tuple[Finding, ...] | None:
    """The checks run over one record as it would stand in the month's file; None where it is not in it.
    Errors that only show across the file (902, 907, 908) are the board's business. Two statements."""
    authority = Authority.objects.get(young_people=person_id)
    rules = ruleset(month.ends_on)
    found = list(records(authority=authority, period_end=month.ends_on, ruleset=rules, people=[person_id]))
    context = Context(
        rules, month.ends_on, {record.young_persons_id[:3] for record in found}, (authority.code,)
    )
    return tuple(finding for record in found for finding in check_record(record, context)) if found else None


@dataclass(frozen=True)
class MonthStanding:
    """How the file of one month stands."""

    month: ReportingMonth
    checked_at: datetime | None
    records_with_errors: int
    file: Submission | None


def standing_of(authority_id: int, month: ReportingMonth) -> MonthStanding:
    """The latest check and the newest file of the month."""
    run = CheckRun.objects.filter(authority=authority_id, period_end=month.ends_on).first()
    newest = (
        Submission.objects.filter(authority=authority_id, period_end=month.ends_on).defer("content").first()
    )
    count = run.errors.values("person").distinct().count() if run else 0
    return MonthStanding(month, run.checked_at if run else None, count, newest)
