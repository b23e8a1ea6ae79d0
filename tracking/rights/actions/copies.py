"""Making the copy of a record: gathered, read through, looked at once more, set as a document, and given."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import note, recorded
from neet.audit.models import AuditEvent
from neet.files.actions import remove, store
from neet.files.models import StoredFile
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.ui.words import many
from tracking.register.actions.reach import repeated
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.kinds import Kind
from tracking.rights.models import Copy, Entry, RightsRequest
from tracking.rights.papers import data_of, pdf_of_copy
from tracking.rights.queries.copies import WAITS, copies_seen_by, copy_of, needs_other, services_of
from tracking.rights.queries.gathering import gathered, moment_of
from tracking.rights.queries.requests import seen_by
from tracking.rights.statements import Treatment
from tracking.rights.telling import Part

State = Copy.State
KEPT_FOR = timedelta(days=30)
AT_ONCE = 1_000
Tell = Callable[[int, int], None]


def ask_to_gather(*, request: RightsRequest, by: User) -> Job:
    """Have everything we hold gathered beside the pages. Raises NotRight before we are sure who asks; NotPermitted."""
    if request.kind != RightsRequest.Kind.COPY:
        raise NotRight({"": "They did not ask for a copy"})
    if request.identity_on is None:
        raise NotRight({"": "Make sure who asks first"})
    return _asked(request, Kind.GATHERING_ASKED, by)


def gather(*, request: RightsRequest, by: User, still_mine: Callable[[], None]) -> Copy:
    """Everything we hold today, as parts to be read through. What was gathered before and not agreed is gathered anew.

    Raises NotRight where the copy has been agreed, NotPermitted.
    """
    seen = _request(request, by)
    parts = gathered(seen.person, clock.today())
    with recorded(Kind.GATHERED, by=by, authority_id=seen.authority_id, subjects=[seen.person_id]) as event:
        still_mine()
        before = copy_of(seen)
        if before and before.state not in (State.GATHERED, State.READ):
            raise NotRight({"": "This copy has been agreed already"})
        Copy.objects.filter(request=seen).delete()
        copy = Copy.objects.create(request=seen)
        rows = (_entry(copy, number, part) for number, part in enumerate(parts, start=1))
        while some := list(islice(rows, AT_ONCE)):
            Entry.objects.bulk_create(some)
        event.counts["parts"] = len(parts)
        return copy


def treat(*, entry: Entry, treatment: Treatment, by: User) -> Entry:
    """One part goes out as it is, with other words, or is held back for a reason of the list. Raises NotRight,
    NotPermitted."""
    if treatment.held and treatment.is_replaced:
        raise NotRight({"held": "Hold it back or replace the words, not both"})
    if treatment.is_replaced and not treatment.replaced.strip():
        raise NotRight({"replaced": "Enter the words that go out"})
    with changing_copy(entry.copy, Kind.HELD_BACK, by) as (copy, _event):
        refuse_read(copy)
        held = copy.entries.select_for_update().get(pk=entry.pk)
        return _treated(held, treatment)


def release(*, entry: Entry, held: str, by: User) -> Entry:
    """The service whose restricted note it is says that it may go out, or holds it back and why. Raises NotRight,
    NotPermitted for anybody else."""
    request = entry.copy.request
    with recorded(
        Kind.RELEASED, by=by, authority_id=request.authority_id, subjects=[request.person_id]
    ) as event:
        seen = YoungPerson.objects.visible_to(by).filter(pk=request.person_id).exists()
        if entry.service_id not in services_of(by) or not seen:
            raise NotPermitted(Permission.NOTE_WRITE)
        refuse_read(Copy.objects.select_for_update().get(pk=entry.copy_id))
        now = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if now.released_at:
            repeated(event)
            return now
        now.released_at, now.released_by, now.held = clock.now(), by, held
        now.save(update_fields=["released_at", "released_by", "held"])
        return now


def read_through(*, copy: Copy, by: User) -> Copy:
    """Everything was read and what must not go out is held back. Raises NotRight while a service has not said whether
    its restricted notes go out; NotPermitted."""
    with changing_copy(copy, Kind.READ_THROUGH, by) as (held, event):
        if held.state != State.GATHERED:
            repeated(event)
            return held
        if waiting := held.entries.filter(WAITS, held="").count():
            said = many(waiting, "part waits,parts wait")
            raise NotRight({"": f"{said} for the word of a service. You may hold back what must not wait"})
        return _moved(held, State.READ, read_by=by, read_at=clock.now(), sent_back_why="")


def send_back(*, copy: Copy, why: str, by: User) -> Copy:
    """Whoever looked once more wants something changed. Raises NotRight, NotPermitted."""
    if not why.strip():
        raise NotRight({"why": "Enter what is to be changed"})
    with changing_copy(copy, Kind.SENT_BACK, by, why) as (held, _event):
        if held.state != State.READ:
            raise NotRight({"": "It does not wait for a second look"})
        return _moved(held, State.GATHERED, sent_back_why=why.strip()[:240])


def agree(*, copy: Copy, by: User) -> Job:
    """The second look: the copy may go out as it stands, and is set as a document beside the pages.

    Where the council wants two people, not by whoever read it through. Raises NotRight, NotPermitted.
    """
    with changing_copy(copy, Kind.AGREED, by) as (held, _event):
        if held.state != State.READ:
            raise NotRight({"": "It does not wait for a second look"})
        if needs_other(held, by):
            raise NotRight({"": "Somebody else looks at it: you read it through yourself"})
        _moved(held, State.AGREED, agreed_by=by, agreed_at=clock.now())
        return _asked(held.request, Kind.SETTING_ASKED, by)


def set_ready(*, request: RightsRequest, by: User, still_mine: Callable[[], None]) -> Copy:
    """The agreed copy as a tagged PDF, and the same as a spreadsheet. Raises NotRight, NotPermitted."""
    seen = _request(request, by)
    copy = copy_of(seen)
    if copy is None or copy.state != State.AGREED:
        raise NotRight({"": "The copy has not been agreed"})
    entries = list(copy.entries.order_by("number"))
    paper, pages = pdf_of_copy(seen, entries)
    made = [
        _kept([paper], "copy-of-record.pdf", seen, by),
        _kept([data_of(entries)], "copy-of-record.xlsx", seen, by),
    ]
    try:
        with changing_copy(copy, Kind.SET, by) as (held, event):
            still_mine()
            event.counts["pages"] = pages
            return _moved(held, State.SET, paper=made[0], data=made[1], pages=pages)
    except BaseException:
        for file in made:
            remove(file=file, by=by, why="the copy was not set")
        raise


def note_taken(*, copy: Copy, file: StoredFile, by: User) -> None:
    """Somebody takes the copy out of the house: written down before the first byte goes."""
    request = copy.request
    about = {"file": file.pk}
    note(Kind.TAKEN, by=by, authority_id=request.authority_id, subjects=[request.person_id], counts=about)


def hand_over(*, copy: Copy, how: str, by: User) -> Copy:
    """It was given today, and how; the request is answered. Raises NotRight, NotPermitted."""
    if not how.strip():
        raise NotRight({"how": "Enter how it was given"})
    with changing_copy(copy, Kind.GIVEN, by) as (held, event):
        if held.state == State.GIVEN:
            repeated(event)
            return held
        if held.state != State.SET:
            raise NotRight({"": "The copy is not ready yet"})
        _answered(held, how, by)
        return _moved(held, State.GIVEN, given_on=clock.today(), given_how=how.strip()[:120], given_by=by)


def forget_given(*, day: date) -> dict[str, int]:
    """A copy that was given a month ago does not lie here a second time: its parts and files go, that it was given
    stays."""
    long_ago = day - KEPT_FOR
    old = Copy.objects.filter(state=State.GIVEN, given_on__lt=long_ago).exclude(paper=None, data=None)
    with recorded(Kind.FORGOTTEN, by=None) as event:
        for copy in old.select_related("paper", "data"):
            for file in filter(None, (copy.paper, copy.data)):
                remove(file=file, by=None, why="a copy given a month ago")
            event.counts["copies"] = event.counts.get("copies", 0) + 1
        Entry.objects.filter(copy__state=State.GIVEN, copy__given_on__lt=long_ago).delete()
        return dict(event.counts)


@contextmanager
def changing_copy(copy: Copy, kind: Kind, by: User, why: str = "") -> Iterator[tuple[Copy, AuditEvent]]:
    """One step with a copy, held until the end. Raises NotPermitted."""
    about = copy.request
    with recorded(kind, by=by, authority_id=about.authority_id, subjects=[about.person_id], why=why) as event:
        found = copies_seen_by(by).select_related("request__authority", "request__person")
        held = found.select_for_update(of=("self",)).filter(pk=copy.pk).first()
        if held is None:
            raise NotPermitted(Permission.COPY_GIVE)
        yield held, event


def refuse_read(copy: Copy) -> None:
    if copy.state != State.GATHERED:
        raise NotRight({"": "The copy has been read through. Send it back to change it"})


def _request(request: RightsRequest, by: User) -> RightsRequest:
    found = seen_by(by).select_related("person", "authority").filter(pk=request.pk).first()
    if found is None:
        raise NotPermitted(Permission.COPY_GIVE)
    return found


def _asked(request: RightsRequest, kind: Kind, by: User) -> Job:
    with recorded(kind, by=by, authority_id=request.authority_id, subjects=[request.person_id]):
        seen = _request(request, by)
        return submit(kind=kind, by=by, authority_id=seen.authority_id, payload={"request": seen.pk})


def _entry(copy: Copy, number: int, part: Part) -> Entry:
    return Entry(
        copy=copy,
        number=number,
        at=moment_of(part.at) if part.at else None,
        has_time=isinstance(part.at, datetime),
        about=part.about,
        title=part.title[:240],
        text=part.text,
        came_from=part.came_from[:200],
        names_others=part.names_others,
        service_id=part.service_id,
    )


def _treated(entry: Entry, treatment: Treatment) -> Entry:
    entry.held, entry.is_replaced = treatment.held, treatment.is_replaced
    entry.replaced = treatment.replaced.strip() if treatment.is_replaced else ""
    entry.save(update_fields=["held", "is_replaced", "replaced"])
    return entry


def _moved(copy: Copy, state: str, **said: object) -> Copy:
    for name, value in {"state": state, **said}.items():
        setattr(copy, name, value)
    copy.save(update_fields=["state", *said])
    return copy


def _kept(chunks: Sequence[bytes], name: str, request: RightsRequest, by: User) -> StoredFile:
    return store(
        source=chunks, name=name, purpose="copy of a record", by=by, authority_id=request.authority_id
    )


@transaction.atomic
def _answered(copy: Copy, how: str, by: User) -> None:
    held_back = copy.entries.exclude(held="").exists()
    state = RightsRequest.State.PARTLY if held_back else RightsRequest.State.DONE
    RightsRequest.objects.filter(pk=copy.request_id, state=RightsRequest.State.OPEN).update(
        state=state,
        answered_on=clock.today(),
        answered_by=by,
        outcome=f"The copy was given: {how.strip()}"[:1000],
    )
