"""Who may be named as the owner of an action."""

from datetime import date

from django.db.models import QuerySet

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from schools.models import Authority, Membership

FOR_THE_COUNCIL = tuple(slug for slug, role in ROLES.items() if Permission.PLAN_CHANGE in role.permissions)


def colleagues(authority: Authority, on: date) -> QuerySet[User]:
    """Everybody at the council who may open the self-assessment on the day, by name."""
    held = Membership.objects.running(on).filter(authority=authority, role__in=FOR_THE_COUNCIL)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")
