"""What a person decides about a case: who answers after all, what is offered, who works with them."""

from collections.abc import Iterable
from datetime import date, timedelta

from caseload.allocation.actions.months import open_still
from caseload.allocation.actions.settling import allowed, lead
from caseload.allocation.kinds import Kind
from caseload.allocation.models import Case, MonthRun
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.audit.actions import recorded
from schools.models import Membership, Service
from tracking.register.actions.reach import locked, repeated, within_reach
from tracking.register.models import Responsibility
from tracking.register.refusals import NotPermitted, NotRight

CANNOT = frozenset({Case.State.MOVED_ON, Case.State.HANDED_BACK})


def decide(
    *, case: Case, service: Service, why: str, by: User, offer: str = "", on: date | None = None
) -> Case:
    """A person says which service answers, and why; with `offer` also how much support. Rules asked again leave it.

    Settles a conflict and overrides a rule alike (R62). Who was handed back comes back with an offer. Raises NotRight,
    NotPermitted.
    """
    check(case, service, why, offer)
    with recorded(Kind.DECIDED, by=by, authority_id=service.authority_id, subjects=[case.person_id]) as event:
        locked(case.person, by=by, permission=Permission.ALLOCATE)
        open_still(case.run)
        now = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        wanted = (service.pk, why.strip(), offer or now.offer, Case.State.ALLOCATED)
        if (now.service_id, now.why_decided, now.offer, now.state) == wanted:
            repeated(event)
            return now
        if now.state in CANNOT and not offer:
            raise NotRight({"service": "They are no longer a case this month"})
        take(now, service, why.strip(), offer, by)
        lead([now.pk], on or clock.today())
        now.refresh_from_db()
        return now


def check(case: Case, service: Service, why: str, offer: str) -> None:
    if not why.strip():
        raise NotRight({"why": "Enter why"})
    if service.authority_id != case.person.authority_id:
        raise NotRight({"service": "Select a service of this council"})
    if offer and offer not in Case.Offer.values:
        raise NotRight({"offer": "Select how much support they get"})


def take(case: Case, service: Service, why: str, offer: str, by: User) -> None:
    """Write down what the person decided; an offer decided by a person names no rule, so no night takes it away."""
    if case.service_id != service.pk:
        case.worker = None
    case.service, case.state, case.ended_on = service, Case.State.ALLOCATED, None
    case.decided_by, case.why_decided = by, why
    if offer and offer != case.offer:
        case.offer, case.offer_rule = offer, ""
    case.save()


def assign(*, run: MonthRun, cases: Iterable[int], worker: User | None, by: User) -> int:
    """Give cases to one worker of the service that answers for them, or to nobody; how many changed hands.

    All of them are of one service. Raises NotRight where the worker does not work there, NotPermitted where one of
    the cases is not this user's to give.
    """
    allowed(by, run.authority_id)
    with recorded(Kind.WORKERS_ASSIGNED, by=by, authority_id=run.authority_id) as event:
        open_still(run)
        held = list(
            Case.objects.select_for_update(of=("self",))
            .running()
            .filter(run=run, pk__in=list(cases))
            .filter(person__in=within_reach(by, Permission.ALLOCATE).values("pk"))
        )
        refuse_worker(held, set(cases), worker)
        event.subjects = [each.person_id for each in held]
        changing = [each.pk for each in held if each.worker_id != (worker.pk if worker else None)]
        hand_over(changing, worker)
        event.counts = {"cases": len(held), "changed": len(changing)}
        return len(changing)


def refuse_worker(held: list[Case], asked: set[int], worker: User | None) -> None:
    if not asked:
        raise NotRight({"": "Tick the young people first"})
    if {each.pk for each in held} != asked:
        raise NotPermitted(Permission.ALLOCATE)
    services = {each.service_id for each in held}
    if len(services) > 1:
        raise NotRight({"": "Tick young people of one service only"})
    if worker and not works_in(worker, services.pop()):
        raise NotRight({"worker": "Select somebody who works in that service"})


def works_in(worker: User, service_id: int | None) -> bool:
    """Whether they hold a role there today that works on cases."""
    roles = [slug for slug, role in ROLES.items() if Permission.CASE_WORK in role.permissions]
    places = Membership.objects.running(clock.today()).filter(user=worker, service=service_id)
    return worker.is_active and places.filter(role__in=roles).exists()


def hand_over(cases: list[int], worker: User | None) -> None:
    """The worker stands on the case and on the service's lead alike: from today, and before it who it was."""
    today = clock.today()
    changing = Case.objects.filter(pk__in=cases)
    changing.update(worker=worker)
    leads = Responsibility.objects.filter(
        kind=Responsibility.Kind.LEAD,
        ends_on=None,
        person__in=changing.values("person"),
        service__in=changing.values("service"),
    )
    leads.filter(starts_on__gte=today).update(user=worker)
    leads.filter(starts_on__lt=today).update(ends_on=today - timedelta(days=1))
    lead(cases, today, ["begun"])
