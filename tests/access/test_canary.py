"""One young person is planted; whoever may not know of them meets no trace on any page, in any header or number."""

import re
from collections.abc import Collection
from difflib import unified_diff
from typing import Any

import pytest
from django.test import Client

from neet.accounts.roles import ROLES, Permission
from tests.access.canary import Canary, Walk, plant, searched, walk, walk_on
from tests.access.world import Council, World, build_person
from tests.factories import make_district, make_school, make_service
from tracking.register.fields import reads

pytestmark = pytest.mark.django_db

NAMES = {"youngperson.given_name", "youngperson.family_name"}
MOVES = re.compile(r"^/account/|/activity/record/$")
# The figures count everybody of the council, by district and school, whoever may open which record (decision 0060).
COUNTS_EVERYBODY = re.compile(r"^/figures/")
# For who may look into the figures these do so too; whoever else comes to them meets no number of other places.
COUNTS_FOR_EXPLORERS = re.compile(r"^/(figures|duty|leavers/figures|register/everybody)/")
# When a page that counts live was read, and how often the walk itself fetched a file that is one's own.
OF_THE_WALK = re.compile(
    r"As of \d[^.]*[ap]m\.|downloaded (?:no times|\d+ times?)|(?<=data-label=\"Downloaded\">)\d+"
)
SEARCHED = ("youngperson.family_name", "youngperson.upn", "residence.postcode")
# Roles whose walk the suite takes each time; the long proof takes every role's.
OFTEN = {"caseworker", "district_lead", "school_user", "tracking_officer", "manager", "hub_worker"}
PLACED = ("caseworker", "service_lead", "district_lead", "school_user", "college_user", "contractor")
FINDS_ANYBODY = {slug for slug, role in ROLES.items() if Permission.INDEX_SEARCH in role.permissions}


def of_roles(*roles: str, but: Collection[str] = ()) -> list:
    """A walk for each of these roles; those not taken often, or left to it here, in the long proof."""
    return [
        pytest.param(each, marks=[] if each in OFTEN and each not in but else pytest.mark.assure)
        for each in roles
    ]


def far_places(council: Council) -> dict[str, Any]:
    """A school, a district and a service where nobody of the world works; in every list they come last, so that the
    walk takes the same pages before and after somebody is there."""
    return {
        "school": make_school(name="Zz Far School", la_code=council.authority.code),
        "district": make_district(council.authority, name="Zz Far District"),
        "service": make_service(council.authority, name="Zz Far Service"),
    }


def plant_restricted(council: Council) -> Canary:
    """In the school, district and service where everybody works, and yet not theirs to see."""
    places = {"school": council.school, "district": council.district, "service": council.service}
    return plant("Plume", **places, restricted=True)


def assert_addresses_name_nobody(walked: Walk, canary: Canary) -> None:
    """No address and no way on holds a name, a number, a day of birth or a postcode."""
    named = [*canary.values.values(), "2009-05-14", canary.person.young_person_id]
    links = [aside for aside in walked.asides if aside.startswith(("/", "Location"))]
    assert not [link for link in links for value in named if value.lower() in link.lower()]


def traces(
    client: Client, canary: Canary, walked: Walk | None = None, *, but: set[str] = frozenset()
) -> dict[str, list[str]]:
    """Where each value of the canary stands, on all pages that can be reached and on those found by searching.

    `walked` are the pages that were reached since it was planted.
    """
    looked_for = [searched(client, canary.values[name]) for name in SEARCHED]
    starts = (*looked_for, f"/people/{canary.person.ref}/")
    if walked:
        walk_on(walked, client, *starts)
    walked = walked or walk(client, *starts)
    assert walked.dead_ends == []
    assert_addresses_name_nobody(walked, canary)
    # What somebody typed themselves is shown back to them.
    for url in looked_for:
        if url not in walked.pages:
            continue
        words = walked.pages[url].decode()
        walked.pages[url] = words.split("You searched for", 1)[0].encode() + words.partition("”")[2].encode()
    found = {name: walked.holds(value) for name, value in canary.values.items() if name not in but}
    return {name: where for name, where in found.items() if where}


@pytest.mark.parametrize("role", of_roles(*PLACED, but={"district_lead"}))
def test_those_of_other_places_meet_no_trace_and_no_other_number(role: str, world: World) -> None:
    client = world.people[role].client
    places = far_places(world.here)
    before = walk(client).pages
    far, restricted = plant("Quill", **places), plant_restricted(world.here)

    after = walk(client)

    assert changed(*(counting_theirs(role, each) for each in (before, after.pages))) == {}
    assert not traces(client, far, after, but=NAMES if role in FINDS_ANYBODY else frozenset())
    assert not traces(client, restricted, after)


@pytest.mark.parametrize(
    "role", of_roles("tracking_officer", "mi_officer", "manager", "hub_worker", but={"manager", "hub_worker"})
)
def test_those_of_another_council_meet_no_trace_and_no_other_number(role: str, world: World) -> None:
    client = build_person(role, world.there).client
    places = far_places(world.here)
    before = walk(client).pages
    canary = plant("Quill", **places)

    after = walk(client)

    assert changed(before, after.pages) == {}
    assert not traces(client, canary, after)


READERS = (*PLACED, "tracking_officer", "mi_officer", "hub_worker")


@pytest.mark.parametrize("role", of_roles(*READERS, but={"caseworker", "district_lead"}))
def test_a_role_meets_no_field_it_does_not_read_and_no_trace_of_a_restricted_record(
    role: str, world: World
) -> None:
    """One walk, as it takes long: somebody of theirs, and a restricted record beside."""
    here = world.here
    place = here.college if role == "college_user" else here.school
    canary = plant("Quill", school=place, district=here.district, service=here.service)
    restricted = plant_restricted(here)
    client = world.people[role].client
    walked = walk(client)

    found, traced = traces(client, canary, walked), traces(client, restricted, walked)

    assert not [name for name in found if not reads({role}, name)]
    assert not traced
    if role == "tracking_officer":  # the walk meets what is there to be met
        assert set(found) == set(canary.values)


@pytest.mark.parametrize("role", of_roles(*sorted(set(ROLES) - set(READERS)), but={"hub_worker"}))
def test_nobody_meets_a_trace_of_a_restricted_record(role: str, world: World) -> None:
    canary = plant_restricted(world.here)

    assert not traces(world.people[role].client, canary)


def counting_theirs(role: str, pages: dict[str, bytes]) -> dict[str, bytes]:
    """Without the figures, and without the lists behind their numbers, of which there are more as more is counted."""
    explores = Permission.FIGURES_EXPLORE in ROLES[role].permissions
    of_everybody = COUNTS_FOR_EXPLORERS if explores else COUNTS_EVERYBODY
    return {url: body for url, body in pages.items() if not of_everybody.match(url)}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, list[str]]:
    """Pages that are not the same, and the lines that differ. One's own account holds secrets of the moment; and which
    activities are offered first is counted over the whole council, without a number or a name."""
    assert set(before) == set(after)
    pages = [url for url in before if not MOVES.search(url) and before[url] != after[url]]
    found = {url: differing(before[url], after[url]) for url in pages}
    return {url: lines for url, lines in found.items() if lines}


def differing(before: bytes, after: bytes) -> list[str]:
    one, other = (OF_THE_WALK.sub("", page.decode(errors="replace")).splitlines() for page in (before, after))
    return [line for line in unified_diff(one, other, lineterm="", n=0) if line[:2] not in ("--", "++")]
