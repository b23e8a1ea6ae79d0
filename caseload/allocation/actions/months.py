"""A month's work on cases: opened, allocated again, added to, taken back, closed."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils.timezone import localtime

from caseload.allocation.actions.settling import allowed, lead, settle
from caseload.allocation.kinds import Kind
from caseload.allocation.models import Case, CaseSettings, MonthRun, Stage, StagePlan
from caseload.allocation.queries import neet_on, running_run, settings_of, statuses
from caseload.allocation.rules import SEVERAL, SIMPLE, Planned, stages
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.actions.reach import locked, repeated
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth

LOCK = "month_of_cases"


def open_month(*, authority: Authority, month: date, by: User | None, on: date | None = None) -> MonthRun:
    """Open a month's work: its stages, the settled list of who is NEET, who answers for each, and what is offered.

    `month` is any day of it. The month before is closed, those who moved on since are no longer led, and everything
    is written under one event. Opened twice, or by two people at once, it is opened once. Raises NotRight for a month
    that has not begun or lies before one opened already, NotPermitted.
    """
    allowed(by, authority.pk)
    day, wanted = on or clock.today(), ReportingMonth.of(month)
    with recorded(Kind.MONTH_OPENED, by=by, authority_id=authority.pk) as event:
        one_at_a_time(LOCK, authority.pk)
        if run := MonthRun.objects.filter(authority=authority, month=wanted.ends_on).first():
            repeated(event)
            return run
        refuse(authority, wanted, day)
        run = MonthRun.objects.create(
            authority=authority, month=wanted.ends_on, opened_by=by, acts=[event.pk]
        )
        Stage.objects.bulk_create(dated_stages(run))
        people = neet_on(authority, day)
        leave_behind(run, day, by)
        event.counts = {**settle(run, people, day), "people": len(people)}
        event.subjects = sorted(people)
        return run


def refuse(authority: Authority, month: ReportingMonth, on: date) -> None:
    if month.starts_on > on:
        raise NotRight({"": f"{month.words} has not begun"})
    if MonthRun.objects.filter(authority=authority, month__gt=month.ends_on).exists():
        raise NotRight({"": f"A later month than {month.words} was opened already"})


def dated_stages(run: MonthRun) -> Iterable[Stage]:
    """The month's stages by the council's plan, or as they come where it has none."""
    own = [
        Planned(*row)
        for row in StagePlan.objects.filter(authority=run.authority_id).values_list(
            "words", "first_working_day", "last_working_day", "every_months", "months_before"
        )
    ]
    simple = settings_of(run.authority_id).shape == CaseSettings.Shape.SIMPLE
    found = stages(own or (SIMPLE if simple else SEVERAL), ReportingMonth(run.month))
    return [
        Stage(run=run, place=place, words=each.words, starts_on=each.starts_on, ends_on=each.ends_on)
        for place, each in enumerate(found, start=1)
    ]


def leave_behind(run: MonthRun, on: date, by: User | None) -> None:
    """Close the months before, and end the lead of those of their cases who are in learning or work now."""
    before = list(MonthRun.objects.filter(authority=run.authority_id, month__lt=run.month)[:1])
    for each in before:
        moved_on(each, on)
        gone = each.cases.filter(state=Case.State.MOVED_ON).values_list("pk", flat=True)
        lead(gone, on, ["left_behind"])
    MonthRun.objects.filter(pk__in=[each.pk for each in before], closed_at=None).update(
        closed_at=run.opened_at, closed_by=by
    )


def moved_on(run: MonthRun, on: date) -> int:
    """Mark whose cases are over because they are not NEET any more; those who are not known stay somebody's."""
    going_on = Case.objects.filter(run=run, state__in=[Case.State.ALLOCATED, *Case.UNDECIDED])
    people = list(going_on.values_list("person", flat=True))
    standing = statuses(run.authority, on, people) if people else {}
    still = {person for person, each in standing.items() if each.status in (Status.NEET, Status.NOT_KNOWN)}
    over = [person for person in people if person not in still]
    return going_on.filter(person__in=over).update(state=Case.State.MOVED_ON, ended_on=on)


def allocate(*, run: MonthRun, by: User | None, on: date | None = None) -> dict[str, int]:
    """Ask the rules again about everybody no person decided about, add who became NEET since as earlier
    notifications, and mark who moved on. Done twice, the second changes nothing.

    Returns the counts. Raises NotRight where the month is closed, NotPermitted.
    """
    allowed(by, run.authority_id)
    day = on or clock.today()
    with recorded(Kind.ALLOCATED, by=by, authority_id=run.authority_id) as event:
        one_at_a_time(LOCK, run.authority_id)
        run = open_still(run)
        people = neet_on(run.authority, day)
        known = set(run.cases.values_list("person", flat=True))
        late = {person: since for person, since in people.items() if person not in known}
        again = {person: since for person, since in people.items() if person in known}
        before, after = settle(run, again, day), settle(run, late, day, late=True)
        event.counts = {
            **{name: before[name] + after[name] for name in before},
            "moved_on": moved_on(run, day),
        }
        event.subjects = sorted(people)
        remember(run, event.pk)
        return event.counts


