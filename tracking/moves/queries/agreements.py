"""Which councils answer each other."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from schools.models import Authority
from tracking.moves.models import CouncilAgreement


def in_order(one: Authority, other: Authority) -> tuple[Authority, Authority]:
    return (one, other) if one.pk < other.pk else (other, one)


def agreement_between(one: Authority, other: Authority) -> CouncilAgreement | None:
    """What stands between two councils: offered or agreed, not ended."""
    first, second = in_order(one, other)
    return CouncilAgreement.objects.filter(first=first, second=second, ended_at=None).first()


@dataclass(frozen=True)
class AgreementLine:
    """One agreement as one of the two councils reads it."""

    agreement: CouncilAgreement
    other: Authority
    offered_by_us: bool

    @property
    def stands(self) -> str:
        if self.agreement.ended_at:
            return "Ended"
        if self.agreement.agreed_at:
            return "Both answer"
        return "Waits for them to agree" if self.offered_by_us else "Waits for you to agree"

    @property
    def tone(self) -> str:
        if self.agreement.ended_at:
            return "plain"
        return "good" if self.agreement.agreed_at else "waiting"


def agreements_of(authority_id: int) -> QuerySet[CouncilAgreement]:
    """Of one council, those that stand first; unordered otherwise by day."""
    found = CouncilAgreement.objects.filter(Q(first=authority_id) | Q(second=authority_id))
    return found.select_related("first", "second", "offered_by", "agreed_by", "ended_by").order_by(
        "ended_at", "-offered_at", "-pk"
    )


def agreement_lines(authority_id: int) -> tuple[AgreementLine, ...]:
    """The agreements of one council; one statement."""
    return tuple(
        AgreementLine(
            each,
            each.second if each.first_id == authority_id else each.first,
            each.offered_by_council_id == authority_id,
        )
        for each in agreements_of(authority_id)
    )


def not_yet_offered(authority: Authority) -> QuerySet[Authority]:
    """Other councils here with which nothing stands."""
    standing = agreements_of(authority.pk).filter(ended_at=None).values_list("first", "second")
    taken = {pk for pair in standing for pk in pair} | {authority.pk}
    return Authority.objects.exclude(pk__in=taken).order_by("name", "pk")
