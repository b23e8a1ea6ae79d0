"""The autumn's question: drawn up each night, answered in a click, referred in another (R136)."""

from dataclasses import dataclass
from datetime import date

from caseload.referrals.actions import refer
from caseload.referrals.models import Referral
from caseload.referrals.statements import Ask
from caseload.transitions.kinds import Kind
from caseload.transitions.models import StartCheck, TransitionPlan
from caseload.transitions.queries.expected import expected_of
from caseload.transitions.rules import asks_who_started
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from schools.models import Authority, Service
from tracking.reference.queries import ruleset
from tracking.register.actions.activities import present, record_activity
from tracking.register.actions.confirmations import confirm_activity
from tracking.register.actions.reach import locked
from tracking.register.models import Activity, YoungPerson
from tracking.register.models.activity import Source
from tracking.register.refusals import NotRight
from tracking.register.rules.activities import Told
from tracking.rules.academic_year import academic_year, ends_on, starts_on
from tracking.rules.codes import Need, Status

Answer = StartCheck.Answer
LONGEST = 160
ON_REGISTER = (Answer.STARTED, Answer.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, and whether the register still has to be told what they do."""

    check: StartCheck
    is_to_record: bool


def draw_up_starts(*, authority: Authority, on: date) -> int:
    """Put everybody on this autumn's list who belongs there and does not stand there yet; how many were new.

    Outside the days of asking nobody is added. Done twice it is done once.
    """
    if not asks_who_started(on, ruleset(on).limits):
        return 0
    with recorded(Kind.STARTS_DRAWN_UP, by=None, authority_id=authority.pk) as event:
        found = expected_of(authority, on)
        StartCheck.objects.bulk_create(
            (
                StartCheck(
                    person_id=each.person_id,
                    year=academic_year(on),
                    expected_id=each.establishment_id,
                    expected_words=each.words[:LONGEST],
                    why=each.why,
                )
                for each in found
            ),
            ignore_conflicts=True,
            batch_size=2000,
        )
        event.subjects = [each.person_id for each in found]
        event.counts = {"people": len(found)}
    return len(found)


def answer_start(*, check: StartCheck, answer: str, by: User, words: str = "") -> Answered:
    """What became of it. "Started there" is also told to the register where that needs no further word: what goes on
    at that place is confirmed, and what the plan names is recorded from 1 September. Otherwise whoever answers is asked
    to record it. A later answer replaces an earlier one.

    Raises NotRight, NotPermitted.
    """
    if answer not in Answer.values:
        raise NotRight({"answer": "Select whether they started"})
    person = check.person
    with recorded(Kind.START_ANSWERED, by=by, authority_id=person.authority_id, subjects=[person.pk]):
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        held = StartCheck.objects.select_for_update(of=("self",)).get(pk=check.pk, person=now)
        held.answer, held.words = answer, words.strip()
        held.checked_on, held.checked_by = clock.today(), by
        held.save(update_fields=["answer", "words", "checked_on", "checked_by"])
        told = answer == Answer.STARTED and tell_register(held, now, by)
        return Answered(held, answer in ON_REGISTER and not told)


def tell_register(check: StartCheck, person: YoungPerson, by: User) -> bool:
    """Confirm or record what they do at the expected place; False where that needs more words than a click."""
    today = clock.today()
    goes_on = present(person, today)
    if goes_on and is_there(goes_on, check):
        confirm_activity(activity=goes_on, on=today, source=Source.SERVICE, by=by)
        return True
    plan = (
        TransitionPlan.objects.filter(person=person, year=check.year, ended_on=None).exclude(code="").first()
    )
    if plan is None or not (plan.establishment_id or plan.place):
        return False
    try:
        record_activity(person=person, told=as_planned(plan), by=by)
    except NotRight:  # the register wants to know more, and asks for it on its own page
        return False
    return True


def is_there(activity: Activity, check: StartCheck) -> bool:
    """Whether this is learning or work at the place they were expected at, begun or gone on with this autumn."""
    learning = ruleset(clock.today()).activities_with(Status.EET)
    here = check.expected_id is not None and activity.establishment_id == check.expected_id
    return activity.code in learning and here


def as_planned(plan: TransitionPlan) -> Told:
    """What the plan names as a statement for the register: from 1 September, to the end of the academic year where
    the DfE asks for an end (error 259)."""
    today = clock.today()
    needs_end = plan.code in ruleset(today).needing(Need.PREDICTED_END_DATE)
    return Told(
        code=plan.code,
        starts_on=starts_on(plan.year),
        told_on=today,
        source=Source.SERVICE,
        predicted_end_on=ends_on(plan.year) if needs_end else None,
        establishment_id=plan.establishment_id,
        place="" if plan.establishment_id else plan.place,
    )


def refer_unstarted(*, check: StartCheck, to_service: Service, by: User) -> Referral:
    """The service is asked to lead for somebody who did not start; the referral stands beside the answer. Raises
    NotRight, NotPermitted."""
    person = check.person
    where = check.expected.name if check.expected else check.expected_words
    words = f"Did not start as planned{f': {where}' if where else ''}."
    with recorded(Kind.START_REFERRED, by=by, authority_id=person.authority_id, subjects=[person.pk]):
        made = refer(person=person, ask=Ask(to_service, Referral.Reason.NEET_SUPPORT, words[:240]), by=by)
        StartCheck.objects.filter(pk=check.pk, person=person).update(referral=made)
        return made
