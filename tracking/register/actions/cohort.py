"""Leaving the cohort and coming back to it: moved to another council, left England, reached the age, died."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.actions.people import refuse_lost_update, rewritten
from tracking.register.actions.reach import changing, repeated
from tracking.register.kinds import Kind
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight
from tracking.register.statements import Standing
from tracking.rules.codes import AreaKind, CohortKind
from tracking.rules.ruleset import RuleSet

# Nobody is let go before the other council has them (R50): of one that keeps its register here its own word is asked.
ANSWERS_ITSELF = (
    "That council keeps its register here. Propose the move to it: they stay yours until it accepts"
)


def set_cohort_status(*, person: YoungPerson, standing: Standing, version: int, by: User) -> YoungPerson:
    """Say why this young person is or is no longer in the cohort, from a day on; a leaver is in the DfE's
    file of that month once.

    A transfer names the other council, never this one and never "unknown" (errors 13, 35, 41, 42); leaving
    England may name the country; nothing else names anywhere (34). After a death nobody is contacted any
    more. A duplicate is merged, not set here. Raises Conflict, NotRight, NotPermitted.
    """
    rules = ruleset(clock.today())
    with changing(person, Kind.COHORT_STATUS_SET, permission=Permission.TRANSFER, by=by) as (now, event):
        refuse_standing(now, standing, rules)
        asked = {
            "cohort_status": standing.status,
            "cohort_status_on": standing.on,
            "transferred_to_la": standing.to_la,
        }
        differing = {name: value for name, value in asked.items() if getattr(now, name) != value}
        if not differing:
            repeated(event)
            return now
        refuse_lost_update(now, differing, version)
        rewritten(now, differing)
        if rules.cohort_statuses[standing.status].kind is CohortKind.DECEASED:
            leave_in_peace(now, by)
        return now


def refuse_standing(person: YoungPerson, standing: Standing, rules: RuleSet) -> None:
    known = rules.cohort_statuses.get(standing.status)
    if known is None or known.kind is CohortKind.MERGED:
        raise NotRight({"status": "Select what has happened"})
    if standing.on > clock.today():
        raise NotRight({"on": "The day must be today or in the past"})
    area = rules.areas.get(standing.to_la)
    if known.kind is CohortKind.TRANSFERRED:
        moved = area and area.kind in {AreaKind.AUTHORITY, AreaKind.NON_GEOGRAPHIC}
        if not moved or standing.to_la == person.authority.code:
            raise NotRight({"to_la": "Select the other council they moved to"})
        if not person.restricted_on and Authority.objects.filter(code=standing.to_la).exists():
            raise NotRight({"to_la": ANSWERS_ITSELF})
    elif known.kind is CohortKind.LEFT_ENGLAND:
        if standing.to_la and (area is None or area.kind is not AreaKind.OUTSIDE_ENGLAND):
            raise NotRight({"to_la": "Select the country they moved to, or leave it empty"})
    elif standing.to_la:
        raise NotRight(
            {"to_la": "A place moved to goes with moving to another council or leaving England only"}
        )


def leave_in_peace(person: YoungPerson, by: User) -> None:
    """Nobody rings or writes to this family about it again."""
    person.contact_points.update(do_not_use=True)
    person.tasks.filter(done_at__isnull=True).update(done_at=clock.now(), done_by=by, outcome="Closed: died")
