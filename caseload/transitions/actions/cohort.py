"""A service says who is theirs; what it says is looked into by tracking, and ends nobody's responsibility (R141)."""

from collections.abc import Iterable
from datetime import date

from caseload.reviews.models import ListContact
from caseload.transitions.kinds import Kind
from caseload.transitions.models import CohortAnswer
from caseload.transitions.queries.cohort import REMINDER, answers, of_service, progress, reminded_on
from caseload.transitions.queries.people import own_services
from caseload.transitions.rules import cohort_days
from caseload.transitions.statements import CohortSaid
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.messages.actions import Letter, send_all
from neet.turns import one_at_a_time
from neet.ui.words import day
from neet.working_days import working_days_after
from schools.models import Membership, Service
from tracking.reference.queries import ruleset
from tracking.register.models import Task
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.academic_year import academic_year

Answer = CohortAnswer.Answer
FOR_TRACKING = (Answer.NOT_OURS, Answer.MOVED)
NEEDS_WORDS = (Answer.CHANGED,)
TASK, DAYS_TO_LOOK, LONGEST = "cohort_answered", 10, 240


def answer_cohort(*, service: Service, said: Iterable[CohortSaid], by: User) -> int:
    """What a service says of several of its people at once; how many answers were new.

    "Not ours" and "moved away" become a task each for tracking, which looks into it: the responsibility goes on until
    somebody ends it. The same said again changes nothing. Raises NotRight, NotPermitted.
    """
    told = {each.person_id: each for each in said}
    refuse_unfit(told.values())
    refuse_others(service, by)
    today = clock.today()
    with recorded(Kind.COHORT_ANSWERED, by=by, authority_id=service.authority_id) as event:
        one_at_a_time("cohort_answers", service.pk)
        theirs = set(of_service(service, by, today).filter(pk__in=list(told)).values_list("pk", flat=True))
        new = [told[pk] for pk in sorted(theirs - unchanged(service, told, today))]
        CohortAnswer.objects.bulk_create(
            CohortAnswer(
                person_id=each.person_id, service=service, year=academic_year(today), answer=each.answer,
                words=each.words.strip(), answered_on=today, answered_by=by,
            )
            for each in new
        )  # fmt: skip
        open_for_tracking(service, [each for each in new if each.answer in FOR_TRACKING], today)
        event.subjects = [each.person_id for each in new]
        event.counts = {"people": len(new)}
    return len(new)


def refuse_unfit(said: Iterable[CohortSaid]) -> None:
    """Raise NotRight with one line for each young person whose answer does not stand by itself."""
    wrong = {}
    for each in said:
        if each.answer not in Answer.values:
            wrong[str(each.person_id)] = "Select an answer"
        elif each.answer in NEEDS_WORDS and not each.words.strip():
            wrong[str(each.person_id)] = "Enter what has changed"
    if wrong:
        raise NotRight(wrong)


def refuse_others(service: Service, by: User) -> None:
    """A service's own people answer for it; whoever works on cases for no service (tracking) may for any."""
    mine = own_services(by)
    here = {place.authority_id for place in scope_of(by).where(Permission.CASE_WORK)}
    if service.authority_id not in here or (mine and service.pk not in mine):
        raise NotPermitted(Permission.CASE_WORK)


def unchanged(service: Service, told: dict[int, CohortSaid], on: date) -> set[int]:
    """Of whom the service's last word of this year was the same."""
    latest: dict[int, CohortAnswer] = {}
    for each in answers(on, service.pk).filter(person__in=list(told)):
        latest.setdefault(each.person_id, each)
    return {
        person
        for person, each in latest.items()
        if (each.answer, each.words) == (told[person].answer, told[person].words.strip())
    }


def open_for_tracking(service: Service, said: list[CohortSaid], on: date) -> None:
    """One open task for each, whoever tracks takes it."""
    Task.objects.bulk_create(
        (
            Task(
                authority_id=service.authority_id,
                person_id=each.person_id,
                kind=TASK,
                words=f"{service.name}: {Answer(each.answer).label.lower()}. {each.words}".strip()[:LONGEST],
                cause=f"{service.pk} {academic_year(on)} {each.answer}",
                due_on=working_days_after(on, DAYS_TO_LOOK),
            )
            for each in said
        ),
        ignore_conflicts=True,
    )


def remind(*, service: Service, by: User) -> int:
    """An e-mail to whoever receives the service's list, or to its leads where nobody is named, with how many are left
    and by when; at most one a day. How many were written to. Raises NotPermitted."""
    today = clock.today()
    places = scope_of(by).where(Permission.ALLOCATE)
    if service.authority_id not in {place.authority_id for place in places}:
        raise NotPermitted(Permission.ALLOCATE)
    with recorded(Kind.SERVICE_REMINDED, by=by, authority_id=service.authority_id) as event:
        one_at_a_time("cohort_reminders", service.pk)
        left = next(
            (each.left for each in progress(service.authority_id, today) if each.service == service), 0
        )
        to = (
            receivers(service, today)
            if left and service.pk not in reminded_on(service.authority_id, today)
            else []
        )
        _, until = cohort_days(today, ruleset(today).limits)
        facts = {"service": service.name, "service_id": service.pk, "left": left, "until": str(day(until))}
        send_all(letters=[Letter(REMINDER, ("user", each), service.authority_id, facts) for each in to])
        event.counts = {"messages": len(to)}
    return len(to)


def receivers(service: Service, on: date) -> list[int]:
    """The accounts of those who receive the service's list, or of those who lead it."""
    named = ListContact.objects.filter(service=service, ends_on=None, user__is_active=True)
    if found := sorted(set(named.values_list("user", flat=True))):
        return found
    leading = [slug for slug, role in ROLES.items() if Permission.ALLOCATE in role.permissions]
    leads = Membership.objects.running(on).filter(service=service, role__in=leading, user__is_active=True)
    return sorted(set(leads.values_list("user", flat=True)))
