"""The list of names a hub looks through, and what it may be told of each: a name, a year group, a status (R71)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.models import Claim, Guarantee, Residence, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.queries.index import IndexLine, index_lines
from tracking.register.queries.people import NotVisible
from tracking.register.queries.standing import standing_as
from tracking.register.rules.activities import not_known_codes
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import CohortKind, Status
from tracking.rules.ruleset import RuleSet

HUB = "hub"
NOT_KNOWN, SURVEY, GUARANTEE = "not_known", "survey", "guarantee"
# The list a hub is asked to look through in the months that have one of their own.
OF_MONTH: Mapping[int, str] = {11: SURVEY, 7: GUARANTEE}
SURVEYED, GUARANTEED = (16, 17), (15, 16)
AGE_ABOVE_YEAR_GROUP = 4
NOT_OFFERED = ("no offer", "not recorded")


def list_of_month(on: date) -> str:
    """November: the activity survey; July: the September Guarantee; else whoever nobody knows of."""
    return OF_MONTH.get(on.month, NOT_KNOWN)


def names_for(user: User, kind: str, on: date) -> QuerySet[YoungPerson]:
    """The young people of one list this user may say they know, unordered."""
    rules = ruleset(on)
    in_cohort = Q(cohort_status__in=sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)))
    wanted = {SURVEY: _surveyed, GUARANTEE: _without_an_offer}.get(kind, _unknown)
    return may_know(user).filter(in_cohort & wanted(rules, on))


def may_know(user: User) -> QuerySet[YoungPerson]:
    """Whoever lives where this user's hub is, or in the council where it has no district; no restricted record."""
    seen = Q(pk__in=[])
    for place in scope_of(user).where(Permission.KNOWN_CLAIM):
        here = Q(authority_id=place.authority_id)
        if place.district_id:
            lives = Residence.objects.filter(
                person=OuterRef("pk"), ends_on=None, district_id=place.district_id
            )
            here &= Q(Exists(lives))
        seen |= here
    return YoungPerson.objects.filter(seen, restricted_on__isnull=True)


def person_to_know(user: User, ref: UUID) -> YoungPerson:
    """The young person, where this user may say that they know them. Raises NotVisible."""
    found = may_know(user).filter(ref=ref).first()
    if found is None:
        raise NotVisible
    return found


def _unknown(rules: RuleSet, on: date) -> Q:
    return standing_as(Status.NOT_KNOWN, rules, on)


def _surveyed(rules: RuleSet, on: date) -> Q:
    """Those who left Year 11 or 12 in the summer and of whom the survey of 1 November knows nothing yet."""
    return _unknown(rules, on) & _aged(SURVEYED, on)


def _without_an_offer(rules: RuleSet, on: date) -> Q:
    """Years 11 and 12 for whom no offer of a place is recorded, nor that none suits."""
    settled = [code for code, each in rules.guarantee_statuses.items() if each.family not in NOT_OFFERED]
    owed = Q(pk__in=[])
    for age in GUARANTEED:
        has_one = Guarantee.objects.filter(
            person=OuterRef("pk"), year_group=age - AGE_ABOVE_YEAR_GROUP, status__in=settled
        )
        owed |= _aged((age,), on) & ~Q(Exists(has_one))
    return owed


def _aged(ages: tuple[int, ...], on: date) -> Q:
    """Of these academic ages; two that follow each other are one span."""
    (first, _), (_, last) = birth_range(max(ages), on), birth_range(min(ages), on)
    return Q(date_of_birth__range=(first, last))


@dataclass(frozen=True)
class KnownLine:
    """A name as a hub is told it, and the day this user last said something of them."""

    person: IndexLine
    said_on: date | None

    @property
    def ref(self) -> UUID:
        return self.person.ref


def lines_for(people: QuerySet[YoungPerson], user: User, on: date) -> tuple[KnownLine, ...]:
    """These names with what this user said of them before; two statements."""
    found = index_lines(people, on)
    said = Claim.objects.filter(person__in=[each.pk for each in found], channel=HUB, said_by=signed(user))
    days = dict(said.order_by("said_on").values_list("person", "said_on"))
    return tuple(KnownLine(each, days.get(each.pk)) for each in found)


def signed(user: User) -> str:
    """How the row names who said it."""
    return user.name[: Claim._meta.get_field("said_by").max_length]


def may_be_said(rules: RuleSet) -> dict[str, str]:
    """The codes a hub may say of somebody, with their words: all but those that say that nobody knows."""
    unknown = not_known_codes(rules)
    return {code: each.plain_words for code, each in rules.activities.items() if code not in unknown}
