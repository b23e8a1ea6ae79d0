"""Who came to a register lately, and may be led for elsewhere without anybody having said so."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from neet.accounts.models import User
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rights.queries.limits import use_is_limited
from tracking.rules.codes import CohortKind
from tracking.rules.moves import OPEN

MOST = 10_000


def newcomers(authority: Authority, since: datetime, user: User, on: date) -> QuerySet[YoungPerson, int]:
    """Of our own cohort, made since that moment, seen by the user: no move of theirs is open or has brought them here,
    none is restricted or not to be used. At most ten thousand, the newest first."""
    ours = YoungPerson.objects.visible_to(user).filter(
        authority=authority,
        created_at__gte=since,
        restricted_on=None,
        cohort_status__in=ruleset(on).cohort_letters(CohortKind.PRIMARY),
    )
    moving = ours.filter(moves__state__in=OPEN)
    fresh = ours.exclude(use_is_limited()).exclude(pk__in=moving).exclude(arrivals__isnull=False)
    return fresh.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST]


def named(people: Sequence[int], user: User) -> Mapping[int, YoungPerson]:
    """These records, as far as the user sees them."""
    return YoungPerson.objects.visible_to(user).in_bulk(list(people))
