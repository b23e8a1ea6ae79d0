"""Inventing months of cases for the small register: two that are over, and one that runs, with something to decide."""

from datetime import date, datetime, time
from random import Random

from caseload.allocation.actions import allocate, assign, decide, open_month
from caseload.allocation.forms import workers_of
from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import neet_on
from caseload.seeding.activity_survey import surveyed
from caseload.seeding.assessment import assessed
from caseload.seeding.campaigns import campaigned
from caseload.seeding.changes import changed_many
from caseload.seeding.chase import chased
from caseload.seeding.keeping import kept_and_erased
from caseload.seeding.letters import written
from caseload.seeding.meetings import met
from caseload.seeding.messaging import messaged
from caseload.seeding.plan import planned_year
from caseload.seeding.prevention import at_risk
from caseload.seeding.reports import reported
from caseload.seeding.rights import asked_of_us
from caseload.seeding.seeking import sought_and_offered
from caseload.seeding.transitions import next_steps
from caseload.seeding.work import handed_out, referred, reviewed, screened
from neet.accounts.models import User
from neet.clock import LONDON
from neet.working_days import working_day_of
from schools.models import Authority, Service
from tracking.register.actions.facts import record_characteristic
from tracking.register.actions.people import change_details
from tracking.register.models import YoungPerson
from tracking.rules.months import ReportingMonth
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
MONTHS = 3
PAST_SHARE, SHARE_SO_FAR = 0.94, 0.4
OPENED_AT = time(9)
REFUGEE, LOOKED_AFTER, SUPERVISED = "130", "110", "170"
BECAUSE = (
    "Agreed by telephone between both services.",
    "The order ends within weeks; the virtual school knows them best.",
    "Their worker there has known them for a year.",
)


def invent_cases(invention: Invention) -> None:
    """Who is looked after by whom, and the months of cases, by the very actions that pages use; the same dice give
    the same ones. Conflicts of months that are over were decided; those of the month that runs wait.
    """
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    rng = Random(f"{invention.seed} {invention.on} cases")
    officer = _officer(authority)
    _looked_after(rng, authority, officer)
    screened(rng, authority, officer, invention.on)
    _two_that_disagree(authority, officer, invention.on)
    for month in _months(invention.on):
        day = min(working_day_of(month.ends_on, 2), invention.on)
        run = open_month(authority=authority, month=month.ends_on, by=officer, on=day)
        if month.ends_on < invention.on:
            _decided(rng, run, officer, day)
            reviewed(rng, run, officer, month.ends_on, PAST_SHARE)
        _opened_then(run, day)
    allocate(run=run, by=officer, on=invention.on)
    _given_out(rng, run, officer)
    reviewed(rng, run, officer, invention.on, SHARE_SO_FAR)
    handed_out(authority, run, officer)
    referred(rng, authority, run, officer, invention.on)
    met(rng, authority, officer, invention.on)
    sought_and_offered(Random(f"{invention.seed} {invention.on} sought"), authority, officer, invention.on)
    at_risk(Random(f"{invention.seed} {invention.on} at risk"), authority, officer, invention.on)
    chased(rng, authority, officer, invention.on)
    messaged(rng, authority, officer, invention.on)
    next_steps(rng, authority, officer, invention.on)
    written(rng, authority, officer, invention.on)
    campaigned(rng, authority, officer, invention.on)
    planned_year(rng, authority, invention.on)
    changed_many(authority, officer, invention.on)
    asked_of_us(Random(f"{invention.seed} {invention.on} rights"), authority, officer, invention.on)
    kept_and_erased(Random(f"{invention.seed} {invention.on} keeping"), authority, invention.on)
    surveyed(authority, invention.on)
    reported(authority, officer, invention.on)
    assessed(Random(f"{invention.seed} {invention.on} assessment"), authority, invention.on)


def _officer(authority: Authority) -> User:
    held = User.objects.filter(memberships__role="tracking_officer", memberships__authority=authority)
    return held.earliest("pk")


def _months(on: date) -> list[ReportingMonth]:
    """The month of the day and those before it, the oldest first."""
    found = [ReportingMonth.of(on)]
    while len(found) < MONTHS:
        found.insert(0, found[0].before)
    return found


def _looked_after(rng: Random, authority: Authority, officer: User) -> None:
    """Some in care are another council's, some refugees came alone."""
    people = YoungPerson.objects.visible_to(officer).filter(authority=authority).order_by("pk")
    neighbours = ["802", "886", "845"]
    for person in people.filter(characteristics__code=LOOKED_AFTER, characteristics__ends_on=None):
        if rng.random() < 0.3:
            said = {"corporate_parent_la": rng.choice(neighbours)}
            change_details(person=person, changes=said, version=person.version, by=officer)
    for person in people.filter(characteristics__code=REFUGEE, characteristics__ends_on=None):
        if rng.random() < 0.4:
            record_characteristic(
                person=person, code="UASC", starts_on=None, source="Virtual school", by=officer
            )


def _two_that_disagree(authority: Authority, officer: User, on: date) -> None:
    """Two who are NEET have been in care and under a court order since this month began."""
    since = ReportingMonth.of(on).starts_on
    seen = YoungPerson.objects.visible_to(officer).filter(pk__in=list(neet_on(authority, on)))
    for person in seen.filter(characteristics=None, corporate_parent_la="").order_by("-date_of_birth", "pk")[
        :2
    ]:
        for code, source in ((LOOKED_AFTER, "Virtual school"), (SUPERVISED, "Youth justice")):
            record_characteristic(person=person, code=code, starts_on=since, source=source, by=officer)


def _decided(rng: Random, run: MonthRun, officer: User, on: date) -> None:
    """What the rules left open was settled by a person, for a reason."""
    services = list(Service.objects.filter(authority=run.authority_id, slug__in=("send", "virtual-school")))
    seen = Case.objects.visible_to(officer).undecided().filter(run=run).select_related("person", "run")
    for case in seen.order_by("pk"):
        service = rng.choice(services)
        decide(case=case, service=service, why=rng.choice(BECAUSE), by=officer, on=on)


def _opened_then(run: MonthRun, day: date) -> None:
    """A month that is over was opened on its own day, and closed when the next one opened."""
    moment = datetime.combine(day, OPENED_AT, LONDON)
    MonthRun.objects.filter(authority=run.authority_id, closed_at=run.opened_at).update(closed_at=moment)
    MonthRun.objects.filter(pk=run.pk).update(opened_at=moment)
    run.refresh_from_db()


def _given_out(rng: Random, run: MonthRun, officer: User) -> None:
    """Most cases of each service have a worker."""
    for service in Service.objects.filter(authority=run.authority_id).order_by("pk"):
        workers = workers_of(service.pk)
        cases = Case.objects.visible_to(officer).to_review().filter(run=run, service=service, worker=None)
        for worker in workers:
            given = [pk for pk in cases.order_by("pk").values_list("pk", flat=True) if rng.random() < 0.7]
            if given:
                assign(run=run, cases=given, worker=worker, by=officer)
