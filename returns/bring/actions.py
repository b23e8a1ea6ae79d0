"""Bringing a register: a file is tried out, taken in, and taken back if need be."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.db import connection, transaction

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.models import StoredFile
from neet.jobs.actions import submit
from neet.jobs.models import Job
from returns.bring.kinds import Kind
from returns.bring.models import Load, NotTaken
from returns.bring.outcome import CannotTake, Outcome, Problem
from returns.bring.queries import work_of
from returns.bring.returned import take_return
from returns.bring.sheets import take_sheet
from schools.models import Authority

BEFORE = {Kind.TRIED: Load.State.WAITING, Kind.TAKEN: Load.State.TRIED, Kind.UNDONE: Load.State.TAKEN}
STAYS = "stays"  # among a load's counts: how much of it stayed when it was taken back


@dataclass(frozen=True)
class Undone:
    """What taking a load back did to one table, and how many rows stay because something changed since."""

    table: str
    put_back: int
    removed: int
    left: int


class NotNow(Exception):
    """The load is not in the state this asks for; the words say where it stands."""


class _TriedOut(Exception):
    """Ends a trial: everything it did is rolled back."""


def bring(*, kind: str, file: StoredFile, authority: Authority, by: User) -> Load:
    """A stored file becomes a load that waits to be tried out (R154). Brought twice before it was taken in, it is
    the load it was already."""
    with recorded(Kind.BROUGHT, by=by, authority_id=authority.pk, counts={"bytes": file.size}):
        Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
        not_taken_in = [Load.State.WAITING, Load.State.TRIED]
        before = Load.objects.filter(
            authority=authority, kind=kind, sha256=file.sha256, state__in=not_taken_in
        ).first()
        return before or Load.objects.create(
            authority=authority, kind=kind, file=file, sha256=file.sha256, brought_by=by
        )


def ask_for(*, kind: Kind, load: Load, by: User, why: str = "") -> Job | None:
    """Have a load tried out, taken in or taken back (`why` is kept) beside the pages; None where it is not in the
    state for it, or somebody asked already."""
    with transaction.atomic():
        now = Load.objects.select_for_update(of=("self",)).get(pk=load.pk)
        if now.state != BEFORE[kind] or work_of(load).filter(state__in=Job.OPEN).exists():
            return None
        if kind == Kind.UNDONE:
            Load.objects.filter(pk=now.pk).update(undone_why=why)
        return submit(
            kind=kind,
            by=by,
            authority_id=now.authority_id,
            payload={"load": now.pk},
            queue=Job.Queue.LARGE,
        )


def try_out(*, load: Load, by: User | None) -> Load:
    """Do all that taking in would do, keep the counts and what would not be taken, and roll the rest back.

    A file that cannot be read leaves the load refused, with the reason. Raises NotNow.
    """
    with recorded(Kind.TRIED, by=by, authority_id=load.authority_id) as event:
        load = _locked(load, Load.State.WAITING, Load.State.TRIED)
        try:
            outcome = _trial(load)
        except CannotTake as reason:
            load.state, load.refusal = Load.State.REFUSED, str(reason)
        else:
            load.state = Load.State.TRIED
            _keep(load, outcome)
            event.counts = _shown(outcome.counts)
        load.save()
    return load


def take_in(*, load: Load, by: User | None) -> Load:
    """Take a file that was tried out into the register, in one act. The same file again changes nothing.

    Raises NotNow, and CannotTake where it can no longer be read.
    """
    with recorded(Kind.TAKEN, by=by, authority_id=load.authority_id) as event:
        load = _locked(load, Load.State.TRIED)
        outcome = _taken(load)
        load.state, load.event_id, load.taken_at = Load.State.TAKEN, event.pk, clock.now()
        _keep(load, outcome)
        load.save()
        event.counts = _shown(outcome.counts)
    return load


def take_return_at_once(*, file: BinaryIO, authorities: Mapping[str, Authority], by: User | None) -> Load:
    """Take a DfE return in without a trial, as the command line does. Raises CannotTake: nothing is taken."""
    whose = next(iter(authorities.values())) if len(authorities) == 1 else None
    with recorded(Kind.TAKEN, by=by, authority_id=whose.pk if whose else None) as event:
        outcome = take_return(file, authorities)
        load = Load.objects.create(
            authority=whose,
            kind=Load.Kind.RETURN,
            state=Load.State.TAKEN,
            sha256=_fingerprint(file),
            event_id=event.pk,
            brought_by=by,
            taken_at=clock.now(),
        )
        _keep(load, outcome)
        load.save()
        event.counts = _shown(outcome.counts)
    return load


def undo_load(*, load: Load, by: User | None, why: str = "") -> list[Undone]:
    """Take a load back: what it changed goes back where its change is still the current one, what it added goes
    where nothing else has come to depend on it. Raises NotNow."""
    with recorded(Kind.UNDONE, by=by, authority_id=load.authority_id, why=why) as event:
        load = _locked(load, Load.State.TAKEN)
        with connection.cursor() as cursor:
            cursor.execute("select * from tracking_undo(%s)", [load.event_id])
            done = [Undone(name, back, gone, len(left)) for name, back, gone, left in cursor.fetchall()]
        load.state, load.undone_at, load.undone_why = Load.State.UNDONE, clock.now(), why
        load.counts = {**load.counts, STAYS: sum(each.left for each in done)}
        load.save(update_fields=["state", "undone_at", "undone_why", "counts"])
        event.counts = {each.table: each.put_back + each.removed for each in done}
    return done


def discard(*, load: Load, by: User) -> None:
    """Set a file aside that was not taken in. Raises NotNow."""
    with recorded(Kind.DISCARDED, by=by, authority_id=load.authority_id):
        load = _locked(load, Load.State.WAITING, Load.State.TRIED, Load.State.REFUSED)
        load.state = Load.State.DISCARDED
        load.save(update_fields=["state"])


def _locked(load: Load, *states: str) -> Load:
    now = Load.objects.select_for_update(of=("self",)).select_related("file", "authority").get(pk=load.pk)
    if now.state not in states:
        raise NotNow(f"This file is {now.get_state_display().lower()}.")
    return now


def _trial(load: Load) -> Outcome:
    outcome: list[Outcome] = []
    try:
        with transaction.atomic():
            outcome.append(_taken(load))
            raise _TriedOut
    except _TriedOut:
        return outcome[0]


def _taken(load: Load) -> Outcome:
    if load.authority is None or load.file is None or not load.file.path.exists():
        raise CannotTake("The file is no longer here. Bring it again.")
    if load.kind == Load.Kind.RETURN:
        with load.file.path.open("rb") as file:
            return take_return(file, {load.authority.code: load.authority})
    return take_sheet(load.kind, load.file.path, load.authority)


def _keep(load: Load, outcome: Outcome) -> None:
    load.counts, load.period_end = dict(outcome.counts), outcome.period_end
    load.not_taken.all().delete()
    NotTaken.objects.bulk_create(_rows(load, outcome.problems), batch_size=2000)


def _rows(load: Load, problems: Iterable[Problem]) -> list[NotTaken]:
    return [
        NotTaken(
            load=load,
            row=problem.row,
            number=problem.number,
            field=problem.field,
            value=problem.value[:200],
            why=problem.why,
            whole_row=problem.whole_row,
        )
        for problem in problems
    ]


def _shown(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _fingerprint(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()
