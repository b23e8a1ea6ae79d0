"""Whom a page offers: workers, schools, and young people by the numbers of a list."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from schools.models import Authority, Establishment, Membership
from tracking.register.columns import asker, objection_in_force
from tracking.register.models import YoungPerson

WITH_PUPILS = (
    "school",
    "special",
    "sixth_form_college",
    "college",
    "special_college",
    "alternative",
    "provider",
)


def workers_of(authority: Authority) -> QuerySet[User]:
    """Everybody who works on cases for the council today."""
    roles = [slug for slug, role in ROLES.items() if Permission.CASE_WORK in role.permissions]
    held = Membership.objects.running(clock.today()).filter(authority=authority, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def schools_of(authority: Authority) -> QuerySet[Establishment]:
    """The schools, colleges and providers of the council's area that are open."""
    found = Establishment.objects.filter(la_code=authority.code, closed_on=None, kind__in=WITH_PUPILS)
    return found.order_by("name", "pk")


def by_numbers(
    user: User, authority: Authority, numbers: Collection[str]
) -> tuple[list[YoungPerson], list[str]]:
    """The young people this user sees with these UPNs or CCIS numbers, and the numbers nobody has. A UPN the user is
    not shown finds nobody."""
    today = clock.today()
    who = asker(user, today)
    own = upn = Q(pk__in=[])
    if who.reads("youngperson.young_person_id"):
        own = Q(young_person_id__in=numbers)
    if who.reads("youngperson.upn"):
        upn = Q(upn__in=[each for each in numbers if each]) & ~Q(objection_in_force(today))
    visible = YoungPerson.objects.visible_to(user).filter(authority=authority)
    found = list(visible.filter(own | upn).order_by("family_name", "given_name", "pk"))
    known = {each.upn for each in found} | {each.young_person_id for each in found}
    return found, [each for each in numbers if each not in known]
