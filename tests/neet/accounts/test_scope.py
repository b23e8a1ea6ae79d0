"""A person may do what their places permit, there and nowhere else."""

from datetime import date

import pytest

from neet.accounts.models import User
from neet.accounts.roles import FOR_SUPERVISORS, ROLES, Permission
from neet.accounts.scope import Place, choose_desk, scope_of

OFFICER_HERE = Place("tracking_officer", authority_id=1)
SCHOOL_THERE = Place("school_user", authority_id=2, establishment_id=9)


@pytest.fixture(autouse=True)
def held(settings):
    settings.SCOPE_SOURCE = f"{__name__}.places_of"


def places_of(user_id: int, on: date) -> tuple[Place, ...]:
    return (OFFICER_HERE, SCHOOL_THERE) if user_id == 1 else ()


def test_scope_permits_what_any_place_permits():
    scope = scope_of(User(pk=1))

    assert scope.can(Permission.ACTIVITY_RECORD)
    assert scope.can(Permission.EXCHANGE_COLLECT)
    assert scope.authority_ids == (1, 2)


def test_a_right_held_at_one_place_reaches_nobody_at_another():
    assert scope_of(User(pk=1)).where(Permission.ACTIVITY_RECORD) == (OFFICER_HERE,)


def test_a_chosen_desk_leaves_the_other_places_out():
    user = User(pk=1)

    choose_desk(user, SCHOOL_THERE.desk)

    assert scope_of(user).places == (SCHOOL_THERE,)
    assert scope_of(user).bulk, "what somebody could open from another desk still counts for their devices"


def test_a_desk_that_is_not_theirs_changes_nothing():
    user = User(pk=1)

    choose_desk(user, "77-0")

    assert len(scope_of(user).places) == 2


@pytest.mark.parametrize("user", [User(pk=2), User(pk=1, is_active=False)], ids=["no place", "left"])
def test_nobody_without_a_place_or_an_account_may_anything(user):
    assert not any(scope_of(user).can(permission) for permission in Permission)


def test_an_unknown_role_permits_nothing():
    assert not any(Place("boss", authority_id=1).can(permission) for permission in Permission)


def test_every_permission_is_held_by_some_role_or_given_with_a_place():
    held = frozenset().union(*(role.permissions for role in ROLES.values()))

    assert held | FOR_SUPERVISORS == set(Permission)


def test_system_administrators_reach_no_child():
    about_children = {
        each for each in Permission if each.value.startswith(("person.", "activity.", "note.", "extract."))
    }

    assert not about_children & ROLES["system_admin"].permissions
