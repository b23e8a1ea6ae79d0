"""Each service says who of its Year 11 and 12 is still theirs (R141): its people, its answers, how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from caseload.transitions.models import CohortAnswer
from caseload.transitions.queries.people import (
    BEFORE_LEAVING,
    WORKS_WITH,
    Found,
    in_years,
    lines_by_person,
    seen,
    worked_with,
)
from caseload.transitions.rules import cohort_days
from neet.accounts.models import User
from neet.messages.models import Message
from schools.models import Authority, Service
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Responsibility, YoungPerson
from tracking.register.queries.register import Line
from tracking.rules.academic_year import academic_year

Answer = CohortAnswer.Answer
AT_ONCE = 40
TO_CONFIRM, ANSWERED, EVERYBODY = "", "answered", "all"
REMINDER = "cohort_reminder"


def answers(on: date, service: int | OuterRef) -> QuerySet[CohortAnswer]:
    """What this service has said in this academic year; from the day all are asked, only what it said since."""
    first, _ = cohort_days(on, ruleset(on).limits)
    said = CohortAnswer.objects.filter(year=academic_year(on), service=service)
    return said.filter(answered_on__gte=first) if on >= first else said


def of_service(service: Service, user: User, on: date) -> Found:
    """The service's own people in Year 11 and 12, as far as this user sees them, with `answered`."""
    said = answers(on, service.pk).filter(person=OuterRef("pk"))
    people = seen(user, ruleset(on)).filter(in_years(BEFORE_LEAVING, on), worked_with(on, [service.pk]))
    return people.annotate(answered=Exists(said))


def of_state(people: Found, state: str) -> Found:
    if state == EVERYBODY:
        return people
    return people.filter(answered=state == ANSWERED)


@dataclass(frozen=True)
class CohortLine:
    """One of the service's people and what it said of them last, this year."""

    person: Line
    said: CohortAnswer | None


def lines_of(page: Found, service: Service, user: User, on: date) -> tuple[CohortLine, ...]:
    """A page of the service's people in its order: three statements."""
    numbers = list(page.values_list("pk", flat=True))
    people = lines_by_person(numbers, user, on)
    said: dict[int, CohortAnswer] = {}
    for each in answers(on, service.pk).filter(person__in=numbers).select_related("answered_by"):
        said.setdefault(each.person_id, each)
    return tuple(CohortLine(people[pk], said.get(pk)) for pk in numbers)


@dataclass(frozen=True)
class Progress:
    """How far one service has come: its people, how many it has spoken of, and what it said of them."""

    service: Service
    people: int
    said: Mapping[str, int]
    reminded_today: bool = False

    @property
    def answered(self) -> int:
        return sum(self.said.values())

    @property
    def left(self) -> int:
        return self.people - self.answered

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(self.said.get(answer, 0) for answer in Answer.values)


def progress(authority_id: int, on: date) -> tuple[Progress, ...]:
    """Every service of a council that has people in Year 11 or 12; three statements. Counts, nobody's name."""
    authority = Authority.objects.get(pk=authority_id)
    people = YoungPerson.objects.of(authority).filter(in_years(BEFORE_LEAVING, on))
    held = Responsibility.objects.filter(
        open_on(on), person__in=people.values("pk"), kind__in=WORKS_WITH, service__isnull=False
    )
    latest = answers(on, OuterRef("service")).filter(person=OuterRef("person")).values("answer")[:1]
    rows = (
        held.values("service", "person")
        .distinct()
        .annotate(said=latest)
        .values_list("service", "person", "said")
    )
    numbers: dict[int, int] = {}
    said: dict[int, dict[str, int]] = {}
    for service, _, answer in rows:
        numbers[service] = numbers.get(service, 0) + 1
        if answer:
            of_service = said.setdefault(service, {})
            of_service[answer] = of_service.get(answer, 0) + 1
    reminded = reminded_on(authority_id, on)
    found = Service.objects.filter(pk__in=numbers).order_by("name", "pk")
    return tuple(
        Progress(each, numbers[each.pk], said.get(each.pk, {}), each.pk in reminded) for each in found
    )


def reminded_on(authority_id: int, on: date) -> set[int]:
    """The services that were reminded on the day."""
    sent = Message.objects.filter(template=REMINDER, authority_id=authority_id, created_at__date=on)
    return set(sent.values_list("facts__service_id", flat=True))


def left_of(services: list[int], user: User, on: date) -> int:
    """How many people of these services are still to be spoken of: one statement, for the first page."""
    rules = ruleset(on)
    held = Responsibility.objects.filter(
        open_on(on),
        person__in=seen(user, rules).filter(in_years(BEFORE_LEAVING, on)).values("pk"),
        kind__in=WORKS_WITH,
        service__in=services,
    )
    said = answers(on, OuterRef("service")).filter(person=OuterRef("person"))
    found = held.filter(~Exists(said)).aggregate(n=Count("person", distinct=True))
    return int(found["n"])
