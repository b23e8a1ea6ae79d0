"""Two councils agree to answer each other whether they know somebody; either may end it at any time."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.moves.kinds import Kind
from tracking.moves.models import CouncilAgreement
from tracking.moves.queries.agreements import agreement_between, in_order
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotPermitted, NotRight

GOVERNS = Permission.RESTRICTION_CHANGE


def offer(*, authority: Authority, other: Authority, by: User) -> CouncilAgreement:
    """Offer another council that both answer each other. Where it has offered the same, it is agreed.

    Raises NotRight, NotPermitted.
    """
    if authority == other:
        raise NotRight({"other": "Select another council"})
    with recorded(Kind.AGREEMENT_OFFERED, by=by, authority_id=authority.pk) as event:
        refuse_stranger(authority.pk, by)
        first, second = in_order(authority, other)
        one_at_a_time("council_agreement", first.pk)
        standing = agreement_between(authority, other)
        if standing:
            repeated(event)
            if standing.offered_by_council_id != authority.pk:
                return agree(agreement=standing, authority=authority, by=by)
            return standing
        return CouncilAgreement.objects.create(
            first=first, second=second, offered_by_council=authority, offered_by=by
        )


def agree(*, agreement: CouncilAgreement, authority: Authority, by: User) -> CouncilAgreement:
    """The other council agrees: from now on both answer. Raises NotRight, NotPermitted."""
    with recorded(Kind.AGREEMENT_MADE, by=by, authority_id=authority.pk) as event:
        now = held(agreement, authority, by)
        if now.offered_by_council_id == authority.pk:
            raise NotRight({"": "The other council has to agree to what yours offered"})
        if now.agreed_at:
            repeated(event)
            return now
        now.agreed_by, now.agreed_at = by, clock.now()
        now.save(update_fields=["agreed_by", "agreed_at"])
        return now


def end(*, agreement: CouncilAgreement, authority: Authority, by: User) -> CouncilAgreement:
    """Neither answers the other any more, from this moment. Raises NotRight, NotPermitted."""
    with recorded(Kind.AGREEMENT_ENDED, by=by, authority_id=authority.pk):
        now = held(agreement, authority, by)
        now.ended_by, now.ended_at = by, clock.now()
        now.save(update_fields=["ended_by", "ended_at"])
        return now


def held(agreement: CouncilAgreement, authority: Authority, by: User) -> CouncilAgreement:
    refuse_stranger(authority.pk, by)
    now = CouncilAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if authority.pk not in (now.first_id, now.second_id):
        raise NotPermitted(GOVERNS)
    if now.ended_at:
        raise NotRight({"": "This agreement has ended"})
    return now


def refuse_stranger(authority_id: int, by: User) -> None:
    if not any(place.authority_id == authority_id for place in scope_of(by).where(GOVERNS)):
        raise NotPermitted(GOVERNS)
