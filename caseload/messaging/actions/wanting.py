"""What young people answer to a message, and who wants none: said by them, or written down for them."""

from datetime import datetime, time

from django.db.models import Q

from caseload.chase.models import Attempt
from caseload.messaging.kinds import Kind
from caseload.messaging.models import BatchMessage, OptOut
from caseload.messaging.rules import SAID_BY, YOUNG_PERSON
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.clock import LONDON
from neet.messages.actions import stop as stop_address
from neet.working_days import working_days_after
from returns.surveys.models import AnswerLink
from tracking.models import ContactPoint, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import locked, repeated
from tracking.register.refusals import NotRight

Answer = AnswerLink.Answer
CALL_AT = {"afternoon": time(13), "evening": time(17)}
ANY_TIME = time(9)
OUTCOMES = {
    Answer.STILL_THERE: "learned",
    Answer.SOMETHING_ELSE: "learned",
    Answer.NOTHING: "learned",
    Answer.CALL_ME: "call_back",
    Answer.NOT_ME: "wrong_number",
}


def answered(*, link: AnswerLink) -> None:
    """What an answer by link means here: an attempt that reached somebody, a call at the time they named, no more
    messages, or a number that is a stranger's. Part of the act that takes the answer."""
    subject = link.person_id
    with recorded(Kind.ANSWERED, by=None, authority_id=link.authority_id, subjects=[subject]):
        row = BatchMessage.objects.select_related("batch", "contact_point").filter(link=link).first()
        answer = Answer(link.answer)
        if answer == Answer.STOP:
            OptOut.objects.get_or_create(
                person_id=subject, channel="", ended_at=None, defaults={"said_by": YOUNG_PERSON}
            )
            return
        _note(link, answer, row)
        if answer == Answer.NOT_ME and row and row.contact_point:
            _not_theirs(row.contact_point)


def _note(link: AnswerLink, answer: AnswerLink.Answer, row: BatchMessage | None) -> None:
    outcome = OUTCOMES[answer]
    known = ruleset(clock.today()).contact_outcomes[outcome]
    Attempt.objects.create(
        person_id=link.person_id,
        channel=row.batch.channel if row else _of_a_letter(link),
        asked=YOUNG_PERSON,
        contact_point=row.contact_point if row else None,
        outcome=outcome,
        reached=known.reached,
        learned=known.learned,
        claim=link.claim,
        cause="answer by link",
        again_at=_call_at(link) if answer == Answer.CALL_ME else None,
    )


def _of_a_letter(link: AnswerLink) -> str:
    """No message of a list: it came with a letter, on paper where it has a code."""
    return Attempt.Channel.LETTER if link.code_digest else Attempt.Channel.EMAIL


def _call_at(link: AnswerLink) -> datetime:
    day = working_days_after(clock.today(), 1)
    return datetime.combine(day, CALL_AT.get(link.call_when, ANY_TIME), LONDON)


def _not_theirs(point: ContactPoint) -> None:
    """A stranger has it: nothing goes there from anybody here, whoever's record it stands on."""
    ContactPoint.objects.filter(pk=point.pk).update(do_not_use=True)
    stop_address(address=point.value, by=None)


def opt_out(*, person: YoungPerson, channel: str, said_by: str, by: User) -> OptOut:
    """They want no messages of one way, or none at all (`channel` empty); lists leave them out from now on. The same
    again changes nothing. Raises NotRight, NotPermitted."""
    if said_by not in dict(SAID_BY):
        raise NotRight({"said_by": "Select who said so"})
    with recorded(Kind.OPTED_OUT, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.PERSON_CHANGE)
        standing = OptOut.objects.filter(Q(channel="") | Q(channel=channel), person=now, ended_at=None)
        if found := standing.first():
            repeated(event)
            return found
        return OptOut.objects.create(person=now, channel=channel, said_by=said_by, recorded_by=by)


def opt_in(*, person: YoungPerson, by: User) -> int:
    """They may be written to again; how many wishes for none ended. Raises NotPermitted."""
    with recorded(Kind.OPTED_IN, by=by, authority_id=person.authority_id, subjects=[person.pk]):
        now = locked(person, by=by, permission=Permission.PERSON_CHANGE)
        return OptOut.objects.filter(person=now, ended_at=None).update(ended_at=clock.now())
