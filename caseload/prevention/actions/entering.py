"""Who comes onto the at-risk list, one by one or many at once, and what is said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

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
from tracking.register.columns import objection_in_force
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.risk import ReadFrom

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
        done = put_on_list(rows, said_by=said_by, by=by)
        new = sum(each.is_new for each in done)
        event.counts = {"new": new, "there": len(done) - new}
        return Entered(new, len(done) - new)


@dataclass(frozen=True, slots=True)
class PutOn:
    """What happened to one of them: a new entry or one that was there, the reasons, facts and words that were added."""

    entry: AtRisk
    is_new: bool
    reasons: tuple[str, ...]
    facts: tuple[str, ...]
    words: str


def put_on_list(rows: Iterable[RiskRow], *, said_by: str, by: User | None) -> list[PutOn]:
    """Put these on the list, or add to what is said of them there; each once, whoever they are. For acts that have
    looked at who may, and that record it. Seven statements whatever their number."""
    kept = _without_objected(_once(rows))
    entries = AtRisk.objects.select_for_update(of=("self",)).filter(
        person__in=[each.person for each in kept], ends_on=None
    )
    there = {each.person_id: each for each in entries}
    made = AtRisk.objects.bulk_create(
        AtRisk(
            person_id=each.person, said_by=said_by, reasons=list(each.reasons), words=_line(each),
            establishment_id=each.establishment, entered_by=by,
        )
        for each in kept
        if each.person not in there
    )  # fmt: skip
    new = {each.person_id: each for each in made}
    facts = keep_facts(kept, by)
    done = [
        _added(there[each.person], each, facts.get(each.person, ()))
        if each.person in there
        else PutOn(new[each.person], True, each.reasons, facts.get(each.person, ()), _line(each))
        for each in kept
    ]
    AtRisk.objects.bulk_update(there.values(), ["reasons", "words"])
    return done


def _once(rows: Iterable[RiskRow]) -> list[RiskRow]:
    """Each young person once, with all that is said of them."""
    found: dict[int, RiskRow] = {}
    for each in rows:
        if before := found.get(each.person):
            reasons = tuple(dict.fromkeys([*before.reasons, *each.reasons]))
            each = replace(before, reasons=reasons, words=before.words or each.words)
        found[each.person] = each
    return list(found.values())


def _line(row: RiskRow) -> str:
    return row.words.strip()[:240]


def _added(entry: AtRisk, row: RiskRow, facts: tuple[str, ...]) -> PutOn:
    """What a row adds to an entry: reasons it had not, and words where it had none."""
    reasons = tuple(each for each in row.reasons if each not in entry.reasons)
    words = "" if entry.words else _line(row)
    entry.reasons, entry.words = [*entry.reasons, *reasons], entry.words or words
    return PutOn(entry, False, reasons, facts, words)


def _reached(by: User, authority: Authority, told: Iterable[int]) -> QuerySet[YoungPerson]:
    found = YoungPerson.objects.none()
    for permission in MAY_ENTER_MANY:
        found |= within_reach(by, permission)
    wanted = YoungPerson.objects.filter(pk__in=found.values("pk"))
    return (
        wanted.filter(authority=authority, pk__in=list(told)).select_for_update(of=("self",)).order_by("pk")
    )


def _without_objected(rows: list[RiskRow]) -> list[RiskRow]:
    """What schools may not pass on is not kept."""
    from_schools = [each.person for each in rows if each.establishment]
    objecting = YoungPerson.objects.filter(objection_in_force(clock.today()), pk__in=from_schools)
    withheld = set(objecting.values_list("pk", flat=True))
    return [
        RiskRow(each.person, establishment=each.establishment)
        if each.establishment and each.person in withheld
        else each
        for each in rows
    ]


def keep_facts(rows: Iterable[RiskRow], by: User | None) -> dict[int, tuple[str, ...]]:
    """What only people can say becomes a fact that counts among the points; what is known from the register does
    not have to. The facts that are new, by person. Two statements."""
    factors = ruleset(clock.today()).risk_factors
    said = {code for code, each in factors.items() if each.source is ReadFrom.SAID}
    told = {(row.person, code): row.establishment for row in rows for code in row.reasons if code in said}
    known = set(
        RiskFact.objects.filter(person__in={person for person, _ in told}, until=None).values_list(
            "person_id", "factor"
        )
    )
    new = [key for key in told if key not in known]
    RiskFact.objects.bulk_create(
        [
            RiskFact(person_id=person, factor=code, establishment_id=told[person, code], entered_by=by)
            for person, code in new
        ],
        ignore_conflicts=True,
    )
    return {
        person: tuple(code for whose, code in new if whose == person) for person in {each for each, _ in new}
    }
