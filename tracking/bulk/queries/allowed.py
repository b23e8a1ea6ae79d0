"""Who sees a change to many, and which acts somebody may do to many."""

from django.db.models import Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from tracking.bulk.acts import Act, acts
from tracking.bulk.models import BulkChange


def changes_seen(user: User) -> QuerySet[BulkChange]:
    """One's own, and those of the councils all of whose records one works with."""
    scope = scope_of(user)
    whole = {
        place.authority_id
        for place in scope.where(Permission.ACTIVITY_RECORD)
        if ROLES[place.role].placed_by == "authority"
    }
    own = Q(made_by=user.pk, authority__in=scope.authority_ids)
    not_done = ("chosen", "asked", "going")
    seen = BulkChange.objects.filter(own | Q(authority__in=whole)).exclude(made_by=None, state__in=not_done)
    return seen.select_related("authority", "made_by", "agreed_by", "job__owner")


def acts_of(user: User, authority_id: int) -> dict[str, Act]:
    """What this user may do to many at the authority."""
    places = scope_of(user)
    return {
        slug: act
        for slug, act in acts().items()
        if any(place.authority_id == authority_id for place in places.where(act.needs))
    }
