"""Asking for a list as a file, agreeing to it, making it, taking it, and forgetting it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded, refused
from neet.files.actions import remove, store
from neet.files.writers import Sheet, csv_chunks, xlsx_bytes
from neet.jobs.actions import submit
from neet.jobs.models import Job
from schools.models import Authority
from tracking.extracts.kinds import Kind
from tracking.extracts.models import Extract
from tracking.extracts.queries import KEPT, extracts_seen_by, needs_agreement, people_of, table_of, too_many
from tracking.reference.queries import ruleset
from tracking.register.queries.narrowing import Wanted

State = Extract.State
PURPOSE = "list taken away"


class CannotTake(Exception):
    """The list cannot be asked for, agreed to or made so; the words are for the page."""


class TooMany(CannotTake):
    """More lists, or longer ones, than one person may take away just now."""


@dataclass(frozen=True)
class Asking:
    """A list asked for: what the register is narrowed to (as its filters say it, and as it is meant), why, for whom,
    and as what kind of file."""

    filters: Mapping[str, str]
    wanted: Wanted
    why: str
    given_to: str
    made_as: str


def ask(*, authority: Authority, asking: Asking, by: User) -> tuple[Extract, Job | None]:
    """Ask for a list. A short one is made at once (the job), a long one waits for somebody else. Whoever asks for more
    than the hour or the day allows is refused, which stands in the trail. Raises CannotTake."""
    try:
        return _ask(authority, asking, by)
    except TooMany as problem:
        refused(by=by, authority_id=authority.pk, why=str(problem))
        raise


def _ask(authority: Authority, asking: Asking, by: User) -> tuple[Extract, Job | None]:
    on = clock.today()
    with recorded(Kind.ASKED, by=by, authority_id=authority.pk, why=asking.why) as event:
        if not scope_of(by).can(Permission.EXPORT):
            raise CannotTake("Your role takes no lists away.")
        number = people_of(by, asking.wanted, on).count()
        if not number:
            raise CannotTake("Nobody is on this list.")
        User.objects.select_for_update().get(pk=by.pk)  # two askings at once are counted one after the other
        if why := too_many(by, number, clock.now(), on):
            raise TooMany(why)
        waits = needs_agreement(number, on)
        made = Extract.objects.create(
            authority=authority, asked_by=by, filters=dict(asking.filters), people=number, why=asking.why,
            given_to=asking.given_to, made_as=asking.made_as, state=State.ASKED if waits else State.AGREED,
        )  # fmt: skip
        event.counts = {"extract": made.pk, "people": number}
        return made, None if waits else _have_made(made, by)


def agree(*, extract: Extract, by: User) -> Job | None:
    """Let a list go: never one's own. It is made for whoever asked, beside the pages; agreed twice is once (no job).
    Raises CannotTake."""
    with recorded(Kind.AGREED, by=by, authority_id=extract.authority_id, counts={"extract": extract.pk}):
        now = _to_decide(extract, by)
        if now.state != State.ASKED:
            return None
        now.state, now.decided_by, now.decided_at = State.AGREED, by, clock.now()
        now.save(update_fields=["state", "decided_by", "decided_at"])
        return _have_made(now, now.asked_by)


def refuse(*, extract: Extract, why: str, by: User) -> Extract:
    """Not let a list go, and why. Raises CannotTake."""
    if not why.strip():
        raise CannotTake("Enter why not")
    with recorded(
        Kind.REFUSED, by=by, authority_id=extract.authority_id, why=why, counts={"extract": extract.pk}
    ):
        now = _to_decide(extract, by)
        if now.state == State.ASKED:
            now.state, now.refused_why, now.decided_by, now.decided_at = (
                State.REFUSED,
                why.strip(),
                by,
                clock.now(),
            )
            now.save(update_fields=["state", "refused_why", "decided_by", "decided_at"])
        return now


def make(*, extract: Extract, wanted: Wanted, by: User, still_mine: Callable[[], None]) -> Extract:
    """The list as a file, of those whoever asked sees at this moment and with the columns they read (objections masked
    as on their screen). Whom it names stands in the trail. Raises CannotTake, CannotStore."""
    on = clock.today()
    if not scope_of(by).can(Permission.EXPORT):
        raise CannotTake("The list is not theirs to take away any more.")
    columns, lines, cells = table_of(by, people_of(by, wanted, on), on)
    if not extract.decided_at and needs_agreement(len(lines), on):
        raise CannotTake("The list has grown so long that somebody else agrees to it. Ask for it again.")
    chunks = (
        csv_chunks(columns, cells)
        if extract.made_as == "csv"
        else [xlsx_bytes(Sheet("List", columns, cells))]
    )
    file = store(
        source=chunks, name=f"list_{on:%Y-%m-%d}.{extract.made_as}", purpose=PURPOSE, by=by,
        authority_id=extract.authority_id,
    )  # fmt: skip
    try:
        with recorded(
            Kind.MADE,
            by=by,
            authority_id=extract.authority_id,
            subjects=[line.pk for line in lines],
            why=extract.why,
        ) as event:
            still_mine()
            event.counts = {"extract": extract.pk, "file": file.pk, "people": len(lines)}
            extract.state, extract.file, extract.people = State.READY, file, len(lines)
            extract.made_at, extract.until_on = clock.now(), on + timedelta(days=ruleset(on).limits[KEPT])
            extract.save(update_fields=["state", "file", "people", "made_at", "until_on"])
    except BaseException:
        remove(file=file, by=by, why="the list was not made")
        raise
    return extract


def note_taken(*, extract: Extract, by: User) -> None:
    """Whoever asked downloads the list: written down before the first byte goes."""
    counts = {"extract": extract.pk, "file": extract.file_id or 0}
    with recorded(Kind.TAKEN, by=by, authority_id=extract.authority_id, counts=counts):
        Extract.objects.filter(pk=extract.pk).update(taken=F("taken") + 1)


def note_failed(*, extract: Extract, by: User, why: str) -> None:
    """The list could not be made; it may be asked for again."""
    with recorded(
        Kind.REFUSED, by=by, authority_id=extract.authority_id, why=why, counts={"extract": extract.pk}
    ):
        Extract.objects.filter(pk=extract.pk, state=State.AGREED).update(state=State.FAILED)


def forget_old(*, day: date) -> dict[str, int]:
    """Take the files away whose days are over; that they were made stays."""
    old = Extract.objects.filter(state=State.READY, until_on__lt=day).select_related("file")
    with recorded(Kind.FORGOTTEN, by=None) as event:
        over = list(old)
        Extract.objects.filter(pk__in=[each.pk for each in over]).update(state=State.GONE, file=None)
        for each in over:
            if each.file:
                remove(file=each.file, by=None, why="a list whose days are over")
        event.counts = {"extracts": len(over)}
    return {"extracts": len(over)}


def _to_decide(extract: Extract, by: User) -> Extract:
    """The list, held until the end, by somebody who may agree to it and did not ask for it. Raises CannotTake."""
    places = [place.authority_id for place in scope_of(by).where(Permission.EXPORT_APPROVE)]
    found = (
        extracts_seen_by(by)
        .select_for_update(of=("self",))
        .filter(pk=extract.pk, authority__in=places)
        .first()
    )
    if found is None:
        raise CannotTake("Your role does not agree to lists.")
    if found.asked_by_id == by.pk:
        raise CannotTake("Somebody else agrees to it: you asked for it yourself.")
    return found


def _have_made(extract: Extract, owner: User | None) -> Job:
    payload = {"extract": extract.pk}
    return submit(kind=str(Kind.MAKING), by=owner, authority_id=extract.authority_id, payload=payload)