def add_late(*, person: YoungPerson, by: User) -> Case:
    """Put somebody who became NEET after the month opened on its list, as an earlier notification.

    Raises NotRight where no month is open or they are not NEET, NotPermitted.
    """
    with recorded(Kind.ADDED_LATE, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        day = clock.today()
        run = running_run(now.authority_id, day)
        if run is None:
            raise NotRight({"": "No month is open. Open the month first"})
        if case := Case.objects.filter(run=run, person=now).first():
            repeated(event)
            return case
        people = neet_on(run.authority, day, [now.pk])
        if not people:
            raise NotRight({"": "They are not NEET today, so they are nobody's case"})
        settle(run, people, day, late=True)
        return Case.objects.get(run=run, person=now)


def close_month(*, run: MonthRun, by: User) -> MonthRun:
    """Nothing of this month's cases changes any more. Raises NotPermitted."""
    allowed(by, run.authority_id)
    with recorded(Kind.MONTH_CLOSED, by=by, authority_id=run.authority_id) as event:
        one_at_a_time(LOCK, run.authority_id)
        now = MonthRun.objects.select_for_update().get(pk=run.pk)
        if now.closed_at:
            repeated(event)
            return now
        now.closed_at, now.closed_by = clock.now(), by
        now.save(update_fields=["closed_at", "closed_by"])
        return now


def take_back_opening(*, run: MonthRun, by: User) -> None:
    """As if the month had not been opened: its cases go, who led before leads again, the month before is open again.

    Raises NotRight once anybody worked with it (a decision, a worker, a review, a list handed out), NotPermitted.
    """
    allowed(by, run.authority_id)
    with recorded(Kind.OPENING_TAKEN_BACK, by=by, authority_id=run.authority_id) as event:
        one_at_a_time(LOCK, run.authority_id)
        now = open_still(run)
        if worked_with(now):
            raise NotRight({"": "Somebody has worked with this month already, so it stays"})
        event.subjects = sorted(now.cases.values_list("person", flat=True))
        undo(reversed(now.acts))
        MonthRun.objects.filter(authority=now.authority_id, closed_at=now.opened_at).update(
            closed_at=None, closed_by=None
        )
        come_back(now)
        now.delete()


def come_back(run: MonthRun) -> None:
    """Those of the month before who moved on when this one opened are its cases again."""
    before = MonthRun.objects.filter(authority=run.authority_id, month__lt=run.month).first()
    if before:
        day = localtime(run.opened_at).date()
        gone = before.cases.filter(state=Case.State.MOVED_ON, ended_on=day)
        gone.filter(service__isnull=False).update(state=Case.State.ALLOCATED, ended_on=None)
        gone.filter(rule="").update(state=Case.State.NO_RULE, ended_on=None)
        gone.update(state=Case.State.CONFLICT, ended_on=None)


def worked_with(run: MonthRun) -> bool:
    """Whether anything was done with the month beside opening and allocating."""
    cases = Case.objects.filter(run=run)
    by_hand = cases.filter(decided_by__isnull=False) | cases.filter(state=Case.State.HANDED_BACK)
    reviewed = Case.objects.filter(run=run, reviews__isnull=False)
    handed_out = MonthRun.objects.filter(pk=run.pk, lists__isnull=False)
    return by_hand.exists() or reviewed.exists() or handed_out.exists()


def undo(acts: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        for act in acts:
            cursor.execute("SELECT tracking_undo(%s)", [act])


def move_stage(*, stage: Stage, starts_on: date, ends_on: date, by: User) -> Stage:
    """Other days for a stage of one month. Raises NotRight, NotPermitted."""
    run = stage.run
    allowed(by, run.authority_id)
    if ends_on < starts_on:
        raise NotRight({"ends_on": "The last day must be on or after the first"})
    with recorded(Kind.STAGE_MOVED, by=by, authority_id=run.authority_id):
        open_still(run)
        Stage.objects.filter(pk=stage.pk).update(starts_on=starts_on, ends_on=ends_on)
        stage.refresh_from_db()
        return stage


def open_still(run: MonthRun) -> MonthRun:
    """The month as it stands now, held until the end. Raises NotRight where it is closed."""
    now = MonthRun.objects.select_for_update(of=("self",)).select_related("authority").get(pk=run.pk)
    if now.closed_at:
        raise NotRight({"": f"{ReportingMonth(now.month).words} is closed: its cases stay as they are"})
    return now


def remember(run: MonthRun, act: int) -> None:
    """Keep the act's event, so that it can be taken back with the opening."""
    MonthRun.objects.filter(pk=run.pk).update(acts=[*run.acts, act])
