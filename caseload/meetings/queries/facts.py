"""Who is on a meeting's list, and what the reasons read of each of them: a handful of statements for all."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from caseload.allocation.models import Case, MonthRun
from caseload.meetings.models import AgendaItem, Decision, Meeting, MeetingType
from caseload.meetings.queries.places import last_before
from caseload.meetings.rules.reasons import YEAR_11, CaseFacts, asks_at_risk
from caseload.prevention.queries.listing import Wanted, on_the_list
from caseload.referrals.models import Referral
from caseload.reviews.models import Review
from caseload.screening.models import Screening
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from tracking.models import Characteristic, Residence, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.fields import characteristics_read
from tracking.register.models import Situation
from tracking.rules.academic_year import year_group
from tracking.rules.months import ReportingMonth

A, S = MeetingType.About, Case.State
OPEN_STATES = (S.ALLOCATED, S.CONFLICT, S.NO_RULE)
NOT_HEARD = (Review.Outcome.NO_CONTACT,)


def run_for(meeting: Meeting) -> MonthRun | None:
    """The month's list a meeting works from: of its own month, else the last one opened before."""
    month = ReportingMonth.of(meeting.held_on).ends_on
    runs = MonthRun.objects.filter(authority=meeting.type.authority_id, month__lte=month)
    return runs.order_by("-month").first()


def cases_for(meeting: Meeting, by: User) -> QuerySet[Case]:
    """The open cases this meeting is about, of young people the user may see; restricted records never."""
    run = run_for(meeting)
    if run is None or meeting.type.about in (A.NOMINATED, A.NOBODY):
        return Case.objects.none()
    found = Case.objects.filter(run=run, state__in=OPEN_STATES, person__in=seen_by(by).values("pk"))
    if meeting.district_id:
        lives = Residence.objects.filter(
            person=OuterRef("person"), ends_on__isnull=True, district=meeting.district_id
        )
        found = found.filter(Exists(lives))
    if meeting.type.about == A.EHCP:
        return found.filter(Exists(with_plan(meeting.held_on)))
    return found.filter(service=meeting.type.service_id) if meeting.type.service_id else found


def seen_by(user: User) -> QuerySet[YoungPerson]:
    """Whom this user may bring to a meeting: those they see; no restricted record, even where they are named."""
    return YoungPerson.objects.visible_to(user).filter(restricted_on__isnull=True)


def with_plan(on: date) -> QuerySet[Characteristic]:
    return Characteristic.objects.filter(open_on(on), person=OuterRef("person"), code=Characteristic.EHCP)


def facts_for(meeting: Meeting, by: User) -> tuple[CaseFacts, ...]:
    """What is known of everybody on the meeting's list: its cases, Year 11 at risk, and those named for it."""
    cases = {each.person_id: each for each in cases_for(meeting, by)}
    named = dict(
        meeting.items.filter(nominated_at__isnull=False, person__in=seen_by(by).values("pk")).values_list(
            "person_id", "service_id"
        )
    )
    risky = at_risk_for(meeting, by)
    known = _Known(meeting, sorted({*cases, *named, *risky}), risky)
    return tuple(
        known.of(person, cases.get(person), person in named, named.get(person)) for person in known.people
    )


def at_risk_for(meeting: Meeting, by: User) -> dict[int, int | None]:
    """Year 11 at risk whom a meeting about young people who are NEET talks about from March on (R134), with the service
    that supports them: those of its district the user may see."""
    if meeting.type.about != A.NEET or meeting.type.service_id or not asks_at_risk(meeting.held_on):
        return {}
    wanted = Wanted(year=YEAR_11, district=meeting.district_id)
    found = on_the_list(by, wanted, meeting.held_on).filter(person__in=seen_by(by).values("pk"))
    return dict(found.values_list("person_id", "service_id"))


