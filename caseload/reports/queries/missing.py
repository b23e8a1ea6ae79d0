"""Provision that young people wait for and that is not there, as it was known when the month was frozen (R72)."""

from django.db.models import Q, QuerySet

from caseload.meetings.models import ProvisionGap
from caseload.reports.queries.material import Material


def missing(made_of: Material) -> QuerySet[ProvisionGap]:
    """What was open then, most waiting first; of a district its own, of a service none."""
    if made_of.whom.service:
        return ProvisionGap.objects.none()
    open_then = Q(closed_on=None) | Q(closed_on__gt=made_of.day)
    found = ProvisionGap.objects.filter(
        open_then, authority=made_of.authority, raised_at__lte=made_of.known_at
    ).select_related("district")
    if made_of.whom.district:
        found = found.filter(district=made_of.whom.district)
    return found.order_by("-waiting", "sector", "pk")
