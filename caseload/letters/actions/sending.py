"""What becomes of a batch: its file is taken, its letters went, or they never will."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from caseload.letters.actions.reach import held, refuse_over
from caseload.letters.kinds import Kind
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.due import codes_on, ruled
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.actions import remove
from neet.files.models import StoredFile
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotRight

State, BatchState = Letter.State, LetterBatch.State


def take_file(*, batch: LetterBatch, by: User) -> StoredFile:
    """The file, for whoever sees everybody in it; that it was taken is written down first. Raises NotRight where there
    is none, or somebody in it must not be written to any more; NotPermitted."""
    with recorded(Kind.BATCH_TAKEN, by=by, authority_id=batch.authority_id) as event:
        now = held(batch, by=by)
        letters = now.letters.exclude(state=State.LEFT_OUT)
        if now.file is None:
            raise NotRight({"": "There is no file of these letters."})
        if letters.exclude(person__restricted_on=None).exists():
            raise NotRight({"": "A record was restricted since. Make the file again before you print it."})
        event.subjects = list(letters.values_list("person", flat=True))
        event.counts = {"batch": now.pk, "letters": len(event.subjects)}
        return now.file


def mark_sent(*, batch: LetterBatch, sent_on: date, by: User) -> LetterBatch:
    """The letters went on that day: each stands in the log of its record, with the day an answer is asked for by. An
    earlier letter on the same matter that still waits for an answer gives way. Twice is once. Raises NotRight,
    NotPermitted."""
    with recorded(Kind.BATCH_SENT, by=by, authority_id=batch.authority_id) as event:
        now = held(batch, by=by)
        event.counts["batch"] = now.pk
        if now.state == BatchState.SENT:
            repeated(event)
            return now
        _refuse_unsent(now, sent_on)
        to_send = now.letters.filter(state=State.TO_SEND)
        event.subjects = list(to_send.values_list("person", flat=True))
        event.counts["letters"] = len(event.subjects)
        note_sent(now, to_send, event.subjects, sent_on)
        now.state, now.sent_on, now.sent_by = BatchState.SENT, sent_on, by
        now.save(update_fields=["state", "sent_on", "sent_by"])
        return now


def _refuse_unsent(batch: LetterBatch, sent_on: date) -> None:
    if batch.state != BatchState.PRINTED or batch.way != LetterBatch.Way.PRINT:
        raise NotRight({"": "There is nothing to send: the file is not made, or the letters were given up."})
    if not timezone.localdate(batch.made_at) <= sent_on <= clock.today():
        raise NotRight({"sent_on": "Day sent must be between the day the letters were made and today"})


def note_sent(batch: LetterBatch, letters: QuerySet[Letter], people: list[int], sent_on: date) -> None:
    """Part of sending: each letter stands in the log of its record, and an earlier one on the matter gives way."""
    series = ruled(batch.series, batch.due_on)
    answer_by = series.reply.due_on(sent_on) if series else None
    if series and answer_by:
        on_the_matter = codes_on(series.matter, batch.due_on)
        earlier = Letter.objects.waiting().filter(person__in=people, batch__series__in=on_the_matter)
        earlier.update(closed=Letter.Closed.NEXT_SENT, closed_on=sent_on)
    letters.update(state=State.SENT, sent_on=sent_on, next_step_on=answer_by)


def drop(*, batch: LetterBatch, by: User) -> LetterBatch:
    """These letters will not be sent: the file goes, and everybody in them is due the letter as before. Raises
    NotRight, NotPermitted."""
    with recorded(Kind.BATCH_DROPPED, by=by, authority_id=batch.authority_id) as event:
        now = held(batch, by=by)
        event.counts["batch"] = now.pk
        if now.state == BatchState.DROPPED:
            repeated(event)
            return now
        refuse_over(now)
        file, now.file, now.state = now.file, None, BatchState.DROPPED
        now.save(update_fields=["file", "state"])
        if file:
            remove(file=file, by=by, why="the letters are not sent")
        return now
