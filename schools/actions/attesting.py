"""An establishment says that those who may sign in for it are the right ones."""

from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from schools.actions.people import Refused
from schools.kinds import Kind
from schools.models import Attestation, Authority, Establishment
from schools.rules.attesting import attested_year


def attest(*, authority: Authority, establishment: Establishment, on: date, by: User) -> Attestation:
    """Who may sign in for this establishment is right, says somebody who looks after its accounts. Once a school year:
    said again it stays as it was. Raises Refused."""
    places = scope_of(by).where(Permission.OWN_COLLEAGUES)
    if not any(
        (each.authority_id, each.establishment_id) == (authority.pk, establishment.pk) for each in places
    ):
        raise Refused("Somebody who looks after the accounts of this school or college says that.")
    counts = {"establishment": establishment.pk, "year": attested_year(on)}
    with recorded(Kind.ATTESTED, by=by, authority_id=authority.pk, counts=counts):
        made, _ = Attestation.objects.get_or_create(
            authority=authority,
            establishment=establishment,
            academic_year=attested_year(on),
            defaults={"made_by": by},
        )
    return made
