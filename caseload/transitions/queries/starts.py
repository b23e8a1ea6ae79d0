"""Did they start where they said they would (R136)? What the register knows by itself, and who has to be asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, FilteredRelation, Q, Value, When

from caseload.allocation.queries import decisions
from caseload.referrals.queries import answering_services
from caseload.transitions.models import StartCheck
from caseload.transitions.queries.people import (
    Found,
    lines_by_person,
    lives_in,
    own_services,
    seen,
    worked_with,
)
from neet.accounts.models import User
from schools.models import Authority, Service
from tracking.reference.queries import ruleset
from tracking.register.columns import asker, open_on
from tracking.register.models import Guarantee, Responsibility
from tracking.register.queries.register import Line
from tracking.register.queries.standing import counting
from tracking.rules.academic_year import academic_year, starts_on, year_group
from tracking.rules.codes import Status

Answer = StartCheck.Answer
TO_ASK = "ask"
STATES: Mapping[str, tuple[str, str]] = {
    TO_ASK: ("To find out", "attention"),
    Answer.NOT_STARTED: ("Did not start", "bad"),
    Answer.NOT_KNOWN: ("Could not find out", "attention"),
    Answer.ELSEWHERE: ("Started somewhere else", "good"),
    Answer.STARTED: ("Started there", "good"),
}
REASONS = {"plan": "with a plan", "at_risk": "at risk", "supported": "with a service"}
UNRESOLVED = (Answer.NOT_STARTED, Answer.NOT_KNOWN)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    state: str = TO_ASK
    service: int | None = None
    school: int | None = None
    district: int | None = None


def checked(user: User, on: date) -> Found:
    """Those this user sees who stand on this autumn's list, with `stands`: what the register tells by itself since
    1 September (an enrolment, a confirmation), else what was answered, else that they are to be asked about."""
    rules, year = ruleset(on), academic_year(on)
    people = seen(user, rules).annotate(
        start=FilteredRelation("start_checks", condition=Q(start_checks__year=year))
    )
    learning = Q(situation__code__in=sorted(rules.activities_with(Status.EET)))
    heard = learning & counting(on) & Q(situation__verified_on__gte=starts_on(year))
    there = Q(situation__activity__establishment=F("start__expected"))
    both_known = Q(start__expected__isnull=False, situation__activity__establishment__isnull=False)
    stands = Case(
        When(heard & there, then=Value(Answer.STARTED.value)),
        When(heard & both_known, then=Value(Answer.ELSEWHERE.value)),
        When(heard, then=Value(Answer.STARTED.value)),
        When(start__answer="", then=Value(TO_ASK)),
        default=F("start__answer"),
        output_field=CharField(),
    )
    return people.filter(start__isnull=False).annotate(stands=stands, expected=F("start__expected"))


def narrowed(people: Found, wanted: Wanted, on: date) -> Found:
    """Of these, the ones wanted; the state is left to `of_state`."""
    condition = Q()
    if wanted.service:
        condition &= worked_with(on, [wanted.service])
    if wanted.school:
        condition &= Q(start__expected=wanted.school)
    if wanted.district:
        condition &= lives_in(wanted.district)
    return people.filter(condition)


def of_state(people: Found, state: str) -> Found:
    return people.filter(stands=state) if state in STATES else people


def counted(people: Found) -> dict[str, int]:
    """How many stand how, in one statement."""
    return people.aggregate(**{f"n_{state}": Count("pk", filter=Q(stands=state)) for state in STATES})


@dataclass(frozen=True)
class Group:
    """One service or one school: how many were expected, and how they stand."""

    pk: int | None
    words: str
    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(self.numbers.get(state, 0) for state in STATES)


def by_school(people: Found) -> tuple[Group, ...]:
    """By the place where they were expected, one statement; those without a known place last."""
    rows = people.values_list("expected", "start__expected__name", "stands").annotate(n=Count("pk"))
    return _grouped((pk, name or "Place not known", stands, n) for pk, name, stands, n in rows)


def by_service(people: Found, on: date) -> tuple[Group, ...]:
    """By the service that leads for them, one statement; those without one last."""
    leads = open_lead(on)
    rows = (
        people.annotate(lead=FilteredRelation("responsibilities", condition=leads))
        .values_list("lead__service", "lead__service__name", "stands")
        .annotate(n=Count("pk"))
    )
    return _grouped((pk, name or "No service leads", stands, n) for pk, name, stands, n in rows)


def open_lead(on: date) -> Q:
    """The lead that holds on the day, as a condition of a relation."""
    goes_on = Q(responsibilities__ends_on=None) | Q(responsibilities__ends_on__gte=on)
    lead = Q(responsibilities__kind=Responsibility.Kind.LEAD, responsibilities__starts_on__lte=on)
    return lead & goes_on


def _grouped(rows: Iterable[tuple[int | None, str, str, int]]) -> tuple[Group, ...]:
    numbers: dict[tuple[int | None, str], Counter[str]] = {}
    for pk, words, stands, number in rows:
        numbers.setdefault((pk, words), Counter())[stands] += number
    order = sorted(numbers, key=lambda key: (key[0] is None, key[1], key[0] or 0))
    return tuple(Group(pk, words, numbers[pk, words]) for pk, words in order)


@dataclass(frozen=True)
class StartLine:
    """One young person of the list: where they were expected, what is known, how the guarantee stands, and which
    service the rules would ask if they did not start."""

    person: Line
    check: StartCheck
    stands: str
    guarantee: str
    refer_to: Service | None

    @property
    def expected(self) -> str:
        return self.check.expected.name if self.check.expected else self.check.expected_words

    @property
    def why(self) -> str:
        return REASONS.get(self.check.why, "")

    @property
    def words(self) -> str:
        return str(STATES[self.stands][0])

    @property
    def tone(self) -> str:
        return STATES[self.stands][1]

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        return self.stands in (TO_ASK, *UNRESOLVED)


def lines_of(page: Found, user: User, on: date) -> tuple[StartLine, ...]:
    """A page of the list in its order: a fixed number of statements."""
    rows = list(page.values_list("pk", "stands", "authority"))
    numbers = [pk for pk, _, _ in rows]
    people = lines_by_person(numbers, user, on)
    found = StartCheck.objects.filter(person__in=numbers, year=academic_year(on))
    checks = {each.person_id: each for each in found.select_related("expected", "referral__to_service")}
    offers = guarantees(numbers, people, on) if asker(user, on).reads("guarantee.status") else {}
    asked = [pk for pk, stands, _ in rows if stands in UNRESOLVED and checks[pk].referral is None]
    targets = refer_to(asked, rows[0][2], user, on) if asked else {}
    return tuple(
        StartLine(people[pk], checks[pk], stands, offers.get(pk, ""), targets.get(pk))
        for pk, stands, _ in rows
    )


def guarantees(people: list[int], lines: Mapping[int, Line], on: date) -> dict[int, str]:
    """How the September Guarantee of the year just finished stands, in words: one statement."""
    rules = ruleset(on)
    rows = Guarantee.objects.filter(person__in=people).values_list("person", "year_group", "status")
    words: dict[int, str] = {}
    for person, group, status in rows:
        born_on = lines[person].born_on
        if born_on and group == year_group(born_on, on) - 1 and status:
            known = rules.guarantee_statuses.get(status)
            words[person] = known.plain_words if known else status
    return words


def refer_to(people: list[int], authority_id: int, user: User, on: date) -> dict[int, Service]:
    """The service each of these would be referred to: the one the rules of allocation name, where it works here,
    somebody would answer, and it does not lead for them already."""
    authority = Authority.objects.get(pk=authority_id)
    services = {each.slug: each for each in answering_services(authority_id, on)}
    leads = Responsibility.objects.filter(open_on(on), person__in=people, kind=Responsibility.Kind.LEAD)
    leading = set(leads.values_list("person", "service"))
    mine = set(own_services(user))
    found = {}
    for person, (_, said) in decisions(authority, people, on).items():
        target = services.get(said.service)
        if target and target.pk not in mine and (person, target.pk) not in leading:
            found[person] = target
    return found


def check_of(person_id: int, on: date) -> StartCheck | None:
    """Their place on this autumn's list."""
    found = StartCheck.objects.filter(person=person_id, year=academic_year(on))
    return found.select_related("expected", "checked_by", "referral__to_service").first()
