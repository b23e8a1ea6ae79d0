"""Reading for the DfE's replies: each error with its records, what was mended since, what we had not found."""

from collections.abc import Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from neet.accounts.models import User
from returns.nccis.models import Submission
from returns.replies.models import Reply
from schools.models import Authority
from tracking.models import YoungPerson
from tracking.reference.queries import ruleset
from tracking.rules.codes import ErrorRule
from tracking.rules.months import ReportingMonth

A_YEAR = relativedelta(years=1)


@dataclass(frozen=True)
class ReportedLine:
    """One error of a report: how many records, how many this person may open, whether our own checks found it in
    the file that was sent."""

    code: str
    rule: ErrorRule | None
    words: str
    records: int
    visible: int
    found_here: int

    @property
    def title(self) -> str:
        """The error in words: ours where we know it, else the DfE's."""
        return self.rule.wrong if self.rule else (self.words or f"Error {self.code}")


@dataclass(frozen=True)
class ReplyPage:
    """What a reply's page shows."""

    reply: Reply
    lines: tuple[ReportedLine, ...]
    records: int
    strangers: int

    @property
    def not_found_here(self) -> tuple[ReportedLine, ...]:
        """Errors the DfE reports and our checks did not: for whoever looks after the rules."""
        return tuple(line for line in self.lines if not line.found_here)


def replies_to(authority: Authority, month: ReportingMonth) -> QuerySet[Reply]:
    """The DfE's replies to a month's files, the newest first."""
    return (
        Reply.objects.filter(submission__authority=authority, submission__period_end=month.ends_on)
        .select_related("submission", "noted_by")
        .annotate(records=Count("errors__number", distinct=True))
    )


@dataclass(frozen=True)
class SentMonth:
    """One month as it went to the DfE: what our checks found in its file, what the DfE reported, and how many of the
    reported records were reported the month before too."""

    month: ReportingMonth
    submission: Submission
    verdict: str
    found_here: int
    reported: int
    again: int

    @property
    def share(self) -> float:
        """Records reported, in percent of those sent."""
        return 100 * self.reported / self.submission.people if self.submission.people else 0.0


def sent_months(authority: Authority, until: ReportingMonth) -> tuple[SentMonth, ...]:
    """The months of the year up to `until` that were sent, the newest first, each with its last file and the last
    reply to it (R118). Two statements, however many months."""
    year = Q(period_end__gt=until.ends_on - A_YEAR, period_end__lte=until.ends_on)
    last_sent = (
        Submission.objects.filter(year, authority=authority, sent_at__isnull=False)
        .order_by("period_end", "-sent_at")
        .distinct("period_end")
        .defer("content")
    )
    files = {each.period_end: each for each in last_sent}
    said = _last_replies(files.values())
    found = []
    for ends_on, file in sorted(files.items(), reverse=True):
        month = ReportingMonth(ends_on)
        verdict, numbers = said.get(file.pk, ("", frozenset()))
        before = files.get(month.before.ends_on)
        earlier = said[before.pk][1] if before and before.pk in said else frozenset()
        here = sum(file.errors.values())
        found.append(SentMonth(month, file, verdict, here, len(numbers), len(numbers & earlier)))
    return tuple(found)


def _last_replies(files: Iterable[Submission]) -> dict[int, tuple[str, frozenset[str]]]:
    """By file: the last verdict in words, and the numbers of the records it reports."""
    replies = (
        Reply.objects.filter(submission__in=[file.pk for file in files])
        .annotate(
            numbers=ArrayAgg("errors__number", distinct=True, default=[], filter=Q(errors__isnull=False))
        )
        .order_by("noted_at", "pk")
    )
    return {each.submission_id: (each.get_verdict_display(), frozenset(each.numbers)) for each in replies}


def reply_page(reply: Reply, user: User) -> ReplyPage:
    """A reply with its errors, those with most records first; four statements."""
    rules = ruleset(reply.submission.period_end).errors
    everyone = reply.errors.values_list("code", "words").annotate(records=Count("number", distinct=True))
    visible = dict(
        reply.errors.filter(person__in=YoungPerson.objects.visible_to(user))
        .values_list("code")
        .annotate(people=Count("person", distinct=True))
    )
    ours = reply.submission.errors
    by_code: dict[str, tuple[str, int]] = {}
    for code, words, records in everyone.order_by("code", "words"):
        first, so_far = by_code.get(code, (words, 0))
        by_code[code] = (first or words, so_far + records)
    lines = [
        ReportedLine(code, rules.get(code), words, records, visible.get(code, 0), ours.get(code, 0))
        for code, (words, records) in by_code.items()
    ]
    return ReplyPage(
        reply,
        tuple(sorted(lines, key=lambda line: (-line.records, line.code))),
        reply.errors.values("number").distinct().count(),
        reply.errors.filter(person__isnull=True).values("number").distinct().count(),
    )


def people_reported(reply: Reply, code: str, user: User) -> QuerySet[YoungPerson]:
    """The young people this user may see whose record the DfE reported with the error."""
    reported = reply.errors.filter(code=code, person__isnull=False).values("person")
    return YoungPerson.objects.visible_to(user).filter(pk__in=reported)


def reply_of(pk: int, authority_ids: tuple[int, ...]) -> Reply | None:
    """A reply of one of these authorities, if there is such a one."""
    return (
        Reply.objects.select_related("submission__authority", "file", "noted_by")
        .filter(pk=pk, submission__authority__in=authority_ids)
        .first()
    )
