"""Inventing meetings: last month's with its decisions, this month's with an agenda, and provision that is missing."""

from datetime import date, datetime, time, timedelta
from random import Random

from caseload.meetings.actions import agenda, gaps, planning, room, types
from caseload.meetings.models import AgendaItem, Decision, Meeting, MeetingType
from caseload.meetings.queries.facts import cases_for
from caseload.meetings.statements import Decided, GapTold, MeetingTold, Outsider
from neet import clock
from neet.accounts.models import User
from neet.clock import LONDON
from neet.working_days import working_day_of, working_days_after
from schools.models import Authority, District, Membership
from tracking.models import Task
from tracking.register.actions.tasks import close_task
from tracking.register.refusals import NotRight
from tracking.rules.months import ReportingMonth

BEGINS, ENDS = time(10), time(12)
TALKED, DECIDED, DONE, NAMED = 0.8, 0.6, 0.5, 3
OUTCOMES = (
    "Wants a January start; looks at two courses before Christmas.",
    "Keeps appointments now. Goes on as it is.",
    "Did not answer for three weeks; family to be rung in the evening.",
    "Offered a place to try out; begins on Monday if the bus pass comes.",
    "Both services agree who leads.",
)
TO_DO = (
    "Ring the college about a January start",
    "Visit at home together with the worker who knows them",
    "Send the application for a bursary",
    "Ask the employer for a trial week",
)
WHY_NAMED = ("Has not answered for weeks.", "Wants to change the course.", "The placement is about to end.")
MISSING = (
    ("construction", "Level 1", "Starts at any time of the year", 6),
    ("animals_land", "Entry level", "Small group, near a station", 3),
    ("esol", "Entry level", "Places before January", 9),
    ("motor_vehicle", "Level 1", "Taster days", 4),
)


def met(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """The meetings of each district that has a lead, and of the council; by the very actions that pages use."""
    types.take_usual_types(authority=authority, by=officer)
    kinds = {each.slug: each for each in authority.meeting_types.all()}
    month = ReportingMonth.of(on)
    for lead, district in _leads(authority):
        _held(rng, kinds["district-neet"], district, lead, month.before)
        coming = _coming(kinds["district-neet"], district, lead, on)
        _named(rng, coming, lead)
        agenda.make_agenda(meeting=coming, by=lead)
        with_outsiders = _coming(kinds["multi-agency"], district, lead, on)
        planning.add_outsider(
            meeting=with_outsiders, who=Outsider("Youth charity (invented)", "Sam Helper"), by=lead
        )
    if "ehcp" in kinds:
        about_plans = _coming(kinds["ehcp"], None, officer, on)
        _named(rng, about_plans, officer)
        agenda.make_agenda(meeting=about_plans, by=officer)
    _missing(rng, authority, officer)


def _leads(authority: Authority) -> list[tuple[User, District]]:
    held = Membership.objects.filter(authority=authority, role="district_lead").select_related(
        "user", "district"
    )
    return [(each.user, each.district) for each in held.order_by("pk") if each.district]


def _coming(kind: MeetingType, district: District | None, lead: User, on: date) -> Meeting:
    """The next one on its usual day, or soon where that day is over."""
    day = working_day_of(on, kind.working_day)
    day = day if day >= max(on, clock.today()) else working_days_after(max(on, clock.today()), 5)
    told = MeetingTold(held_on=day, district=district, starts_at=BEGINS, place="Council offices", chair=lead)
    meeting = planning.plan(type=kind, told=told, by=lead)
    _asked(meeting, lead)
    return meeting


def _asked(meeting: Meeting, lead: User) -> None:
    """Workers of the services come for their own part."""
    planning.add_colleague(meeting=meeting, user=lead, service=None, by=lead)
    held = Membership.objects.filter(
        authority=meeting.type.authority_id, role__in=("caseworker", "service_lead")
    )
    for each in held.select_related("user", "service").order_by("pk"):
        planning.add_colleague(meeting=meeting, user=each.user, service=each.service, by=lead)


def _named(rng: Random, meeting: Meeting, by: User) -> None:
    """Some are named by hand, with a reason."""
    cases = list(cases_for(meeting, by).select_related("person").order_by("pk"))
    for case in rng.sample(cases, min(NAMED, len(cases))):
        agenda.name(meeting=meeting, person=case.person, why=rng.choice(WHY_NAMED), by=by)


def _held(rng: Random, kind: MeetingType, district: District, lead: User, month: ReportingMonth) -> None:
    """A meeting that is over: most were talked about, something was decided, half of it is done."""
    day = working_day_of(month.ends_on, kind.working_day)
    meeting = Meeting.objects.create(
        type=kind, district=district, held_on=day, starts_at=BEGINS, place="Council offices", chair=lead,
        planned_by=lead,
    )  # fmt: skip
    _asked(meeting, lead)
    agenda.make_agenda(meeting=meeting, by=lead)
    room.open_meeting(meeting=meeting, by=lead)
    for item in meeting.items.filter(treatment=AgendaItem.Treatment.DISCUSS).order_by("place"):
        if item.place == 1 or rng.random() < TALKED:
            _talked_about(rng, meeting, item, lead)
    room.note_rest(meeting=meeting, by=lead)
    room.close(meeting=meeting, by=lead)
    _happened_then(rng, meeting, lead)


def _talked_about(rng: Random, meeting: Meeting, item: AgendaItem, lead: User) -> None:
    words = rng.choice(OUTCOMES)
    room.write_outcome(meeting=meeting, number=item.number, words=words, version=item.version, by=lead)
    if item.place > 1 and rng.random() > DECIDED:
        return
    due_on = meeting.held_on + timedelta(weeks=rng.choice((1, 2, 4)))
    what = rng.choice(TO_DO)
    told = Decided(what, service=item.service, due_on=due_on) if item.service and rng.random() < 0.5 else None
    try:
        decided = told or Decided(what, owner=lead, due_on=due_on)
        room.decide(meeting=meeting, number=item.number, told=decided, by=lead)
    except NotRight:  # the service does not work with them any more: the lead does it
        room.decide(
            meeting=meeting, number=item.number, told=Decided(what, owner=lead, due_on=due_on), by=lead
        )


def _happened_then(rng: Random, meeting: Meeting, lead: User) -> None:
    """What was written now happened on the day of the meeting; some of it was done since."""
    began, ended = (datetime.combine(meeting.held_on, at, LONDON) for at in (BEGINS, ENDS))
    before = began - timedelta(days=5)
    Meeting.objects.filter(pk=meeting.pk).update(
        agenda_at=before, told_at=before, opened_at=began, closed_at=ended
    )
    meeting.items.exclude(settled_at=None).update(settled_at=ended)
    made = Decision.objects.filter(item__meeting=meeting).select_related("task__person").order_by("pk")
    made.update(decided_at=ended)
    Task.objects.filter(decision__in=made).update(opened_at=ended)
    for each in made:
        if rng.random() < DONE:
            close_task(task=each.task, outcome="Done as agreed", by=lead)


def _missing(rng: Random, authority: Authority, officer: User) -> None:
    districts = list(authority.districts.order_by("pk"))
    for sector, level, need, waiting in MISSING:
        told = GapTold(sector, level=level, district=rng.choice(districts), need=need, waiting=waiting)
        gap = gaps.raise_gap(authority=authority, told=told, by=officer)
    gaps.close_gap(gap=gap, how="A college offers taster days from January.", by=officer)
