"""How the September Guarantee stands beside somebody at risk: whether a place has been offered, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from tracking.figures.queries.records import GUARANTEE_MONTHS_OF_THE_NEW_YEAR
from tracking.reference.queries import ruleset
from tracking.register.models import Guarantee, YoungPerson
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, birth_range, year_group
from tracking.rules.ruleset import RuleSet

OWED_IN = (11, 12)
SETTLED = ("offer made", "offer not appropriate")


@dataclass(frozen=True)
class Offered:
    """What is recorded, and whether a place is still to be found."""

    words: str
    tone: str
    is_missing: bool = False


NOT_DUE = Offered("Not due yet", "plain")
NOT_RECORDED = Offered("Not recorded", "attention", is_missing=True)


def years_after(on: date) -> int:
    """From September to March the offer of the year that ended is looked at, of those now a year further on."""
    return 1 if on.month in GUARANTEE_MONTHS_OF_THE_NEW_YEAR else 0


def without_offer(on: date, person: str = "person") -> Q:
    """Those owed an offer on a day of whom none is recorded, nor that none is wanted: `person` names the young
    person."""
    statuses = settled_codes(ruleset(on))
    condition = Q(pk__in=[])
    for owed in OWED_IN:
        first, last = birth_range(owed + years_after(on) + AGE_ABOVE_YEAR_GROUP, on)
        has = Guarantee.objects.filter(person=OuterRef(person), year_group=owed, status__in=statuses)
        condition |= Q(**{f"{person}__date_of_birth__range": (first, last)}) & ~Q(Exists(has))
    return condition


def settled_codes(rules: RuleSet) -> list[str]:
    return sorted(code for code, each in rules.guarantee_statuses.items() if each.family in SETTLED)


def offers_of(people: Iterable[YoungPerson], on: date) -> Mapping[int, Offered]:
    """How each of these stands on a day, by person: one statement."""
    owed = {each.pk: _owed(each.date_of_birth, on) for each in people}
    rows = Guarantee.objects.filter(person__in=owed).values_list("person_id", "year_group", "status")
    held = {(person, year): status for person, year, status in rows}
    rules = ruleset(on)
    return {
        person: _offered(held.get((person, year), ""), rules) if year else NOT_DUE
        for person, year in owed.items()
    }


def _owed(born_on: date | None, on: date) -> int | None:
    if born_on is None:
        return None
    year = year_group(born_on, on) - years_after(on)
    return year if year in OWED_IN else None


def _offered(status: str, rules: RuleSet) -> Offered:
    known = rules.guarantee_statuses.get(status)
    if known is None:
        return NOT_RECORDED
    if known.family in SETTLED:
        return Offered(known.plain_words, "good" if known.family == SETTLED[0] else "plain")
    return Offered(known.plain_words, "bad", is_missing=True)
