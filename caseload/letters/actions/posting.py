"""Letters that leave without our printer: handed over to GOV.UK Notify or sent as e-mails, one by one, and what became
of each."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from caseload.letters.actions.making import hold
from caseload.letters.actions.reach import held, refuse_over
from caseload.letters.actions.sending import note_sent
from caseload.letters.documents import facts_of, letter_as_pdf, setting_of
from caseload.letters.kinds import Kind
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.contents import Sheet
from caseload.letters.queries.ways import CHANNELS, withheld
from caseload.letters.rules import WITHHELD
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.messages.actions import Letter as Parcel
from neet.messages.actions import send_all
from neet.messages.models import Message
from returns.surveys.actions import printed
from returns.surveys.links import path_of
from returns.surveys.rules import language_of
from returns.surveys.statements import Printed
from tracking.models import ContactPoint
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotRight
from tracking.rules.letters import merged, plain

State, BatchState, Way = Letter.State, LetterBatch.State, LetterBatch.Way
RECIPIENT, TEMPLATE = "letter", "letter_by_email"
# What the outbox says of a letter that reached nobody's hands.
LOST = (
    Message.State.FAILED, Message.State.NOT_TAKEN, Message.State.RETURNED, Message.State.UNREACHABLE,
    Message.State.STOPPED,
)  # fmt: skip
LOOKED_AFTER = timedelta(days=30)
AT_ONCE = 500


def hand_over(*, batch: LetterBatch, by: User) -> LetterBatch:
    """Have every letter of the batch go: into the outbox, which hands them to GOV.UK Notify or sends them as e-mails.
    From now on each stands in the log of its record. Twice is once.

    Where the council wants a second person, it is not who made the batch. Raises NotRight, NotPermitted.
    """
    with recorded(Kind.BATCH_SENT, by=by, authority_id=batch.authority_id) as event:
        now = held(batch, by=by)
        event.counts["batch"] = now.pk
        if now.state == BatchState.SENT:
            repeated(event)
            return now
        _refuse_to_hand_over(now, by)
        on = clock.today()
        now.letters.filter(pk__in=withheld(now, on)).update(state=State.LEFT_OUT, why=WITHHELD)
        going = list(now.letters.filter(state=State.TO_SEND).order_by("number", "pk"))
        if not going:
            raise NotRight({"": "None of these letters may go any more."})
        event.subjects = [each.person_id for each in going]
        event.counts["letters"] = len(going)
        _into_the_outbox(now, going)
        note_sent(now, now.letters.filter(state=State.TO_SEND), event.subjects, on)
        now.state, now.sent_on, now.sent_by = BatchState.SENT, on, by
        now.save(update_fields=["state", "sent_on", "sent_by"])
        return now


def _refuse_to_hand_over(batch: LetterBatch, by: User) -> None:
    refuse_over(batch)
    if batch.way == Way.PRINT:
        raise NotRight({"": "These letters are printed here: note the day they went."})
    if batch.authority.needs_second_person and batch.made_by_id == by.pk:
        raise NotRight({"": "Somebody else has to look at these letters and send them: you made them."})
    setting_of(batch, clock.today())


def _into_the_outbox(batch: LetterBatch, letters: list[Letter]) -> None:
    channel = CHANNELS[Way(batch.way)]
    template = TEMPLATE if channel == Message.Channel.EMAIL else ""
    parcels = [
        Parcel(template, (RECIPIENT, each.pk), batch.authority_id, channel=channel) for each in letters
    ]
    for letter, message in zip(letters, send_all(letters=parcels), strict=True):
        letter.message = message
    Letter.objects.bulk_update(letters, ["message"])


def paper_of(letter_id: int) -> bytes:
    """One letter as a PDF, set while it is handed over; nothing where it cannot be set any more. What it holds to be
    answered online is made now and rests nowhere."""
    letter = _letter(letter_id)
    try:
        return letter_as_pdf(letter, letter.sent_on or clock.today(), _held_anew(letter))
    except NotRight:
        return b""


def said_in(letter_id: int) -> dict[str, Any]:
    """What a letter says as an e-mail, made while it is sent: by first name only, with a link where it may be answered
    online."""
    letter = _letter(letter_id)
    set_in = setting_of(letter.batch, letter.sent_on or clock.today())
    first = letter.person.known_as or letter.person.given_name
    facts = facts_of(Sheet(letter.person_id, first, first, ()), set_in.head, set_in.answer_by)
    online = _held_anew(letter)
    return {
        "subject": merged(set_in.wording.heading, facts),
        "text": plain(merged(set_in.wording.text, facts)),
        "head": set_in.head,
        "online": language_of(set_in.wording.language).words()["letter"],
        "link": path_of(online.secret) if online else "",
    }


def _letter(letter_id: int) -> Letter:
    return Letter.objects.select_related("batch__authority", "person").get(pk=letter_id)


@transaction.atomic
def _held_anew(letter: Letter) -> Printed | None:
    if not setting_of(letter.batch, clock.today()).is_answered_online:
        return None
    made = printed(with_code=letter.way == Letter.Way.POST)
    hold(batch=letter.batch, printed={letter.person_id: made})
    return made


@transaction.atomic
def note_what_became(*, at: datetime) -> int:
    """Letters that could not be sent after all: they do not count as sent, and the young person is due the letter
    again; an e-mail address there is not is used no more. How many were noted."""
    lately = Letter.objects.filter(state=State.SENT, message__created_at__gt=at - LOOKED_AFTER)
    lost = lately.filter(closed_on=None, message__state__in=LOST).select_for_update(
        skip_locked=True, of=("self",)
    )
    rows = list(lost.select_related("message", "batch").order_by("pk")[:AT_ONCE])
    for authority_id, some in _by_council(rows).items():
        subjects = [each.person_id for each in some]
        with recorded(Kind.COULD_NOT_BE_SENT, by=None, authority_id=authority_id, subjects=subjects) as event:
            event.counts["letters"] = len(some)
            Letter.objects.filter(pk__in=[each.pk for each in some]).update(
                state=State.NOT_SENT, next_step_on=None
            )
            _use_no_more([each for each in some if each.message and _has_gone_back(each.message)])
    return len(rows)


def _has_gone_back(message: Message) -> bool:
    return message.state == Message.State.RETURNED


def _use_no_more(letters: list[Letter]) -> None:
    points = [each.contact_point_id for each in letters if each.contact_point_id]
    ContactPoint.objects.filter(pk__in=points).update(do_not_use=True)


def _by_council(letters: list[Letter]) -> Mapping[int, list[Letter]]:
    found: dict[int, list[Letter]] = defaultdict(list)
    for each in letters:
        found[each.batch.authority_id].append(each)
    return found
