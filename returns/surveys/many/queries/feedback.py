"""What a school is told of its last Year 11 in February: young person by young person of those who agreed, in numbers
of all others (R21, R22)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from returns.surveys.many.queries.cohort import LAST_OF_MAY, asked_at
from schools.models import Authority, Establishment
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force
from tracking.register.models import Consent, YoungPerson
from tracking.register.queries.standing import Facts, Standing, standing
from tracking.rules.codes import Status
from tracking.rules.disclosure import counts_shown
from tracking.rules.ruleset import RuleSet

NOT_IN_WORK = "Not in education, employment or training"
ELSE = "Something else"
NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Told:
    """One young person who agreed that their school is told."""

    person_id: int
    family_name: str
    given_name: str
    born_on: date | None
    doing: str
    place: str
    since: date | None


@dataclass(frozen=True)
class Feedback:
    """What one school gets back: its Year 11 of the last summer. `others` are numbers in words, none that could point
    at somebody."""

    establishment: Establishment
    year_11_of: int
    on: date
    told: tuple[Told, ...]
    others: tuple[tuple[str, str], ...]
    others_in_all: int


def last_may(on: date) -> date:
    """The 31 May of the last school year that is over or ends: its Year 11 is spoken of."""
    this = date(on.year, *LAST_OF_MAY)
    return this if on > this else date(on.year - 1, *LAST_OF_MAY)


def feedback_of(*, authority: Authority, establishment: Establishment, on: date) -> Feedback:
    """What this school is told on the day: who had agreed and not taken it back by then, and the others in numbers.

    Whoever takes it back on 1 February is not in what is made on the 2nd, nor is who objects to data passing named.
    Restricted records are in neither. Three statements.
    """
    may = last_may(on)
    rules = ruleset(on)
    pupils = asked_at(authority.pk, establishment.pk, may).annotate(
        agrees=Exists(_agreed(on)) & ~objection_in_force(on)
    )
    rows = list(pupils.select_related("situation__activity").order_by("family_name", "given_name", "pk"))
    told, others = [], Counter[str]()
    for each in rows:
        stands = standing(_facts(each), rules, on)
        if each.agrees:
            told.append(_told(each, stands, rules))
        else:
            others[_group(stands, rules)] += 1
    shown = counts_shown({group: others[group] for group in _groups(rules)}, (NOT_IN_WORK, NOT_KNOWN))
    return Feedback(establishment, may.year, on, tuple(told), tuple(shown.items()), sum(others.values()))


def _agreed(on: date) -> QuerySet[Consent]:
    kept = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    purpose = Consent.Purpose.SCHOOL_FEEDBACK
    return Consent.objects.filter(kept, person=OuterRef("pk"), purpose=purpose, given_on__lte=on)


def _facts(person: YoungPerson) -> Facts:
    now = getattr(person, "situation", None)
    if now is None:
        return Facts()
    place = now.activity.establishment_name if now.activity else ""
    return Facts(now.code, now.starts_on, now.ends_on, now.lapses_on, place)


def _told(person: YoungPerson, stands: Standing, rules: RuleSet) -> Told:
    """Of somebody in learning or work what and where; of all others no more than that: why is theirs to tell."""
    is_in = stands.status is Status.EET
    return Told(
        person_id=person.pk,
        family_name=person.family_name,
        given_name=person.given_name,
        born_on=person.date_of_birth,
        doing=stands.activity if is_in else _group(stands, rules),
        place=stands.facts.place if is_in else "",
        since=stands.facts.since if is_in else None,
    )


def _groups(rules: RuleSet) -> list[str]:
    """Every group somebody may be in: of which nobody is must not show, where another is held back."""
    families = {each.family for each in rules.activities.values() if each.status is Status.EET}
    return [*sorted(families), NOT_IN_WORK, ELSE, NOT_KNOWN]


def _group(stands: Standing, rules: RuleSet) -> str:
    if stands.status is Status.EET:
        return rules.activities[stands.facts.code].family
    return {Status.NEET: NOT_IN_WORK, Status.NOT_KNOWN: NOT_KNOWN}.get(stands.status, ELSE)
