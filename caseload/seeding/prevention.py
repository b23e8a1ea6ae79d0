"""Inventing work before anybody is NEET: what was said of pupils, who is at risk, months of points, schools with plans,
and a meeting in March that talks about Year 11."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from caseload.meetings.actions import agenda, planning
from caseload.meetings.models import MeetingType
from caseload.meetings.statements import MeetingTold
from caseload.prevention.actions import schools
from caseload.prevention.actions.entering import enter_many
from caseload.prevention.actions.nightly import keep_month
from caseload.prevention.actions.working import end_many, hand_over, share_out
from caseload.prevention.models import AtRisk, RiskFact, SchoolFocus
from caseload.prevention.queries.points import points_of
from caseload.prevention.queries.schools import ranked, years_of
from caseload.prevention.statements import FocusTold, RiskRow, StepTold
from neet.accounts.models import User
from neet.working_days import working_day_of
from schools.models import Authority, Membership, Service
from tracking.figures.models import Freeze
from tracking.reference.queries import ruleset
from tracking.register.actions.responsibilities import assign_responsibility
from tracking.register.models import Responsibility, Situation, YoungPerson
from tracking.register.statements import Charge
from tracking.rules.academic_year import academic_year, birth_range
from tracking.rules.codes import Status

MONTHS_KEPT = 15
SAID_OF_NEET, SAID_OF_OTHERS = 0.35, 0.06
SAID = ("attendance_85", "attendance_90", "excluded", "free_meals", "no_plan_after", "another_language")
WORDS = (
    "Missed both college interviews.",
    "Wants to work with his uncle; no place to learn yet.",
    "Quiet since spring, comes for the art room.",
    "Looks after two brothers before school.",
    "",
)
AGREED = (
    "One careers interview for each pupil named, before Easter.",
    "Taster days at the college for Year 10.",
    "Form tutors tell us who stops coming.",
)
STEPS = ("Meet the head of Year 11", "Careers interviews for those named", "Taster day at the college")
BY_SCHOOLS, BY_POINTS, SUPPORTED, HANDED, ENDED = 14, 8, 10, 3, 4


def at_risk(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """By the very actions that pages use; only the days on which schools said things are set by hand."""
    _said_before(rng, authority, officer, on)
    for month in _frozen(authority)[-MONTHS_KEPT:]:
        keep_month(authority=authority, month=month)
    _entered(rng, authority, officer, on)
    _worked_with(rng, authority, officer, on)
    lead = Membership.objects.filter(authority=authority, role="district_lead").order_by("pk").first()
    if lead:
        _schools(rng, authority, lead.user, on)
        _in_march(authority, lead, on)


def _frozen(authority: Authority) -> list[date]:
    found = Freeze.objects.filter(authority=authority, replaced_at=None).order_by("month")
    return list(found.values_list("month", flat=True))


def _said_before(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """What schools said over the last two years, more often of those who are NEET today."""
    neet = set(
        Situation.objects.filter(
            person__authority=authority, code__in=ruleset(on).activities_with(Status.NEET)
        ).values_list("person", flat=True)
    )
    born = birth_range(17, on)[0], birth_range(14, on)[1]
    people = YoungPerson.objects.filter(authority=authority, date_of_birth__range=born, restricted_on=None)
    said = (
        RiskFact(
            person_id=pk,
            factor=factor,
            entered_by=officer,
            said_on=on - timedelta(days=rng.randrange(20, 700)),
        )
        for pk in people.order_by("pk").values_list("pk", flat=True)
        if rng.random() < (SAID_OF_NEET if pk in neet else SAID_OF_OTHERS)
        for factor in rng.sample(SAID, rng.choice((1, 1, 2)))
    )
    RiskFact.objects.bulk_create(said, ignore_conflicts=True)  # a return may have said it already


def _year_11(authority: Authority, on: date) -> list[YoungPerson]:
    people = YoungPerson.objects.filter(
        authority=authority, date_of_birth__range=birth_range(15, on), restricted_on=None, cohort_status="P",
        situation__activity__establishment__isnull=False,
    )  # fmt: skip
    return list(people.select_related("situation__activity").order_by("pk"))


def _school(person: YoungPerson) -> int | None:
    activity = person.situation.activity
    return activity.establishment_id if activity else None


def _entered(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Schools name some of Year 11, officers take over whom the points name, a service says one or two."""
    pupils = _year_11(authority, on)
    for number, said_by in ((BY_SCHOOLS, "school"), (SUPPORTED // 2, "service"), (SUPPORTED // 2, "officer")):
        rows = [
            RiskRow(
                each.pk, tuple(rng.sample(SAID, 2)), rng.choice(WORDS),
                _school(each) if said_by == "school" else None,
            )
            for each in rng.sample(pupils, min(number, len(pupils)))
        ]  # fmt: skip
        enter_many(authority=authority, rows=rows, said_by=said_by, by=officer)
    named = [each for each in points_of(authority, on) if each.year_group == 12][:BY_POINTS]
    rows = [RiskRow(each.person, each.reasons) for each in named]
    enter_many(authority=authority, rows=rows, said_by=AtRisk.SaidBy.POINTS, by=officer)
    for entry in AtRisk.objects.filter(person__authority=authority).order_by("pk"):
        entry.starts_on = on - timedelta(days=rng.randrange(3, 60))
        entry.save(update_fields=["starts_on"])


def _worked_with(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Most have a service and a worker, some were handed over, some are not at risk any more."""
    services = list(
        Service.objects.filter(authority=authority, slug__in=("neet-support", "send")).order_by("pk")
    )
    entries = list(AtRisk.objects.filter(person__authority=authority).order_by("pk").select_related("person"))
    if not services or len(entries) < SUPPORTED + HANDED + ENDED:
        return
    for each in entries[:SUPPORTED]:
        service = rng.choice(services)
        charge = Charge(Responsibility.Kind.SUPPORT, on, service=service)
        assign_responsibility(person=each.person, charge=charge, by=officer)
        worker = _worker(service)
        share_out(entries=[each.pk], service=service, worker=worker, by=officer)
    rest = [each.pk for each in entries[SUPPORTED:]]
    hand_over(entries=rest[:HANDED], service=services[0], by=officer)
    end_many(entries=rest[HANDED : HANDED + ENDED - 1], ended="started", by=officer)
    end_many(entries=rest[HANDED + ENDED - 1 : HANDED + ENDED], ended="moved", by=officer)


def _worker(service: Service) -> User | None:
    held = (
        Membership.objects.filter(service=service, role__in=("caseworker", "service_lead"))
        .order_by("pk")
        .first()
    )
    return held.user if held else None


def _schools(rng: Random, authority: Authority, lead: User, on: date) -> None:
    """The first three of the ranking, each with somebody who works with it and steps, one of them done."""
    first = _first(authority, on)
    if not first:
        return
    schools.choose(authority=authority, schools=first, by=lead)
    chosen = SchoolFocus.objects.filter(authority=authority, academic_year=academic_year(on))
    for focus, agreed in zip(
        chosen.select_related("authority").order_by("place", "pk"), AGREED, strict=False
    ):
        schools.change_focus(focus=focus, told=FocusTold(lead, agreed, on - timedelta(days=20)), by=lead)
        for what in STEPS:
            due_on = on + timedelta(days=rng.randrange(-10, 60))
            step = schools.add_step(focus=focus, told=StepTold(what, due_on=due_on), by=lead)
        schools.close_step(focus=focus, step=step, outcome="Went well", by=lead)


def _first(authority: Authority, on: date) -> Sequence:
    found = ranked(authority.pk, years_of(authority.pk, on), on)
    return [each for each in found if not each.is_few][: len(AGREED)] or found[: len(AGREED)]


def _in_march(authority: Authority, lead: Membership, on: date) -> None:
    """The district's meeting in March stands already, with those of Year 11 who are at risk."""
    kind = MeetingType.objects.filter(authority=authority, slug="district-neet").first()
    day = working_day_of(date(academic_year(on) + 1, 3, 31), kind.working_day if kind else -5)
    if kind is None or day <= on:
        return
    told = MeetingTold(held_on=day, district=lead.district, place="Council offices", chair=lead.user)
    meeting = planning.plan(type=kind, told=told, by=lead.user)
    agenda.make_agenda(meeting=meeting, by=lead.user)
