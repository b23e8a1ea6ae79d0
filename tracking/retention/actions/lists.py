"""Lists of whose time is over: made every night or when asked for, proposed by one person and released by another."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Q

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from schools.models import Authority
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.retention import classes
from tracking.retention.kinds import Kind
from tracking.retention.models import Archived, ErasureLine, ErasureRun
from tracking.retention.queries import (
    HELD,
    classes_due,
    holding,
    judged,
    needs_second,
    rules_on,
    standing_holds,
    tally,
)

Cause, State = ErasureRun.Cause, ErasureRun.State

KEEP_LINES = """
    insert into tracking_erasureline (run_id, person_id, rule, due_on, held)
    select %(run)s, j.id, j.rule, j.erased_on, {held} from ({judged}) j where j.erased_on <= %(on)s
"""
PUT_AWAY = """
    insert into tracking_archived (person_id, since)
    select j.id, j.archived_on from ({judged}) j where j.archived_on <= %(on)s and {held} <> 'in_work'
    on conflict (person_id) do nothing
"""
BRING_BACK = """
    delete from tracking_archived a using tracking_youngperson p
    where p.id = a.person_id and p.authority_id = %(authority)s and not exists (
      select from ({judged}) j where j.id = a.person_id and j.archived_on <= %(on)s and {held} <> 'in_work')
"""


def may_erase(authority_id: int, by: User) -> None:
    """Raises NotPermitted for whoever does not erase in this council."""
    if not any(place.authority_id == authority_id for place in scope_of(by).where(Permission.ERASE)):
        raise NotPermitted(Permission.ERASE)


def archive(*, authority: Authority, on: date) -> tuple[int, int]:
    """Put records away whose time in everyday lists is over, and bring back those of which something was recorded
    since: how many of each."""
    statement, asked = judged(authority, on)
    parts = {"judged": statement, "held": HELD}
    with recorded(Kind.ARCHIVED, by=None, authority_id=authority.pk) as event, connection.cursor() as cursor:
        cursor.execute(PUT_AWAY.format(**parts), asked)
        away = cursor.rowcount
        back = 0
        if Archived.objects.filter(person__authority=authority).exists():
            cursor.execute(BRING_BACK.format(**parts), asked)
            back = cursor.rowcount
        event.counts = {"put_away": away, "brought_back": back}
    return away, back


@transaction.atomic
def list_due(*, authority: Authority, on: date, by: User | None) -> ErasureRun | None:
    """Make the list of whose time is over on a day, in place of an older one that nobody proposed; the one that waits
    or is being erased stays. None where nothing is over."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    standing = ErasureRun.objects.filter(authority=authority, cause=Cause.TIME, state__in=ErasureRun.OPEN)
    if waiting := standing.filter(state__in=(State.PROPOSED, State.RELEASED)).first():
        return waiting
    with recorded(Kind.LISTED, by=by, authority_id=authority.pk) as event:
        standing.filter(state=State.LISTED).delete()
        run = ErasureRun.objects.create(
            authority=authority, as_of=on, listed_by=by, rules=_rules(authority, on)
        )
        statement, asked = judged(authority, on)
        with connection.cursor() as cursor:
            cursor.execute(KEEP_LINES.format(judged=statement, held=HELD), {**asked, "run": run.pk})
        run.counts = {"due": _due(run)}
        run.save(update_fields=["counts"])
        event.counts = {"run": run.pk, "people": run.counts["due"]["young_person"]}
        if not any(run.counts["due"].values()) and not run.lines.exists():
            run.delete()
            return None
    return run


