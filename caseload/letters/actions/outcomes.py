"""What came of one letter: an answer, the post's return, an officer's word, or a referral."""

from collections.abc import Iterator
from contextlib import contextmanager

from caseload.letters.actions.making import find_out
from caseload.letters.actions.reach import held_letter
from caseload.letters.kinds import Kind
from caseload.letters.models import Letter
from caseload.letters.queries.unanswered import reply_asked, tried_for, with_what_was_tried
from caseload.letters.rules import may_refer
from caseload.referrals.actions import refer
from caseload.referrals.models import Referral
from caseload.referrals.statements import Ask
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotRight

State, Closed = Letter.State, Letter.Closed
CHANGE = Permission.PERSON_CHANGE


@contextmanager
def _changing(
    letter: Letter, kind: Kind, by: User, permission: Permission = CHANGE
) -> Iterator[tuple[Letter, AuditEvent]]:
    """One letter that was sent, held with its record, and its event. Raises NotRight for one that never went."""
    person = letter.person
    with recorded(kind, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = held_letter(letter, by=by, permission=permission)
        event.counts["letter"] = now.pk
        if now.state not in (State.SENT, State.CAME_BACK):
            raise NotRight({"": "This letter was not sent."})
        yield now, event


def came_back(*, letter: Letter, by: User) -> Letter:
    """The post brought it back: nothing more goes to that address, and where they live is to be found out. Twice is
    once. Raises NotRight, NotPermitted."""
    with _changing(letter, Kind.CAME_BACK, by) as (now, event):
        if now.state == State.CAME_BACK:
            repeated(event)
            return now
        now.state, now.closed, now.closed_on, now.closed_by = State.CAME_BACK, "", None, None
        now.save(update_fields=["state", "closed", "closed_on", "closed_by"])
        find_out(authority_id=now.person.authority_id, people=[now.person_id], on=clock.today())
        return now


def answered(*, letter: Letter, words: str, by: User) -> Letter:
    """Somebody answered, and what they said in one line. Raises NotRight, NotPermitted."""
    with _changing(letter, Kind.ANSWERED, by) as (now, event):
        return _close(now, event, Closed.ANSWERED, words, by)


def close(*, letter: Letter, words: str, by: User) -> Letter:
    """Nothing more is to come of it, for a reason. Raises NotRight, NotPermitted."""
    if not words.strip():
        raise NotRight({"words": "Enter why nothing more is to come of it"})
    with _changing(letter, Kind.CLOSED, by) as (now, event):
        return _close(now, event, Closed.BY_HAND, words, by)


def refer_unanswered(*, letter: Letter, ask: Ask, by: User) -> Referral:
    """Nobody answered and another service is asked to take over, once it was tried often enough and the way to reach
    them is confirmed (R35, R36). Raises NotRight, NotPermitted."""
    with _changing(letter, Kind.REFERRED, by, Permission.CASE_WORK) as (now, event):
        on = clock.today()
        told = with_what_was_tried(Letter.objects.filter(pk=now.pk), on).select_related("batch").get()
        if now.closed_on or not may_refer(reply_asked(told), tried_for(told), on):
            raise NotRight({"": "Nothing is to be referred here any more."})
        made = refer(person=now.person, ask=ask, by=by)
        now.referral = made
        now.save(update_fields=["referral"])
        _close(now, event, Closed.REFERRED, "", by)
        return made


def _close(letter: Letter, event: AuditEvent, how: str, words: str, by: User) -> Letter:
    if letter.closed_on and letter.closed == how:
        repeated(event)
        return letter
    letter.closed, letter.closed_on, letter.closed_by = how, clock.today(), by
    letter.state, letter.words = State.SENT, words.strip()
    letter.save(update_fields=["closed", "closed_on", "closed_by", "state", "words"])
    letter.person.tasks.filter(kind=NO_REPLY_TASK, cause=cause_of(letter.pk), done_at=None).update(
        done_at=clock.now(), done_by=by, outcome=letter.get_closed_display()
    )
    return letter


NO_REPLY_TASK = "no_reply"


def cause_of(letter_id: int) -> str:
    return f"letter {letter_id}"
