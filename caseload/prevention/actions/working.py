"""What happens to entries of the at-risk list: who looks after them, who takes them over, how they end."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest

from caseload.prevention.kinds import Kind
from caseload.prevention.models import AtRisk, RiskFact
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from schools.models import Service
from tracking.register.actions.reach import within_reach
from tracking.register.models import Responsibility, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

DAY = timedelta(days=1)
LEAD = Responsibility.Kind.LEAD
NOBODY_TICKED = {"": "Tick at least one young person who is at risk now"}


@contextmanager
def working_with(
    entries: Collection[int], kind: Kind, *, permission: Permission, by: User
) -> Iterator[tuple[QuerySet[AtRisk], list[int], AuditEvent]]:
    """These entries as they are now, those that ended left out, with the young people, and one event. The people's
    rows are held. Raises NotPermitted where one of them is out of reach, NotRight where nothing is left."""
    asked = AtRisk.objects.filter(pk__in=entries, ends_on=None).order_by("pk")
    people = sorted(asked.values_list("person_id", flat=True))
    if not people:
        raise NotRight(NOBODY_TICKED)
    authority_id = YoungPerson.objects.values_list("authority_id", flat=True).get(pk=people[0])
    with recorded(kind, by=by, authority_id=authority_id, subjects=people) as event:
        held = within_reach(by, permission).filter(pk__in=people, authority=authority_id)
        if len(held.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)) < len(
            people
        ):
            raise NotPermitted(permission)
        yield AtRisk.objects.filter(pk__in=entries, ends_on=None), people, event


def share_out(*, entries: Collection[int], service: Service | None, worker: User | None, by: User) -> int:
    """A service or one worker looks after them while they are at risk; how many. Raises NotRight, NotPermitted."""
    if service is None and worker is None:
        raise NotRight({"service": "Select a service or a worker"})
    with working_with(entries, Kind.SHARED_OUT, permission=Permission.CASE_WORK, by=by) as (now, _, event):
        if service and service.authority_id != event.authority_id:
            raise NotRight({"service": "Select a service of this council"})
        return now.update(**{name: each for name, each in (("service", service), ("worker", worker)) if each})


def hand_over(*, entries: Collection[int], service: Service, by: User) -> int:
    """The service leads for them from today and they leave the at-risk list: nobody is tracked by two (R74). How many
    were handed over. Four statements whatever their number. Raises NotRight, NotPermitted."""
    with working_with(entries, Kind.HANDED_OVER, permission=Permission.ALLOCATE, by=by) as (
        now,
        people,
        event,
    ):
        if service.authority_id != event.authority_id:
            raise NotRight({"service": "Select a service of this council"})
        event.counts["service"] = service.pk
        _lead(people, service)
        return now.update(service=service, ends_on=clock.today(), ended=AtRisk.Ended.HANDED_OVER, ended_by=by)


def _lead(people: list[int], service: Service) -> None:
    """Whoever led before stops the day before, never before they began."""
    today = clock.today()
    leads = Responsibility.objects.filter(person__in=people, kind=LEAD, ends_on=None)
    leads.exclude(service=service).update(ends_on=Greatest("starts_on", Value(today - DAY)))
    led = set(leads.filter(service=service).values_list("person_id", flat=True))
    Responsibility.objects.bulk_create(
        Responsibility(person_id=person, service=service, kind=LEAD, starts_on=today)
        for person in people
        if person not in led
    )


def end_many(*, entries: Collection[int], ended: str, by: User) -> int:
    """They are not at risk any more, and how it came; how many. What was entered by mistake no longer counts among the
    points. Raises NotRight, NotPermitted."""
    if ended not in AtRisk.Ended.values or ended == AtRisk.Ended.HANDED_OVER:
        raise NotRight({"ended": "Select how it ended"})
    with working_with(entries, Kind.ENDED, permission=Permission.CASE_WORK, by=by) as (now, people, event):
        event.counts[ended] = len(people)
        if ended == AtRisk.Ended.MISTAKE:
            RiskFact.objects.filter(person__in=people, until=None).update(until=clock.today())
        return now.update(ends_on=clock.today(), ended=ended, ended_by=by)
