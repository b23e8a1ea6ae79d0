"""Inventing messages to many: a list that went last week and was answered by some, and one that waits."""

from datetime import date, datetime, time, timedelta
from random import Random

from caseload.chase.models import Attempt
from caseload.messaging.actions import hand_over, make_batch, note_what_went, release
from caseload.messaging.models import MessageBatch
from neet.accounts.models import User
from neet.clock import LONDON
from neet.messages.models import Message
from neet.working_days import on_or_before
from returns.surveys.actions import answer
from returns.surveys.models import AnswerLink
from returns.surveys.statements import Said
from schools.models import Authority
from tracking.register.models import Claim

MOST_SENT, MOST_WAITING = 60, 150
SENT_AGO = timedelta(days=6)
A_MINUTE = timedelta(minutes=1)
ANSWERED = 0.7
SAID = (
    Said("something_else", doing="college", place="Ambleford College"),
    Said("something_else", doing="apprenticeship", place="Dunmore Motors"),
    Said("something_else", doing="part_time", place="The Mill Café"),
    Said("nothing"),
    Said("nothing"),
    Said("call_me", call_when="afternoon"),
    Said("call_me", call_when="evening"),
    Said("stop"),
    Said("not_me"),
)


def messaged(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Those nobody had reached got a text last week, of whom some answered within days; a list for those whose record
    is to be confirmed waits to be looked at."""
    made_on = on_or_before(on - SENT_AGO)
    sent = _sent(authority, officer, datetime.combine(made_on, time(10), LONDON))
    arrived = sent.messages.filter(message__state=Message.State.DELIVERED)
    for row in arrived.select_related("link").order_by("pk"):
        if row.link and rng.random() < ANSWERED:
            answer(link=row.link, said=rng.choice(SAID))
            _answered_then(rng, row.link, made_on, on)
    make_batch(
        authority=authority,
        wording="still_there_text",
        audience="running_out",
        narrowed={},
        most=MOST_WAITING,
        by=officer,
    )


def _sent(authority: Authority, officer: User, at: datetime) -> MessageBatch:
    """Made, released, handed over and delivered at that time of day."""
    batch = make_batch(
        authority=authority,
        wording="what_now_text",
        audience="not_known",
        narrowed={},
        most=MOST_SENT,
        by=officer,
    )
    if not batch.messages.filter(state="to_send").exists():
        return batch
    release(batch=batch, by=officer)
    MessageBatch.objects.filter(pk=batch.pk).update(made_at=at, settled_at=at, released_at=at, sends_from=at)
    while hand_over(at=at):
        at += A_MINUTE
    here = Message.objects.filter(batch_message__batch=batch)
    here.update(state=Message.State.DELIVERED, sent_at=at, created_at=at, due_at=at)
    returned = list(here.order_by("pk").values_list("pk", flat=True)[:2])
    note_what_went(at=at)
    Message.objects.filter(pk__in=returned).update(state=Message.State.RETURNED)
    note_what_went(at=at)
    MessageBatch.objects.filter(pk=batch.pk).update(ended_at=at)
    batch.refresh_from_db()
    return batch


def _answered_then(rng: Random, link: AnswerLink, sent_on: date, on: date) -> None:
    """An answer came within days of the message, not today."""
    day = min(on, sent_on + timedelta(days=rng.randrange(0, 4)))
    moment = datetime.combine(day, time(rng.randrange(11, 21), rng.randrange(60)), LONDON)
    AnswerLink.objects.filter(pk=link.pk).update(answered_at=moment, made_at=moment - timedelta(hours=1))
    kept = AnswerLink.objects.get(pk=link.pk)
    Attempt.objects.filter(person=link.person_id, cause="answer by link").update(tried_at=moment)
    if kept.claim_id:
        Claim.objects.filter(pk=kept.claim_id).update(said_on=day)
