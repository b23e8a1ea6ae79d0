"""Who works on a return."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from returns.intake.models import Intake
from schools.models import Membership

CONTRIBUTE = sorted(slug for slug, role in ROLES.items() if Permission.RETURN_CONTRIBUTE in role.permissions)
SUBMIT = sorted(slug for slug, role in ROLES.items() if Permission.RETURN_SUBMIT in role.permissions)


def colleagues_of(intake: Intake, on: date) -> QuerySet[User]:
    """Those of the return's own school or college who may work on it, by name."""
    here = Membership.objects.running(on).filter(
        user=OuterRef("pk"),
        authority=intake.authority_id,
        establishment=intake.establishment_id,
        role__in=CONTRIBUTE,
    )
    return User.objects.filter(Exists(here), is_active=True).order_by("name", "pk")


def submitters_of(intake: Intake, on: date) -> QuerySet[User]:
    """Those of the return's own school or college who may send it, by name."""
    here = Membership.objects.running(on).filter(
        user=OuterRef("pk"),
        authority=intake.authority_id,
        establishment=intake.establishment_id,
        role__in=SUBMIT,
        can_submit=True,
    )
    return User.objects.filter(Exists(here), is_active=True).order_by("name", "pk")
