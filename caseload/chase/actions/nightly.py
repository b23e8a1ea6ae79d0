"""What the turn of a day brings about for calls: whoever is about to finish something short is a task in good time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from caseload.chase.kinds import Kind
from caseload.chase.queries.people import may_be_asked
from neet import clock
from neet.audit.actions import recorded
from neet.ui.words import day as day_words
from schools.models import Authority
from tracking.models import Task
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Activity, Responsibility, YoungPerson
from tracking.rules.chase import ContactRule

NEXT_STEP = "next_step"
NO_LONGER = "It ends on another day, or something else is known since"


def tasks_of_the_day(*, day: date) -> dict[str, int]:
    """A task for each young person whose short course or the like is expected to end within the days that the contact
    protocol names, so that the next step is offered in time (R80); it is whoever's who leads. Each end is asked about
    once, and is no task any more once it has moved or something else is known.

    Three statements for each council, however many people; done twice it changes nothing.
    """
    counts = {"tasks": 0, "done": 0}
    with recorded(Kind.NEXT_STEPS, by=None) as event:
        for authority in Authority.objects.order_by("pk"):
            ending = _expected_to_end(authority, day)
            counts["done"] += _no_longer(authority, ending)
            counts["tasks"] += _ask(authority, ending, day)
        event.counts = dict(counts)
    return counts


def _expected_to_end(authority: Authority, day: date) -> QuerySet[Activity]:
    """What the protocol names and is expected to end soon, or has by now, where nothing is known to follow."""
    people = YoungPerson.objects.of(authority).filter(may_be_asked(day), restricted_on=None)
    later = Activity.objects.filter(
        person=OuterRef("person"), is_primary=True, starts_on__gt=OuterRef("starts_on")
    )
    named = _named(ruleset(day).protocol(authority.code), day)
    found = Activity.objects.filter(named, is_primary=True, person__in=people.values("pk"))
    ends = Cast("predicted_end_on", CharField())
    cause = Concat(Value("activity "), Cast("pk", CharField()), Value(" until "), ends)
    return found.filter(~Exists(later)).annotate(cause=cause)


def _named(rules: Iterable[ContactRule], day: date) -> Q:
    found = Q(pk__in=[])
    for each in rules:
        if each.before_end_days:
            until = day + timedelta(days=each.before_end_days)
            found |= Q(code__in=sorted(each.activities), predicted_end_on__lte=until)
    return found


def _no_longer(authority: Authority, ending: QuerySet[Any, Any]) -> int:
    open_tasks = Task.objects.filter(authority=authority, kind=NEXT_STEP, done_at=None)
    over = open_tasks.exclude(cause__in=ending.order_by().values("cause"))
    return over.update(done_at=clock.now(), outcome=NO_LONGER)


def _ask(authority: Authority, ending: QuerySet[Activity], day: date) -> int:
    had = Task.objects.filter(person=OuterRef("person"), kind=NEXT_STEP, cause=OuterRef("cause"))
    lead = Responsibility.objects.filter(
        open_on(day), person=OuterRef("person"), kind=Responsibility.Kind.LEAD
    ).order_by("-starts_on", "-pk")
    rows = (
        ending.filter(open_on(day), ~Exists(had), predicted_end_on__gte=day)
        .annotate(service=Subquery(lead.values("service")[:1]), owner=Subquery(lead.values("user")[:1]))
        .order_by("predicted_end_on", "pk")
        .values_list("person", "cause", "code", "predicted_end_on", "service", "owner")
    )
    known = ruleset(day).activities
    tasks = [
        Task(
            authority=authority,
            person_id=person,
            kind=NEXT_STEP,
            cause=cause,
            words=f"Offer the next step: “{known[code].plain_words}” ends on {day_words(ends)}"[:240],
            service_id=service,
            owner_id=owner,
            due_on=ends,
        )
        for person, cause, code, ends, service, owner in rows
    ]
    return len(Task.objects.bulk_create(tasks, ignore_conflicts=True))