def ask_to_erase(*, person: YoungPerson, cause: str, why: str, by: User) -> ErasureRun:
    """Propose that one person's record be erased because they asked for it (UK GDPR article 17), or because it should
    not be there. Raises NotRight while a hold stands or without a reason, NotPermitted."""
    may_erase(person.authority_id, by)
    if cause not in (Cause.RIGHT, Cause.WRONG):
        raise NotRight({"cause": "Select why it is to be erased"})
    if not why.strip():
        raise NotRight({"why": "Enter the reason"})
    on = clock.today()
    if standing_holds(person.authority_id, on).filter(Q(person=person) | Q(person__isnull=True)).exists():
        raise NotRight({"": "This record is on legal hold. Nothing of it is erased while the hold stands."})
    if ErasureLine.objects.filter(person=person, run__state__in=(State.PROPOSED, State.RELEASED)).exists():
        raise NotRight({"": "This record stands on a list that waits already."})
    with recorded(
        Kind.PROPOSED, by=by, authority_id=person.authority_id, subjects=[person.pk], why=cause
    ) as event:
        now = clock.now()
        run = ErasureRun.objects.create(
            authority_id=person.authority_id, cause=cause, state=State.PROPOSED, as_of=on, why=why.strip(),
            listed_by=by, proposed_by=by, proposed_at=now, counts={"due": {"young_person": 1}},
        )  # fmt: skip
        ErasureLine.objects.create(run=run, person=person, rule=cause, due_on=on)
        event.counts = {"run": run.pk}
    return run


def propose(*, run: ErasureRun, by: User) -> ErasureRun:
    """Say that a list was looked at and may be erased. Raises NotRight, NotPermitted."""
    may_erase(run.authority_id, by)
    with recorded(Kind.PROPOSED, by=by, authority_id=run.authority_id, counts={"run": run.pk}):
        now = _held(run, State.LISTED)
        now.state, now.proposed_by, now.proposed_at = State.PROPOSED, by, clock.now()
        now.save(update_fields=["state", "proposed_by", "proposed_at"])
    return now


def release(*, run: ErasureRun, why: str, by: User) -> Job:
    """Have a list erased. Two people do it, unless the council said otherwise: then whoever proposed it says why they
    do it alone. Raises NotRight, NotPermitted."""
    may_erase(run.authority_id, by)
    with recorded(Kind.RELEASED, by=by, authority_id=run.authority_id, why=why, counts={"run": run.pk}):
        now = _held(run, State.PROPOSED)
        if now.proposed_by_id == by.pk:
            if needs_second(now.authority_id):
                raise NotRight(
                    {"": "Somebody else has to look at this list and release it: you proposed it."}
                )
            if not why.strip():
                raise NotRight({"why": "Enter why you do this alone"})
        now.state, now.released_by, now.released_at = State.RELEASED, by, clock.now()
        now.released_why = why.strip()
        job = submit(kind=Kind.ERASED, by=by, authority_id=now.authority_id, payload={"run": now.pk})
        now.job_id = job.pk
        now.save(update_fields=["state", "released_by", "released_at", "released_why", "job_id"])
    return job


def call_off(*, run: ErasureRun, by: User) -> ErasureRun:
    """A list is not erased after all. The night makes a new one. Raises NotRight, NotPermitted."""
    may_erase(run.authority_id, by)
    with recorded(Kind.LEFT, by=by, authority_id=run.authority_id, counts={"run": run.pk}):
        now = _held(run, State.LISTED, State.PROPOSED)
        now.lines.all().delete()
        now.state, now.finished_at = State.LEFT, clock.now()
        now.save(update_fields=["state", "finished_at"])
    return now


def _held(run: ErasureRun, *states: str) -> ErasureRun:
    """The list as it is now, ours until the transaction ends. Raises NotRight where somebody was quicker."""
    now = ErasureRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if now.state not in states:
        raise NotRight(
            {"": f"Somebody was quicker: this list is marked \u201c{now.get_state_display()}\u201d."}
        )
    return now


def _due(run: ErasureRun) -> dict[str, int]:
    """How many of each class are over; what names or may name somebody who is held is not counted."""
    found = {"young_person": sum(tally(run)["going"].values())}
    held = holding(run.authority_id, run.as_of)
    for each in classes_due(run.authority, run.as_of):
        kind = each.rule.record_class
        found[str(kind)] = classes.due(classes.ClassOver(kind, run.authority_id, each.until, held))
    return found


def _rules(authority: Authority, on: date) -> list[dict[str, object]]:
    return [
        {
            "code": rule.code,
            "words": rule.words,
            "record_class": str(rule.record_class),
            "clock": str(rule.clock),
            "months": rule.erase_months,
            "why": rule.why,
        }
        for rule in rules_on(authority, on)
    ]