class _Known:
    """Everything the facts need, read once for all the people."""

    def __init__(self, meeting: Meeting, people: list[int], at_risk: dict[int, int | None]) -> None:
        self.on, self.people, self.at_risk = meeting.held_on, people, at_risk
        before = last_before(meeting)
        self.born = dict(YoungPerson.objects.filter(pk__in=people).values_list("pk", "date_of_birth"))
        self.since = dict(
            Situation.objects.filter(person__in=people).values_list("person_id", "neet_since_on")
        )
        self.reviewed = reviewed_in(run_for(meeting), people)
        self.heard = heard_of(people, self.on)
        self.undone = not_done(before, people)
        self.unreached = _not_reached(before, people)
        self.vulnerable = vulnerable(people, self.on)
        self.asked = _services_at_odds(people, self.on)

    def of(self, person: int, case: Case | None, is_named: bool, slot: int | None) -> CaseFacts:
        born = self.born.get(person)
        return CaseFacts(
            person=person,
            service=slot or (case.service_id if case else self.at_risk.get(person)),
            year_group=year_group(born, self.on) if born else None,
            neet_since=(case.neet_since or self.since.get(person)) if case else None,
            heard_on=self.heard.get(person),
            has_review_duty=case is not None and case.offer == Case.Offer.CASELOAD,
            is_reviewed=person in self.reviewed,
            services_disagree=person in self.asked or (case is not None and case.state == S.CONFLICT),
            decisions_not_done=self.undone[person],
            was_not_reached=person in self.unreached,
            is_named=is_named,
            is_vulnerable=person in self.vulnerable,
            is_at_risk=person in self.at_risk,
        )


def reviewed_in(run: MonthRun | None, people: Iterable[int]) -> set[int]:
    if run is None:
        return set()
    found = Review.objects.filter(case__run=run, case__person__in=people)
    return set(found.values_list("case__person_id", flat=True))


def heard_of(people: list[int], on: date) -> dict[int, date]:
    """When somebody last heard from or about each of them: a confirmation, a review that reached them, a screening."""
    confirmed = Situation.objects.filter(person__in=people, verified_on__lte=on)
    reviewed = Review.objects.filter(case__person__in=people, reviewed_on__lte=on).exclude(
        outcome__in=NOT_HEARD
    )
    screened = Screening.objects.filter(person__in=people, held_on__lte=on)
    last: dict[int, date] = {}
    for person, day in (
        *confirmed.values_list("person_id", "verified_on"),
        *reviewed.order_by().values("case__person").annotate(on=Max("reviewed_on")).values_list("case__person", "on"),
        *screened.order_by().values("person").annotate(on=Max("held_on")).values_list("person", "on"),
    ):  # fmt: skip
        last[person] = max(day, last.get(person, day))
    return last


def not_done(before: Meeting | None, people: Iterable[int]) -> Counter[int]:
    """How many decisions of the last meeting are still to do, by person."""
    if before is None:
        return Counter()
    left = Decision.objects.filter(item__meeting=before, item__person__in=people, task__done_at__isnull=True)
    return Counter(left.values_list("item__person_id", flat=True))


def _not_reached(before: Meeting | None, people: Iterable[int]) -> set[int]:
    if before is None:
        return set()
    left = before.items.filter(
        treatment=AgendaItem.Treatment.DISCUSS, settled_at__isnull=True, person__in=people
    )
    return set(left.values_list("person_id", flat=True))


def vulnerable(people: Iterable[int], on: date) -> set[int]:
    """Those in the DfE's vulnerable groups or with a plan, as far as everybody who works on cases may read it: a reason
    on an agenda says nothing that its readers may not know."""
    rules = ruleset(on)
    groups = {code for code, each in rules.characteristics.items() if each.in_vulnerable_group}
    groups.add(Characteristic.EHCP)
    for role in ROLES.values():
        if Permission.CASE_WORK in role.permissions:
            groups = set(characteristics_read([role.slug], groups))
    held = Characteristic.objects.filter(open_on(on), person__in=people, code__in=groups)
    return set(held.values_list("person_id", flat=True))


def _services_at_odds(people: Iterable[int], on: date) -> set[int]:
    """Those one service asked another to take: declined this month, or not answered in time."""
    late = Q(state=Referral.State.WAITING, due_on__lt=on)
    declined = Q(state=Referral.State.DECLINED, answered_at__date__gte=ReportingMonth.of(on).starts_on)
    return set(
        Referral.objects.filter(late | declined, person__in=people).values_list("person_id", flat=True)
    )
