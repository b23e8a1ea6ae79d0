"""Putting files out for establishments, telling them, taking files back, and who collects."""

from collections.abc import Iterable, Sequence
from datetime import date

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import note, recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.messages.actions import Letter, send_all
from neet.ui.words import day
from returns.calendar.models import Collection
from returns.calendar.queries.recipients import at_places
from returns.exchange.kinds import Kind
from returns.exchange.models import Parcel, ParcelFile
from returns.exchange.queries import there_on
from returns.exchange.rules import ANSWERED
from returns.exchange.statements import ForOne, Told
from schools.models import Authority


class Refused(ValueError):
    """This may not be done; the message says why in words for the page."""


def put_out(*, authority: Authority, told: Told, files: Sequence[ForOne], by: User | None) -> Parcel:
    """Lay a file there for each of these establishments, and tell them, naming nobody. Raises Refused."""
    if not files:
        raise Refused("Nobody was chosen, so nothing was put out.")
    if told.ends_on < clock.today():
        raise Refused("The last day must be today or later.")
    people = sorted({person for each in files for person in each.people})
    with recorded(Kind.PUT_OUT, by=by, authority_id=authority.pk, subjects=people) as event:
        parcel = Parcel.objects.create(
            authority=authority,
            kind=told.kind,
            title=told.title,
            about=told.about,
            ends_on=told.ends_on,
            made_by=by,
        )
        made = ParcelFile.objects.bulk_create(
            ParcelFile(parcel=parcel, establishment_id=each.establishment_id, file=each.file)
            for each in files
        )
        event.counts = {"parcel": parcel.pk, "files": len(made), "messages": _tell(parcel, made)}
    return parcel


def ask_to_make(*, collection: Collection, ends_on: date, by: User) -> Job:
    """Have the files to fill in made beside the pages for everybody whom a collection asks (R4)."""
    counts = {"collection": collection.pk}
    with recorded(Kind.MAKING_ASKED, by=by, authority_id=collection.authority_id, counts=counts):
        return submit(
            kind=Kind.MAKING_ASKED,
            by=by,
            authority_id=collection.authority_id,
            payload={"collection": collection.pk, "ends_on": ends_on.isoformat()},
        )


def ask_to_tell_schools(*, authority: Authority, kind: str, ends_on: date, by: User) -> Job:
    """Have made beside the pages what each school or college is told of those who left it (R18, R21)."""
    with recorded(Kind.TELLING_ASKED, by=by, authority_id=authority.pk):
        return submit(
            kind=Kind.TELLING_ASKED,
            by=by,
            authority_id=authority.pk,
            payload={"authority": authority.pk, "kind": kind, "ends_on": ends_on.isoformat()},
        )


def tell_again(*, parcel: Parcel, files: Iterable[ParcelFile], by: User) -> int:
    """Tell those of them who have not collected yet once more. How many messages lie in the outbox now."""
    with recorded(Kind.TOLD, by=by, authority_id=parcel.authority_id) as event:
        waiting = ParcelFile.objects.filter(
            there_on(clock.today()), pk__in=[each.pk for each in files], parcel=parcel, collected_at=None
        )
        held = list(waiting.select_for_update(of=("self",)).order_by("pk"))
        messages = _tell(parcel, held)
        event.counts = {"parcel": parcel.pk, "files": len(held), "messages": messages}
    return messages


def withdraw(*, parcel: Parcel, why: str, by: User) -> None:
    """Take what was put out away again: nobody can collect it any more. Done twice it is done once."""
    counts = {"parcel": parcel.pk}
    with recorded(Kind.WITHDRAWN, by=by, authority_id=parcel.authority_id, why=why, counts=counts):
        Parcel.objects.filter(pk=parcel.pk, withdrawn_at=None).update(withdrawn_at=clock.now())


def collect(*, found: ParcelFile, by: User) -> None:
    """Somebody of the establishment takes its file: written down each time, and the first time as collected."""
    authority_id = found.parcel.authority_id
    with recorded(Kind.COLLECTED, by=by, authority_id=authority_id, counts={"file": found.pk}):
        first = ParcelFile.objects.filter(pk=found.pk, collected_at=None)
        first.update(collected_at=clock.now(), collected_by=by)


def answer(*, found: ParcelFile, words: str, by: User) -> None:
    """Somebody of the establishment answers a file; what they said last stands. Raises Refused."""
    if found.parcel.kind not in ANSWERED:
        raise Refused("This file waits for no answer.")
    authority_id = found.parcel.authority_id
    with recorded(Kind.ANSWERED, by=by, authority_id=authority_id, counts={"file": found.pk}):
        ParcelFile.objects.filter(pk=found.pk).update(
            answer=words.strip(), answered_at=clock.now(), answered_by=by
        )


def look_at(*, found: ParcelFile, by: User) -> None:
    """Somebody of the council opens what lies there; that is nobody's collecting."""
    note(Kind.LOOKED_AT, by=by, authority_id=found.parcel.authority_id, counts={"file": found.pk})


def _tell(parcel: Parcel, files: Sequence[ParcelFile]) -> int:
    """Write to the people of each establishment; each file keeps the first of its messages."""
    people = at_places(parcel.authority_id, {each.establishment_id for each in files}, clock.today())
    wanted = [(each, person) for each in files for person in people.get(each.establishment_id, ())]
    facts = _said_of(parcel)
    messages = send_all(
        letters=[
            Letter("files_waiting", (person.kind, person.id), parcel.authority_id, facts)
            for _, person in wanted
        ]
    )
    first: dict[int, int] = {}
    for (each, _), message in zip(wanted, messages, strict=True):
        first.setdefault(each.pk, message.pk)
    for each in files:
        each.noticed_at, each.message_id = clock.now(), first.get(each.pk)
    ParcelFile.objects.bulk_update(files, ["noticed_at", "message_id"])
    return len(messages)


def _said_of(parcel: Parcel) -> dict[str, str]:
    return {
        "title": parcel.title,
        "until": day(parcel.ends_on),
        "council": parcel.authority.name,
        "telephone": parcel.authority.contact_telephone,
        "email": parcel.authority.contact_email,
    }
