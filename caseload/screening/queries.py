"""Reading screenings: the latest of each young person, who is still to be asked, who has a plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from caseload.screening.models import Screening
from caseload.screening.statements import Told
from neet.accounts.models import User
from neet.accounts.roles import Permission
from schools.models import Service
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import within_reach
from tracking.register.columns import asker, characteristics, open_on
from tracking.register.fields import characteristics_read
from tracking.register.models import Characteristic, YoungPerson
from tracking.register.queries.rule_facts import FIELDS, facts_of
from tracking.register.queries.standing import standing_as
from tracking.rules.allocation import Answers, decide
from tracking.rules.codes import Status

YES_OR_NO = {Screening.Answer.YES: True, Screening.Answer.NO: False}


@dataclass(frozen=True, slots=True)
class Screened:
    """What allocation reads of somebody's latest screening. `wants_education` is None where nobody could say;
    `agreed` is the slug of the service that was chosen to lead, else of the other one involved that wants to."""

    person_id: int
    held_on: date
    wants: str
    wants_education: bool | None
    asks_for_support: bool
    agreed: str = ""


def latest(person_ids: Iterable[int]) -> dict[int, Screened]:
    """The latest screening of each of them who was ever screened, by person: one statement."""
    wants_to_lead = Q(other_service_leads=Screening.Answer.YES)
    agreed = Coalesce("chosen__slug", Case(When(wants_to_lead, then="other_service__slug")))
    found = (
        Screening.objects.filter(person__in=list(person_ids))
        .order_by("person_id", "-held_on", "-pk")
        .distinct("person_id")
        .values_list("person", "held_on", "wants", "wants_education", "asks_for_support", agreed)
    )
    return {
        row[0]: Screened(row[0], row[1], row[2], wants_education(row[2], row[3]), row[4], row[5] or "")
        for row in found
    }


def wants_education(wants: str, answered: str) -> bool | None:
    """What the question for those with a plan says, else what they want to do."""
    if answered in YES_OR_NO:
        return YES_OR_NO[Screening.Answer(answered)]
    return None if wants == Screening.Wants.NOT_SAID else wants == Screening.Wants.EDUCATION


def screenings_seen_by(user: User) -> QuerySet[Screening]:
    """Those of the young people this user works with."""
    return Screening.objects.filter(person__in=within_reach(user, Permission.CASE_WORK).values("pk"))


def to_screen(user: User, on: date, since: date | None = None) -> QuerySet[YoungPerson]:
    """Who is NEET and was not screened since they became it; with `since`, only those who became it from that day on
    (R60)."""
    asked = Screening.objects.filter(
        Q(held_on__gte=OuterRef("situation__neet_since_on")) | Q(person__situation__neet_since_on=None),
        person=OuterRef("pk"),
    )
    found = within_reach(user, Permission.CASE_WORK).filter(
        ~Exists(asked), standing_as(Status.NEET, ruleset(on), on), cohort_status="P"
    )
    return found.filter(situation__neet_since_on__gte=since) if since else found


def has_plan(person: YoungPerson, user: User, on: date) -> bool:
    """Whether they have an EHC plan that this user may know of."""
    who = asker(user, on)
    read = characteristics_read(who.roles, [Characteristic.EHCP])
    return person.characteristics.filter(characteristics(who, read), open_on(on)).exists()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The service the rules name after somebody's answers, and the rule."""

    service: Service | None
    rule: str


def proposal(person: YoungPerson, told: Told, on: date) -> Proposal:
    """What the rules of the day say of them once these answers are known (R61); nobody where rules disagree or none
    fits."""
    plan, leads = told.plan, Screening.Answer.YES
    agreed = plan.other_service.slug if plan.other_service and plan.other_service_leads == leads else ""
    wants = wants_education(told.wants, plan.wants_education)
    known = facts_of([person.pk], person.authority, on)[person.pk]
    facts = known.answered(Answers(wants, agreed, told.asks_for_support))
    said = decide(facts, on, ruleset(on).rulebook(person.authority.code))
    return Proposal(
        Service.objects.filter(authority=person.authority_id, slug=said.service).first(), said.rule
    )


def rule_words(screening: Screening, user: User, on: date) -> str:
    """The rule that proposed a service, in words; where it rests on what this user does not read, only that it does."""
    book = ruleset(on).rulebook(screening.person.authority.code)
    rule = next((each for each in book.allocation if each.code == screening.rule), None)
    if rule is None:
        return ""
    asked = rule.when.needs | rule.when.any_of
    reads = all(asker(user, on).reads(FIELDS[fact]) for fact in asked if fact in FIELDS)
    return rule.words if reads else "a circumstance that is not shown to you"


def of_person(person_id: int) -> QuerySet[Screening]:
    """All of one young person, the latest first, with the names beside them."""
    rows = Screening.objects.filter(person=person_id)
    return rows.annotate(
        by=F("recorded_by__name"), chosen_name=F("chosen__name"), proposed_name=F("proposed__name")
    ).order_by("-held_on", "-pk")
