"""Whom next steps are about: those at risk, those a service works with, those with an EHC plan."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseload.prevention.models import AtRisk
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import District, Establishment, Service
from tracking.register.columns import open_on
from tracking.register.models import Characteristic, Residence, Responsibility, YoungPerson
from tracking.register.queries.register import Line, lines_by_key
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, birth_range
from tracking.rules.codes import CohortKind
from tracking.rules.ruleset import RuleSet

WORKS_WITH = (Responsibility.Kind.LEAD, Responsibility.Kind.SUPPORT)
BEFORE_LEAVING = (11, 12)
Found = QuerySet[Any]  # young people with columns that only the query has


def in_years(groups: Iterable[int], on: date) -> Q:
    """In one of these school years on the day."""
    found = Q(pk__in=[])
    for group in sorted(set(groups)):
        found |= Q(date_of_birth__range=birth_range(group + AGE_ABOVE_YEAR_GROUP, on))
    return found


def tracked(rules: RuleSet) -> Q:
    """Still on the register to be tracked: neither moved away nor past the age."""
    return Q(cohort_status__in=sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)))


def at_risk(on: date) -> Q:
    """On the at-risk list on the day."""
    return Q(Exists(AtRisk.objects.filter(open_on(on), person=OuterRef("pk"))))


def worked_with(on: date, services: Iterable[int] | None = None) -> Q:
    """A service leads for them or supports them on the day; with `services`, one of these."""
    held = Responsibility.objects.filter(open_on(on), person=OuterRef("pk"), kind__in=WORKS_WITH)
    held = held.filter(service__isnull=False) if services is None else held.filter(service__in=list(services))
    return Q(Exists(held))


def with_plan(on: date) -> Q:
    """They have an EHC plan on the day."""
    held = Characteristic.objects.filter(open_on(on), person=OuterRef("pk"), code=Characteristic.EHCP)
    return Q(Exists(held))


def lives_in(district: int) -> Q:
    return Q(Exists(Residence.objects.filter(person=OuterRef("pk"), ends_on__isnull=True, district=district)))


def seen(user: User, rules: RuleSet) -> QuerySet[YoungPerson]:
    """Whom this user sees of those who are tracked."""
    return YoungPerson.objects.visible_to(user).filter(tracked(rules))


def lines_by_person(people: Iterable[int], user: User, on: date) -> dict[int, Line]:
    """These people as the reader sees them: one statement."""
    return lines_by_key(people, user, on)


def authority_of(user: User) -> int:
    """The council this user works for; 0 for nobody's."""
    return next(iter(scope_of(user).authority_ids), 0)


def own_services(user: User) -> list[int]:
    """The services for which this user works on cases."""
    places = scope_of(user).where(Permission.CASE_WORK)
    return sorted({each.service_id for each in places if each.service_id})


def services_of(user: User) -> QuerySet[Service]:
    """Those a list may be narrowed to: one's own, all of the council's for whoever works for none."""
    found = Service.objects.filter(authority=authority_of(user)).order_by("name", "pk")
    mine = own_services(user)
    return found.filter(pk__in=mine) if mine else found


def districts_of(user: User) -> QuerySet[District]:
    return District.objects.filter(authority=authority_of(user)).order_by("name", "pk")


def places_near(code: str) -> QuerySet[Establishment]:
    """The schools, colleges and providers of this council's area that are open."""
    return Establishment.objects.filter(closed_on__isnull=True, la_code=code).order_by("name", "pk")
