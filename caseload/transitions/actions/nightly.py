"""What the turn of a day brings about for next steps: the autumn's list, and plans that name no place in time."""

from datetime import date, timedelta

from caseload.transitions.actions.starts import draw_up_starts
from caseload.transitions.kinds import Kind
from caseload.transitions.queries.steps import OPEN, of_state, step_rules, to_take
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.audit.actions import recorded
from neet.messages.actions import Letter, send_all
from neet.messages.models import Message
from schools.models import Authority, Membership
from tracking.rules.academic_year import academic_year
from tracking.rules.plan_steps import StepRule

SHARED = "plans_without_a_place"
CAUGHT_UP = timedelta(days=7)


def turn_of_day(*, day: date) -> dict[str, int]:
    """Draw up who is asked about this autumn, and share who has no place named on the day that is due, council by
    council. Done twice, or late, each happens once."""
    counts = {"to_ask": 0, "told": 0}
    for authority in Authority.objects.order_by("pk"):
        counts["to_ask"] += draw_up_starts(authority=authority, on=day)
        counts["told"] += share_without_place(authority=authority, day=day)
    return counts


def share_without_place(*, authority: Authority, day: date) -> int:
    """On the day by which plans name a place, everybody who leads work on cases is told how many of those they see
    have none, and where they stand (R40). No young person is named in it; each is told once a year."""
    rule = due_for_sharing(day)
    if rule is None:
        return 0
    year = academic_year(day)
    with recorded(Kind.PLACES_SHARED, by=None, authority_id=authority.pk) as event:
        sent = Message.objects.filter(template=SHARED, authority_id=authority.pk, facts__year=year)
        told = set(sent.values_list("recipient_id", flat=True))
        letters = [
            Letter(SHARED, ("user", user.pk), authority.pk, {"people": left, "year": year, "step": rule.code})
            for user in leads_of(authority, day)
            if user.pk not in told and (left := left_open(rule, user, day))
        ]
        send_all(letters=letters)
        event.counts = {"messages": len(letters)}
    return len(letters)


def due_for_sharing(day: date) -> StepRule | None:
    """The last step that names a place, in the week from the day it is due."""
    naming = [each for each in step_rules(day) if each.needs_place]
    last = max(naming, key=lambda each: each.order, default=None)
    if last is None:
        return None
    return last if timedelta(0) <= day - last.due_on(academic_year(day)) < CAUGHT_UP else None


def left_open(rule: StepRule, user: User, day: date) -> int:
    return of_state(to_take(rule, user, day), OPEN).count()


def leads_of(authority: Authority, on: date) -> list[User]:
    """Those who lead work on cases here: services, districts, tracking."""
    roles = [
        slug
        for slug, role in ROLES.items()
        if {Permission.CASE_WORK, Permission.ALLOCATE} <= role.permissions
    ]
    held = Membership.objects.running(on).filter(authority=authority, role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))
