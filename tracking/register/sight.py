"""Which young people a role shows (access.md section 1), as one condition on the register."""

from collections.abc import Callable
from datetime import date

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from neet.accounts.scope import Place, Scope

LEAVERS_SEEN_FOR = relativedelta(months=6)
NOBODY = Q(pk__in=[])


def _exists(model: str, condition: Q) -> Q:
    """Young people with such a row: by name, since those tables stand above this one."""
    rows = apps.get_model("tracking", model).objects.filter(condition, person=OuterRef("pk"))
    return Q(Exists(rows))


def _open(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def _whole_authority(place: Place, user_id: int, on: date) -> Q:
    return Q(authority_id=place.authority_id)


def _districts(place: Place, user_id: int, on: date) -> Q:
    lives_there = _exists("Residence", Q(ends_on__isnull=True, district_id=place.district_id))
    return Q(authority_id=place.authority_id) & lives_there


def _caseload(place: Place, user_id: int, on: date) -> Q:
    theirs = Q(user_id=user_id)
    if place.service_id:
        theirs |= Q(service_id=place.service_id)
    return Q(authority_id=place.authority_id) & _exists("Responsibility", theirs & _open(on))


def _allotted(place: Place, user_id: int, on: date) -> Q:
    theirs = Q(kind="contract", user_id=user_id)
    if place.service_id:
        theirs |= Q(kind="contract", service_id=place.service_id)
    return Q(authority_id=place.authority_id) & _exists("Responsibility", theirs & _open(on))


def _own_pupils(place: Place, user_id: int, on: date) -> Q:
    there = Q(establishment_id=place.establishment_id)
    recent = Q(ends_on__isnull=True) | Q(ends_on__gte=on - LEAVERS_SEEN_FOR)
    return Q(authority_id=place.authority_id) & _exists("Activity", there & recent)


def _nobody(place: Place, user_id: int, on: date) -> Q:
    """Figures, audit or accounts only: a person's record opens with a stated reason (an access grant)."""
    return NOBODY


ROWS: dict[str, Callable[[Place, int, date], Q]] = {
    "tracking_officer": _whole_authority,
    "mi_officer": _whole_authority,
    "hub_worker": _whole_authority,
    "district_lead": _districts,
    "caseworker": _caseload,
    "service_lead": _caseload,
    "contractor": _allotted,
    "school_user": _own_pupils,
    "college_user": _own_pupils,
    "manager": _nobody,
    "governance": _nobody,
    "system_admin": _nobody,
}


def rows(scope: Scope, on: date) -> Q:
    """The condition that holds for the young people this scope may see on the day: restricted records, and those put
    away because their time in everyday lists is over, left out unless the user was given access, and records that were
    put together with another left out always."""
    if scope.user_id is None:
        return NOBODY
    seen = NOBODY
    for place in scope.places:
        seen |= ROWS[place.role](place, scope.user_id, on)
    until = Q(until__isnull=True) | Q(until__gte=on)
    granted = _exists("AccessGrant", Q(user_id=scope.user_id) & until)
    once = Q(authority_id__in=scope.authority_ids, merged_into__isnull=True)
    put_away = _exists("Archived", Q())
    return once & ((Q(restricted_on__isnull=True) & seen & ~put_away) | granted)
