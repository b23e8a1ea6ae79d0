"""Who comes onto the at-risk list, one by one or many at once, and what is said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from caseload.prevention.entries import keep_facts, put_on_list
from caseload.prevention.kinds import Kind
from caseload.prevention.models import AtRisk, RiskFact
from caseload.prevention.statements import RiskRow, RiskTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.ui.words import day
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import locked, repeated, within_reach
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

P = Permission
# Who may enter many: who works on cases, and who takes a school's return over or sends it (R24).
MAY_ENTER_MANY = (P.CASE_WORK, P.RETURN_RECEIVE, P.RETURN_SUBMIT)


def enter(*, person: YoungPerson, told: RiskTold, by: User) -> AtRisk:
    """They may become NEET, and why (R73). What only people can say of them counts among their points from today.

    It is a reason to talk to them: their status, the file for the DfE and tracking stay as they are. Raises NotRight,
    NotPermitted.
    """
    refuse_unfit(told, person.authority_id)
    with recorded(Kind.ENTERED, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=P.CASE_WORK)
        if there := AtRisk.objects.filter(person=now, ends_on=None).first():
            if there.entered_by == by and there.reasons == list(told.reasons):
                repeated(event)
                return there
            raise NotRight({"": f"They are on the at-risk list already, since {day(there.starts_on)}"})
        made = AtRisk.objects.create(
            person=now,
            said_by=told.said_by,
            reasons=list(told.reasons),
            words=told.words.strip(),
            establishment=told.establishment,
            service=told.service,
            worker=told.worker,
            entered_by=by,
        )
        keep_facts([RiskRow(now.pk, told.reasons, establishment=_of_school(told))], by)
        return made


def change(*, entry: AtRisk, told: RiskTold, by: User) -> AtRisk:
    """What is said of them now; a reason that is taken away no longer counts from today. Raises NotRight,
    NotPermitted."""
    person = entry.person
    refuse_unfit(told, person.authority_id, held=entry.reasons)
    with recorded(Kind.CHANGED, by=by, authority_id=person.authority_id, subjects=[person.pk]):
        locked(person, by=by, permission=P.CASE_WORK)
        now = AtRisk.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if now.ends_on:
            raise NotRight({"": f"They left the at-risk list on {day(now.ends_on)}"})
        gone = set(now.reasons) - set(told.reasons)
        RiskFact.objects.filter(person=person, factor__in=gone, until=None).update(until=clock.today())
        now.reasons, now.words = list(told.reasons), told.words.strip()
        now.service, now.worker = told.service, told.worker
        now.save(update_fields=["reasons", "words", "service", "worker"])
        keep_facts([RiskRow(person.pk, told.reasons, establishment=now.establishment_id)], by)
        return now


def refuse_unfit(told: RiskTold, authority_id: int, *, held: Iterable[str] = ()) -> None:
    if not told.reasons and not told.words.strip():
        raise NotRight({"reasons": "Select at least one reason, or say it in one line"})
    if unknown := set(told.reasons) - set(held) - ruleset(clock.today()).risk_factors.keys():
        raise NotRight({"reasons": f"{sorted(unknown)[0]} is no reason in the table of points"})
    if told.service and told.service.authority_id != authority_id:
        raise NotRight({"service": "Select a service of this council"})


def _of_school(told: RiskTold) -> int | None:
    said_by_school = told.said_by == AtRisk.SaidBy.SCHOOL and told.establishment
    return told.establishment.pk if said_by_school and told.establishment else None


@dataclass(frozen=True, slots=True)
class Entered:
    """How many came onto the list, and how many stood on it already and had reasons added."""

    new: int
    there: int


def enter_many(*, authority: Authority, rows: Sequence[RiskRow], said_by: str, by: User) -> Entered:
    """Many come onto the list in one act: from a school's return (R24), a list of numbers, or the points (R73).

    Who stands on it already stays with whoever works with them, and new reasons are added. What a school says about
    somebody who objects to that is not kept: they are entered without reasons (Education and Skills Act 2008 s14).
    A handful of statements whatever their number. Raises NotPermitted where one of them is out of the user's reach.
    """
    told = {each.person: each for each in rows}
    with recorded(Kind.ENTERED_MANY, by=by, authority_id=authority.pk, subjects=sorted(told)) as event:
        people = {each.pk for each in _reached(by, authority, told)}
        if missing := told.keys() - people:
            raise NotPermitted(f"{len(missing)} of them")
        done = put_on_list(rows, said_by, by)
        new = sum(each.is_new for each in done)
        event.counts = {"new": new, "there": len(done) - new}
        return Entered(new, len(done) - new)


def _reached(by: User, authority: Authority, told: Iterable[int]) -> QuerySet[YoungPerson]:
    found = YoungPerson.objects.none()
    for permission in MAY_ENTER_MANY:
        found |= within_reach(by, permission)
    wanted = YoungPerson.objects.filter(pk__in=found.values("pk"))
    return (
        wanted.filter(authority=authority, pk__in=list(told)).select_for_update(of=("self",)).order_by("pk")
    )
