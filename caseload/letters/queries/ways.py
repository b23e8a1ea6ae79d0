"""By which way a letter reaches somebody: the address on the envelope, or an e-mail address that may be used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.due import why_left_out
from caseload.messaging.models import OptOut
from caseload.messaging.queries.batches import goes_nowhere
from neet import clock
from neet.messages.models import Message
from neet.messages.queries import stopped
from tracking.register.columns import objection_in_force, open_on
from tracking.register.models import ContactPoint, Residence, YoungPerson
from tracking.rights.queries.limits import use_is_limited
from tracking.rules.letters import LetterSeries

Way = LetterBatch.Way
CHANNELS = {Way.NOTIFY: Message.Channel.LETTER, Way.EMAIL: Message.Channel.EMAIL}
WHOSE = {
    Letter.To.YOUNG_PERSON: ContactPoint.Whose.YOUNG_PERSON,
    Letter.To.PARENT: ContactPoint.Whose.PARENT,
}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address that may be written to, and where it stands."""

    point: int
    value: str


def ways_of(series: LetterSeries) -> list[tuple[str, str]]:
    """How a letter may go, for a form; the e-mail where its rule says so."""
    return [(way, words) for way, words in Way.choices if way != Way.EMAIL or series.by_email]


def becomes_a_file(way: str) -> bool:
    """Whether letters of this way only become files here, so that nobody believes they were posted."""
    channel = CHANNELS.get(Way(way))
    return channel is not None and goes_nowhere(channel)


def mailboxes(people: Iterable[int], to: str, on: date) -> Mapping[int, Mailbox]:
    """The newest e-mail address of each that may be used for letters to them or to their parents; two statements.

    Left out: addresses a school gave where an objection is in force, those that are not to be used or asked for no
    more, and whoever wants no e-mail. One young person's address is written to once, a family's for each child.
    """
    wishes = OptOut.objects.filter(Q(channel="") | Q(channel=Message.Channel.EMAIL), ended_at=None)
    usable = ContactPoint.objects.filter(
        open_on(on), kind=ContactPoint.Kind.EMAIL, whose=WHOSE[Letter.To(to)], do_not_use=False
    )
    kept = (
        usable.filter(person__in=list(people), value__contains="@")
        .exclude(Q(from_institution=True) & Q(objection_in_force(on, "person")))
        .exclude(use_is_limited("person"))
        .exclude(Exists(wishes.filter(person=OuterRef("person"))))
        .order_by("person", "-starts_on", "-pk")
    )
    found: dict[int, Mailbox] = {}
    for pk, person, value in kept.values_list("pk", "person", "value"):
        found.setdefault(person, Mailbox(pk, value.strip().lower()))
    return _once_each(_wanted(found), to)


def _wanted(found: Mapping[int, Mailbox]) -> dict[int, Mailbox]:
    unwanted = stopped([each.value for each in found.values()])
    return {person: each for person, each in found.items() if each.value not in unwanted}


def _once_each(found: dict[int, Mailbox], to: str) -> dict[int, Mailbox]:
    if to == Letter.To.PARENT:
        return found
    by_value = {each.value: person for person, each in reversed(found.items())}
    return {person: each for person, each in found.items() if by_value[each.value] == person}


def withheld(batch: LetterBatch, on: date) -> list[int]:
    """Letters that must not go any more: the record was restricted, there is no address to write to, or they want
    none."""
    waiting = batch.letters.filter(state=Letter.State.TO_SEND)
    people = YoungPerson.objects.filter(pk__in=waiting.values("person"))
    gone = {
        *people.exclude(restricted_on=None).values_list("pk", flat=True),
        *_unreachable(batch, people, on),
    }
    return list(waiting.filter(person__in=gone).values_list("pk", flat=True))


def _unreachable(batch: LetterBatch, people: QuerySet[YoungPerson], on: date) -> set[int]:
    if batch.way != Way.EMAIL:
        return set(why_left_out(people))
    among = dict(batch.letters.filter(state=Letter.State.TO_SEND).values_list("person", "to"))
    reached: set[int] = set()
    for to in set(among.values()):
        reached |= set(mailboxes(among, to, on))
    return set(among) - reached


def address_of(letter_id: int) -> str:
    """Where one letter goes at the moment it is sent: the postcode on its envelope or an e-mail address; empty where
    it must not go any more."""
    letter = Letter.objects.select_related("batch", "person").filter(pk=letter_id).first()
    if letter is None or letter.state != Letter.State.SENT or letter.person.restricted_on:
        return ""
    if letter.batch.way == Way.EMAIL:
        box = mailboxes([letter.person_id], letter.to, clock.today()).get(letter.person_id)
        return box.value if box else ""
    if why_left_out(YoungPerson.objects.filter(pk=letter.person_id)):
        return ""
    home = Residence.objects.filter(person=letter.person_id, ends_on=None)
    return home.values_list("postcode", flat=True).first() or ""
