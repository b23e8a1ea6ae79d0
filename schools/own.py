"""Reading who else works at one's own school or college: those with the same role there, and no one besides."""

from datetime import date

from django.db.models import Q, QuerySet

from neet.accounts.roles import Permission
from neet.accounts.scope import Place, Scope
from schools.models import Invitation, Membership
from schools.queries import NotYours, open_invitations_in


def own_places(scope: Scope) -> tuple[Place, ...]:
    """The places whose colleagues this person looks after."""
    return scope.where(Permission.OWN_COLLEAGUES)


def like_own(scope: Scope) -> Q:
    """The condition that a place or an invitation is like one of their own."""
    found = Q(pk__in=[])
    for place in own_places(scope):
        found |= Q(role=place.role, authority_id=place.authority_id, establishment_id=place.establishment_id)
    return found


def own_colleagues(scope: Scope, on: date) -> QuerySet[Membership]:
    """Who holds such a place today or later; no program."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    held = Membership.objects.filter(like_own(scope), still, tokens=None, user__is_active=True)
    return held.select_related("user", "establishment").order_by("user__name", "pk")


def own_colleague(scope: Scope, membership_id: int, on: date) -> Membership:
    """One of them who is not the asker. Raises NotYours."""
    found = own_colleagues(scope, on).exclude(user=scope.user_id).filter(pk=membership_id).first()
    if found is None:
        raise NotYours
    return found


def own_invitations(scope: Scope) -> QuerySet[Invitation]:
    """Invitations to such a place that nobody has answered or taken back."""
    return open_invitations_in(like_own(scope))


def own_invitation(scope: Scope, invitation_id: int) -> Invitation:
    """One of them. Raises NotYours."""
    found = own_invitations(scope).filter(pk=invitation_id).first()
    if found is None:
        raise NotYours
    return found
