"""Who belongs on a campaign's list on a day: each reason is one question to the register, asked for a whole council."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseload.campaigns.rules import WHY
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, Characteristic, Guarantee, YoungPerson
from tracking.register.queries.rule_facts import TAUGHT_AT_HOME
from tracking.register.queries.standing import counting, ending, standing_as
from tracking.rights.queries.limits import use_is_limited
from tracking.rules.academic_year import academic_year, birth_range, starts_on
from tracking.rules.codes import CohortKind, Status
from tracking.rules.council_year import ListRule
from tracking.rules.ruleset import RuleSet

YEAR_11, YEAR_12, YEAR_13 = 15, 16, 17
NO_OFFER = "no offer", "not recorded"
SEPTEMBER, NEW_YEAR = (9, 1), (1, 1)
HERE = (CohortKind.PRIMARY, CohortKind.GUARANTEE)


@dataclass(frozen=True)
class Asked:
    """For which campaign the register is asked: a council, the campaign's days, and the day of asking. School years are
    those of the first day, since they turn on 1 September while a campaign runs."""

    authority_id: int
    first: date
    last: date
    on: date

    @cached_property
    def rules(self) -> RuleSet:
        return ruleset(self.on)

    def people(self, *ages: int) -> QuerySet[YoungPerson]:
        """Those of these academic ages who are in the cohort and whose record is used."""
        born = Q()
        for age in ages:
            born |= Q(date_of_birth__range=birth_range(age, self.first))
        letters = sorted(self.rules.cohort_letters(*HERE))
        found = YoungPerson.objects.filter(born, authority=self.authority_id, cohort_status__in=letters)
        return found.exclude(use_is_limited())

    def is_(self, *statuses: Status) -> Q:
        found = Q()
        for status in statuses:
            found |= standing_as(status, self.rules, self.on)
        return found

    @property
    def days_left(self) -> int:
        return max(0, (self.last - self.on).days)


def no_offer(asked: Asked) -> QuerySet[YoungPerson]:
    """Year 11 without an offer of a place (September Guarantee) and not in learning or work already."""
    settled = [code for code, each in asked.rules.guarantee_statuses.items() if each.family not in NO_OFFER]
    offered = Guarantee.objects.filter(person=OuterRef("pk"), year_group=11, status__in=settled)
    return asked.people(YEAR_11).exclude(Exists(offered)).exclude(asked.is_(Status.EET))


def plan_no_offer(asked: Asked) -> QuerySet[YoungPerson]:
    plan = Characteristic.objects.filter(person=OuterRef("pk"), code=Characteristic.EHCP, ends_on=None)
    return no_offer(asked).filter(Exists(plan))


def home_no_offer(asked: Asked) -> QuerySet[YoungPerson]:
    """Whom families teach at home (R137)."""
    return no_offer(asked).filter(counting(asked.on), situation__code=TAUGHT_AT_HOME)


def left_since(month: int, day: int) -> Callable[[Asked], QuerySet[YoungPerson]]:
    """Year 12 and 13 whose learning or work ended since that day of the academic year, with nothing after it."""

    def left(asked: Asked) -> QuerySet[YoungPerson]:
        first = starts_on(academic_year(asked.first))
        since = date(first.year + ((month, day) < (first.month, first.day)), month, day)
        codes = sorted(asked.rules.activities_with(Status.EET))
        over = Activity.objects.filter(
            person=OuterRef("pk"), code__in=codes, ends_on__range=(since, asked.on), is_primary=True
        )
        return asked.people(YEAR_12, YEAR_13).filter(asked.is_(Status.NEET, Status.NOT_KNOWN), Exists(over))

    return left


def about_to_end(asked: Asked) -> QuerySet[YoungPerson]:
    """In learning or work that is expected to finish while the campaign runs, and nothing known to follow."""
    soon = ending(asked.days_left, asked.on)
    return asked.people(YEAR_12, YEAR_13).filter(soon & asked.is_(Status.EET))


def neet(asked: Asked) -> QuerySet[YoungPerson]:
    return asked.people(YEAR_12, YEAR_13).filter(asked.is_(Status.NEET))


Reason = tuple[str, Callable[[Asked], QuerySet[YoungPerson]]]
LISTS: Mapping[ListRule, tuple[Reason, ...]] = {
    ListRule.RESULTS_DAY: (
        ("plan_no_offer", plan_no_offer),
        ("home_no_offer", home_no_offer),
        ("no_offer", no_offer),
    ),
    ListRule.LEFT_SINCE_AUTUMN: (("left", left_since(*SEPTEMBER)), ("about_to_end", about_to_end)),
    ListRule.LEFT_SINCE_NEW_YEAR: (("left", left_since(*NEW_YEAR)), ("about_to_end", about_to_end)),
    ListRule.SUMMER: (
        ("home_no_offer", home_no_offer),
        ("plan_no_offer", plan_no_offer),
        ("no_offer", no_offer),
        ("neet", neet),
        ("about_to_end", about_to_end),
    ),
}
# What is rung first.
PLACE = {why: place for place, why in enumerate(WHY)}


def belonging(rule: ListRule, asked: Asked) -> dict[int, str]:
    """Who belongs on the list that day, each with the first reason that fits: one statement for each reason."""
    found: dict[int, str] = {}
    for why, question in LISTS[rule]:
        for person in question(asked).order_by("pk").values_list("pk", flat=True):
            found.setdefault(person, why)
    return found
