"""Giving and taking places: nobody raises themselves, nobody gives what is not theirs to give, and there is always
somebody left to look after the accounts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from neet.accounts.roles import MAY_BE_BUSINESS_SUPPORT, MAY_SUPERVISE, ROLES
from neet.accounts.scope import Place

# The last holder of these stays: of the first in the whole installation, of the second in each authority.
LAST_IN_INSTALLATION = "system_admin"
LAST_IN_AUTHORITY = "mi_officer"

MISSING = {
    "authority": "Select a council",
    "establishment": "Select a school, college or provider",
    "district": "Select a district",
    "service": "Select a service",
}


# A program's token is good for so many days at most.
LONGEST_DAYS = 90


@dataclass(frozen=True)
class Terms:
    """From when to when a place is held, whether they may confirm returns or only draft them, whether they record for
    others, and whether they share the calls out."""

    starts_on: date
    ends_on: date | None = None
    can_submit: bool = True
    records_for_others: bool = False
    supervises: bool = False


TERMS = tuple(each.name for each in fields(Terms))


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose places somebody may give and take: all of the installation, those of some authorities, or only places like
    their own at the same establishment."""

    user_id: int
    everywhere: bool
    authority_ids: tuple[int, ...]
    own: tuple[Place, ...] = ()


def grantable_roles(reach: Reach) -> tuple[str, ...]:
    """The roles they may give. Only a system administrator makes another one; a school gives its own."""
    if not reach.everywhere and not reach.authority_ids:
        return tuple(sorted({place.role for place in reach.own}))
    return tuple(slug for slug, role in ROLES.items() if role.placed_by or reach.everywhere)


def refusal(reach: Reach, place: Place, to_user_id: int | None) -> str:
    """Why they may not give this place to this person, in words; empty when they may."""
    if to_user_id is not None and to_user_id == reach.user_id:
        return "You cannot change your own role. Ask a colleague who manages accounts."
    if place.role not in grantable_roles(reach):
        return "You cannot give this role."
    if reach.everywhere or place.authority_id in reach.authority_ids:
        return ""
    if reach.own:
        return "" if is_like_own(reach, place) else "You cannot give a place at another school or college."
    return "You cannot give a place in another council."


def is_like_own(reach: Reach, place: Place) -> bool:
    """Whether it is the role they hold themselves, at the same establishment, for the same council."""
    asked = (place.role, place.authority_id, place.establishment_id)
    return any(asked == (own.role, own.authority_id, own.establishment_id) for own in reach.own)


def missing_part(place: Place) -> str:
    """Which part of the place its role asks for and is not there ("district"); empty when it is whole."""
    asked = ROLES[place.role].placed_by
    if asked and place.authority_id is None:
        return "authority"
    held = {
        "establishment": place.establishment_id,
        "district": place.district_id,
        "service": place.service_id,
    }
    return asked if asked in held and held[asked] is None else ""


def pared(place: Place) -> Place:
    """The place with only the parts its role asks for, so that nothing else slips in with it."""
    asked = ROLES[place.role].placed_by
    return Place(
        role=place.role,
        authority_id=place.authority_id if asked else None,
        establishment_id=place.establishment_id if asked == "establishment" else None,
        district_id=place.district_id if asked == "district" else None,
        service_id=place.service_id if asked == "service" else None,
        can_submit=place.can_submit,
        records_for_others=place.records_for_others and place.role in MAY_BE_BUSINESS_SUPPORT,
        supervises=place.supervises and place.role in MAY_SUPERVISE,
    )


def is_last_of_its_kind(
    role: str, authority_id: int | None, others: Iterable[tuple[str, int | None]]
) -> bool:
    """Whether nobody would look after the installation's, or the council's, accounts without this one."""
    if role == LAST_IN_INSTALLATION:
        return not any(other == role for other, _ in others)
    if role == LAST_IN_AUTHORITY:
        return not any(other == role and where == authority_id for other, where in others)
    return False
