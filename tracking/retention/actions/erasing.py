"""Erasing a released list, some at a time, and the certificate of it."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.documents.pdf import pdf_of
from neet.files.actions import store
from tracking.retention import classes
from tracking.retention.actions.taking_away import take_away
from tracking.retention.kinds import Kind
from tracking.retention.models import ErasureLine, ErasureRun, Tombstone
from tracking.retention.queries import HELD, ClassDue, holding, judged
from tracking.rules.retention import CLASS_WORDS, RecordClass

CHUNK = 500
TEMPLATE = "tracking/retention/certificate.html"
PURPOSE = "erasure certificate"
STILL_DUE = "select j.id from ({judged}) j where j.erased_on <= %(on)s and {held} = ''"
HELD_NOW = "select j.id, {held} from unnest(%(people)s::bigint[]) as j (id)"


def people_after(run: ErasureRun, last: int) -> list[int]:
    """The next of a list's people to be erased."""
    left = run.lines.filter(held=ErasureLine.Held.NO, person__gt=last).order_by("person_id")
    return list(left.values_list("person_id", flat=True)[:CHUNK])


def erase_some(*, run: ErasureRun, people: Sequence[int], by: User | None, on: date) -> int:
    """Erase some of a released list: those whose time is still over and whom nothing holds today. The others stay, and
    the list says why. Says how many went."""
    with recorded(Kind.ERASED, by=by, authority_id=run.authority_id, subjects=people) as event:
        held = _held_now(run, people, on)
        going = _still(run, held, on)
        _say_who_stays(run, {pk: why for pk, why in held.items() if pk not in going})
        gone, counts = take_away(people=going, run=run, by=by)
        done: Counter[str] = Counter(run.counts.get("erased", {}))
        done.update({"young_person": len(going), "rows": sum(counts.values()), "files": counts["files"]})
        run.counts = {**run.counts, "erased": dict(done)}
        run.save(update_fields=["counts"])
        event.subjects, event.counts = gone or list(people), {"run": run.pk, "people": len(going)}
    return len(going)


def erase_class(*, run: ErasureRun, each: ClassDue, by: User | None, on: date) -> int:
    """Erase what is over of one class beside people, less what names somebody who is on hold today, or may name them.
    Says how many went."""
    kind = each.rule.record_class
    with recorded(Kind.CLASS_ERASED, by=by, authority_id=run.authority_id, why=str(kind)) as event:
        held = holding(run.authority_id, on)
        went = classes.take(classes.ClassOver(kind, run.authority_id, each.until, held), by)
        done = {**run.counts.get("erased", {}), str(kind): went}
        run.counts = {**run.counts, "erased": done}
        run.save(update_fields=["counts"])
        event.counts = {"run": run.pk, "things": went}
    return went


def certify(*, run: ErasureRun, by: User | None) -> ErasureRun:
    """Say what was erased: classes, numbers, rules, who released it, a fingerprint; no name of anybody erased."""
    with recorded(Kind.CERTIFIED, by=by, authority_id=run.authority_id, counts={"run": run.pk}):
        run.finished_at = clock.now()
        run.state = ErasureRun.State.DONE
        run.digest = fingerprint(run)
        shown = {"run": run, "erased": erased_words(run), "council": run.authority, "alone": _alone(run)}
        name = f"erasure-{run.authority.code}-{run.pk}.pdf"
        run.certificate = store(
            source=[pdf_of(TEMPLATE, shown)], name=name, purpose=PURPOSE, by=by, authority_id=run.authority_id
        )
        run.save(update_fields=["state", "finished_at", "digest", "certificate"])
    return run


def fingerprint(run: ErasureRun) -> str:
    """Equal facts, equal fingerprint: what the certificate says, and the meaningless numbers of whoever was erased."""
    stones = Tombstone.objects.filter(run=run).order_by("ref").values_list("ref", flat=True)
    said: dict[str, Any] = {
        "run": run.pk,
        "council": run.authority.code,
        "cause": run.cause,
        "as_of": run.as_of.isoformat(),
        "rules": run.rules,
        "erased": run.counts.get("erased", {}),
        "proposed_by": run.proposed_by_id,
        "released_by": run.released_by_id,
        "stones": [str(ref) for ref in stones],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def erased_words(run: ErasureRun) -> list[tuple[str, int]]:
    """What went, by class, in words."""
    done = run.counts.get("erased", {})
    return [(CLASS_WORDS[each], done[each]) for each in RecordClass if done.get(each)]


def _alone(run: ErasureRun) -> bool:
    return run.released_by_id is not None and run.released_by_id == run.proposed_by_id


def _held_now(run: ErasureRun, people: Sequence[int], on: date) -> dict[int, str]:
    """What holds each of these people today, if anything."""
    asked: dict[str, Any] = {"people": list(people), "on": on, "authority": run.authority_id}
    with connection.cursor() as cursor:
        cursor.execute(HELD_NOW.format(held=HELD), asked)
        return dict(cursor.fetchall())


def _still(run: ErasureRun, held: Mapping[int, str], on: date) -> list[int]:
    """Those whom today's rules and holds still let go; who is erased for a reason of their own waits for holds only."""
    if run.cause != ErasureRun.Cause.TIME:
        return sorted(pk for pk, why in held.items() if why != ErasureLine.Held.HOLD)
    statement, asked = judged(run.authority, on, list(held))
    with connection.cursor() as cursor:
        cursor.execute(STILL_DUE.format(judged=statement, held=HELD), asked)
        return sorted(row[0] for row in cursor.fetchall())


def _say_who_stays(run: ErasureRun, held: Mapping[int, str]) -> None:
    """Who is held now is marked so; whoever's time is not over any more leaves the list."""
    for why in sorted(set(held.values())):
        lines = run.lines.filter(person__in=[pk for pk, each in held.items() if each == why])
        if why:
            lines.update(held=why)
        else:
            lines.delete()
