"""What became of a case this month: never without an outcome."""

from collections.abc import Iterable
from datetime import timedelta

from caseload.allocation.actions.months import open_still
from caseload.allocation.models import Case, MonthRun
from caseload.reviews.kinds import Kind
from caseload.reviews.models import Review
from caseload.reviews.queries.lists import workers_of
from caseload.reviews.statements import ReviewTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from schools.models import Service
from tracking.register.actions.notes import write_note
from tracking.register.actions.reach import locked, repeated, within_reach
from tracking.register.actions.tasks import open_task
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.statements import ToDo

TWICE_WITHIN = timedelta(minutes=10)


def review(*, case: Case, told: ReviewTold, by: User) -> Review:
    """A case of an open month was looked at, with this outcome; a next step with its day becomes a task (R64).

    The line is read by every service that sees the young person, the note by the writer's own service only. The same
    outcome and words within ten minutes are one review. Raises NotRight, NotPermitted.
    """
    refuse_unfit(told)
    person = case.person
    with recorded(Kind.REVIEWED, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        locked(person, by=by, permission=Permission.CASE_WORK)
        open_still(case.run)
        now = Case.objects.select_for_update(of=("self",)).select_related("service", "person").get(pk=case.pk)
        refuse_not_running(now)
        refuse_for_others(now, told, by)
        if same := just_said(now, told, by):
            repeated(event)
            return same
        made = Review.objects.create(
            case=now,
            outcome=told.outcome,
            words=told.words.strip(),
            next_step=told.next_step.strip(),
            next_on=told.next_on,
            reviewed_by=by,
            recorded_for=told.recorded_for,
        )
        if told.next_step.strip():
            owner = told.recorded_for or by
            to_do = ToDo(told.next_step, told.next_on, owner, now.service)
            open_task(person=person, to_do=to_do, by=by)
        if told.note.strip():
            write_note(person=person, text=told.note, by=by, service=service_of_note(now, by))
        return made


def review_many(*, run: MonthRun, cases: Iterable[int], told: ReviewTold, by: User) -> int:
    """The same outcome and line for several cases of one month in one statement; how many there were.

    Those that ended meanwhile or are not this user's are left out. Raises NotRight, NotPermitted.
    """
    refuse_unfit(told)
    if told.outcome in Review.ONE_BY_ONE:
        raise NotRight({"outcome": "Review each of them: more has to be written down for this outcome"})
    with recorded(Kind.MANY_REVIEWED, by=by, authority_id=run.authority_id) as event:
        open_still(run)
        people = within_reach(by, Permission.CASE_WORK).values("pk")
        held = list(
            Case.objects.select_for_update(of=("self",))
            .running()
            .filter(run=run, pk__in=list(cases), person__in=people)
            .select_related("service")
        )
        if told.recorded_for:
            for each in held:
                refuse_for_others(each, told, by)
        event.subjects = sorted(each.person_id for each in held)
        event.counts["people"] = len(held)
        Review.objects.bulk_create(
            Review(
                case=each,
                outcome=told.outcome,
                words=told.words.strip(),
                reviewed_by=by,
                recorded_for=told.recorded_for,
            )
            for each in held
        )
        return len(held)


def refuse_unfit(told: ReviewTold) -> None:
    if told.outcome not in Review.Outcome.values:
        raise NotRight({"outcome": "Select what came of it"})
    if told.next_on and not told.next_step.strip():
        raise NotRight({"next_step": "Enter the next step for that day"})


def refuse_not_running(case: Case) -> None:
    if case.state != Case.State.ALLOCATED:
        raise NotRight({"": "They are no longer a case this month"})


def refuse_for_others(case: Case, told: ReviewTold, by: User) -> None:
    """Only business support and leads write down what a colleague did, and the colleague works there (R145)."""
    if told.recorded_for is None or told.recorded_for == by:
        return
    if not scope_of(by).can(Permission.RECORD_FOR_OTHERS):
        raise NotPermitted(Permission.RECORD_FOR_OTHERS)
    if not workers_of([case.service_id or 0]).filter(pk=told.recorded_for.pk).exists():
        raise NotRight({"recorded_for": "Select a colleague of that service"})


def just_said(case: Case, told: ReviewTold, by: User) -> Review | None:
    since = clock.now() - TWICE_WITHIN
    latest = case.reviews.filter(reviewed_by=by, recorded_at__gte=since).first()
    asked = (told.outcome, told.words.strip(), told.next_step.strip(), told.next_on)
    same = latest and asked == (latest.outcome, latest.words, latest.next_step, latest.next_on)
    return latest if same else None


def service_of_note(case: Case, by: User) -> Service:
    """The service a note stays in: the case's where the writer works there, else their own. Raises NotRight."""
    mine = [each.service_id for each in scope_of(by).places if each.service_id]
    if not mine:
        raise NotRight({"note": "Only somebody of a service writes a note for that service"})
    found = Service.objects.filter(pk__in=mine, authority=case.person.authority_id)
    service = found.filter(pk=case.service_id or 0).first() or found.first()
    if service is None:
        raise NotRight({"note": "Only somebody of a service writes a note for that service"})
    return service
