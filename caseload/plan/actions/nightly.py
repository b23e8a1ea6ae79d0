"""What the turn of a day brings about for the plan: a new year goes on from the last, items follow their posts."""

from datetime import date

from caseload.plan.actions.year import answered_for, set_up_year
from caseload.plan.kinds import Kind
from caseload.plan.queries.items import KIND, tasks_of
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.register.models import Task
from tracking.rules.academic_year import academic_year


def plan_of_the_day(*, day: date) -> dict[str, int]:
    """Set the new year up where the last one had a plan, and hand each open item to whoever answers for it today.

    Done twice, or late, each happens once.
    """
    counts = {"set_up": 0, "handed_on": 0}
    year = academic_year(day)
    planning = Authority.objects.filter(tasks__kind=KIND, tasks__person=None).distinct().order_by("pk")
    for authority in planning:
        if not tasks_of(authority.pk, year).exists():
            counts["set_up"] += set_up_year(authority=authority, year=year, on=day, by=None)
        counts["handed_on"] += hand_on(authority=authority, day=day)
    return counts


def hand_on(*, authority: Authority, day: date) -> int:
    """Every open item of the plan is whose its post is today: the holder's, or the deputy's while they are away. How
    many changed hands."""
    with recorded(Kind.HANDED_ON, by=None, authority_id=authority.pk) as event:
        still = Task.objects.select_for_update(of=("self",)).filter(
            authority=authority, kind=KIND, person=None, done_at=None
        )
        changing = answered_for(authority, still.order_by("pk"), day)
        Task.objects.bulk_update(changing, ["owner"], batch_size=500)
        event.counts = {"items": len(changing)}
    return len(changing)
