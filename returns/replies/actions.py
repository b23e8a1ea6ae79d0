"""Noting what the DfE said of a file, and taking its error report in."""

from collections.abc import Iterator, Mapping

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.models import StoredFile
from neet.files.reader import Table, Unreadable, open_table
from returns.bring.layouts import placed
from returns.nccis.models import Submission
from returns.replies.kinds import Kind
from returns.replies.layout import NEEDED, REPORT, error_number, is_enough
from returns.replies.models import Reply
from returns.replies.reading import EXPECTED, CannotTake, headings_of, path_of
from tracking.reference.queries import ruleset


def note_reply(
    *,
    submission: Submission,
    verdict: str,
    file: StoredFile | None,
    by: User,
) -> Reply:
    """Note what the DfE said of a file (R85, R118). A report whose headings are known, or were told the last time,
    is taken in at once; otherwise the reply waits for `place_columns`. Raises CannotTake for one that gives no
    table, or for errors without a report: nothing is noted."""
    if verdict == Reply.Verdict.WITH_ERRORS and file is None:
        raise CannotTake("Choose the DfE\u2019s error report, or say that nothing was reported.")
    headings, remarks = headings_of(file) if file else ((), ())
    with recorded(Kind.NOTED, by=by, authority_id=submission.authority_id) as event:
        if submission.sent_at is None:
            raise CannotTake("This file was not marked as sent. Mark the file that went to the DfE first.")
        columns = (_remembered(submission, headings) or placed(REPORT, headings)) if file else {}
        reply = Reply.objects.create(
            submission=submission,
            verdict=verdict,
            file=file,
            headings=list(headings),
            columns=columns,
            remarks=list(remarks),
            noted_by=by,
        )
        event.counts = {"submission": submission.pk, "reply": reply.pk}
        if file and is_enough(columns, headings):
            _take_in(reply, by)
    return reply


def place_columns(*, reply: Reply, columns: Mapping[str, str], by: User) -> Reply:
    """Say which heading of a report holds what, and take it in; said again, it is taken in anew. Raises CannotTake
    where the number or the error is not placed, or two columns share a heading."""
    if not is_enough(columns, reply.headings):
        missing = [
            column.words for column in REPORT if column.name in NEEDED and not columns.get(column.name)
        ]
        raise CannotTake(f"Say which column holds the {' and the '.join(missing)}.")
    if len(set(columns.values())) < len(columns):
        raise CannotTake("Two of them are the same column. Choose another for one of them.")
    with recorded(Kind.NOTED, by=by, authority_id=reply.submission.authority_id, counts={"reply": reply.pk}):
        reply = (
            Reply.objects.select_for_update(of=("self",))
            .select_related("submission", "file")
            .get(pk=reply.pk)
        )
        reply.columns = dict(columns)
        _take_in(reply, by)
    return reply


def discard_reply(*, reply: Reply, by: User) -> None:
    """Take a reply off again that was noted by mistake."""
    submission = reply.submission
    with recorded(Kind.DISCARDED, by=by, authority_id=submission.authority_id) as event:
        event.counts = {"reply": reply.pk, "submission": submission.pk}
        reply.delete()


def _remembered(submission: Submission, headings: tuple[str, ...]) -> Mapping[str, str] | None:
    """How the same headings were read the last time."""
    before = Reply.objects.filter(
        submission__authority=submission.authority_id, headings=list(headings), read_at__isnull=False
    )
    return before.values_list("columns", flat=True).first()


def _take_in(reply: Reply, by: User) -> None:
    """The report's lines instead of those taken in before."""
    with recorded(Kind.TAKEN, by=by, authority_id=reply.submission.authority_id) as event:
        reply.errors.all().delete()
        try:
            with open_table(path_of(reply), expects=EXPECTED) as table:
                counts = _copy(reply, table)
        except Unreadable as unreadable:
            raise CannotTake(str(unreadable)) from None
        reply.left_out, reply.read_at = counts["left_out"], clock.now()
        reply.save(update_fields=["columns", "left_out", "read_at"])
        event.counts = {"reply": reply.pk, **counts}


FIND = """
    insert into returns_reportederror (reply_id, row, number, person_id, code, field, words)
    select %(reply)s, r.row, r.number, p.id, r.code, r.field, r.words
    from reported r left join tracking_youngperson p
      on p.authority_id = %(authority)s and p.young_person_id = r.number
"""


def _copy(reply: Reply, table: Table) -> dict[str, int]:
    left_out = 0
    known = ruleset(reply.submission.period_end).errors

    def lines() -> Iterator[tuple[object, ...]]:
        nonlocal left_out
        for row, cells in table.rows:
            number, code, field, words = (cells.get(reply.columns.get(column.name, ""), "").strip()[: column.room]
                                          for column in REPORT)  # fmt: skip
            if number and code:
                yield row, number.removesuffix(".0"), error_number(code, known), field, words
            else:
                left_out += any(cells.values())

    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table reported (row int, number text, code text, field text, words text) on commit drop"
        )
        with cursor.copy("copy reported from stdin") as copy:
            for line in lines():
                copy.write_row(line)
        cursor.execute(FIND, {"reply": reply.pk, "authority": reply.submission.authority_id})
        taken = cursor.rowcount
        cursor.execute("drop table reported")
    return {"lines": taken, "left_out": left_out}
