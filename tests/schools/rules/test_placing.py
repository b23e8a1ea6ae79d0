"""Who may give which role to whom."""

import pytest

from neet.accounts.roles import ROLES
from neet.accounts.scope import Place
from schools.rules.placing import Reach, grantable_roles, is_last_of_its_kind, missing_part, pared, refusal

HERE = Reach(user_id=1, everywhere=False, authority_ids=(7,))
EVERYWHERE = Reach(user_id=2, everywhere=True, authority_ids=())


def test_only_a_system_administrator_makes_another():
    assert "system_admin" not in grantable_roles(HERE)
    assert set(grantable_roles(EVERYWHERE)) == set(ROLES)


@pytest.mark.parametrize(
    ("reach", "place", "to", "refused"),
    [
        (HERE, Place("tracking_officer", 7), 9, False),
        (HERE, Place("tracking_officer", 8), 9, True),
        (HERE, Place("tracking_officer", None), 9, True),
        (HERE, Place("system_admin", None), 9, True),
        (HERE, Place("governance", 7), 1, True),
        (EVERYWHERE, Place("governance", 7), 2, True),
        (EVERYWHERE, Place("system_admin"), 9, False),
        (HERE, Place("emperor", 7), 9, True),
    ],
)
def test_refusal_of_places_that_are_not_theirs_to_give(reach, place, to, refused):
    assert bool(refusal(reach, place, to)) is refused


@pytest.mark.parametrize("slug", ROLES)
def test_a_place_is_whole_with_what_its_role_asks_for_and_holds_nothing_else(slug):
    whole = pared(Place(slug, 1, 2, 3, 4))

    assert missing_part(whole) == ""
    asked = ROLES[slug].placed_by
    held = {
        "establishment": whole.establishment_id,
        "district": whole.district_id,
        "service": whole.service_id,
    }
    assert {part for part, value in held.items() if value} == ({asked} & held.keys())


@pytest.mark.parametrize(("slug", "part"), [("school_user", "establishment"), ("district_lead", "district")])
def test_what_is_missing_is_named(slug, part):
    assert missing_part(Place(slug, 1)) == part
    assert missing_part(Place(slug)) == "authority"


@pytest.mark.parametrize(
    ("role", "others", "last"),
    [
        ("mi_officer", [("mi_officer", 8)], True),
        ("mi_officer", [("mi_officer", 7)], False),
        ("system_admin", [("mi_officer", 7)], True),
        ("system_admin", [("system_admin", None)], False),
        ("caseworker", [], False),
    ],
)
def test_the_last_who_looks_after_accounts_stays(role, others, last):
    assert is_last_of_its_kind(role, 7, others) is last
