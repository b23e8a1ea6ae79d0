"""Reading who works where."""

from datetime import date

from neet.accounts.scope import Place
from schools.models import Membership


def places_of(user_id: int, on: date) -> tuple[Place, ...]:
    """The places a person holds on the day (access.md section 1); one statement."""
    rows = (
        Membership.objects.filter(user_id=user_id)
        .running(on)
        .values_list("role", "authority_id", "establishment_id", "district_id", "service_id")
    )
    return tuple(Place(*row) for row in rows)
