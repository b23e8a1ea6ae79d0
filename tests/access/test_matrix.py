"""Role by address by whose by method: what is not yours answers like what is not there, and nothing falls over."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from tests.access.addresses import Address, addresses, named
from tests.access.asking import as_seen, ask, taken_back, unsafe_headers
from tests.access.world import Person, World
from tracking.register.fields import reads

pytestmark = pytest.mark.django_db

ADDRESSES = addresses()
GUARDED = [each for each in ADDRESSES if each.is_named and each.access and not each.access.anyone]
OPEN = [each for each in ADDRESSES if each.access and each.access.anyone]
A_THIRD = 3
METHODS = ("GET", "POST", "HEAD", "OPTIONS")
ONLY_POST = 405
OF_TABLES = {403, 404}  # the table editor's own words for what it does not offer to anybody
OF_PROGRAMS = {202, 400}  # begun beside the request; told what is missing
OPENED = {200, 204, 302, 409, ONLY_POST}
SIGN_OUT = re.compile(rb'action="/(?:sign-out|tables/logout)/"|href="/sign-out/"')
WITHOUT_ONE = re.compile(rb"neet/print\.css|swagger-ui")  # sheets to be printed, and the words of the API
ABOUT_A_FIELD = {"person_notes": "note.text", "person_tasks": "task.words"}


def by_name(found: list[Address]) -> list:
    return [pytest.param(each, id=each.name or each.route) for each in found]


@pytest.mark.parametrize("address", by_name(ADDRESSES))
def test_an_address_is_classified_and_each_part_of_it_registered(address: Address) -> None:
    assert address.access is not None, (
        f"{address.route}: decorate the view with @needs(...) or @anyone('why')"
    )
    assert len(address.things) == len(address.parts)  # else: add the part to tests/access/parts.py


@pytest.mark.parametrize("address", by_name(GUARDED))
def test_each_role_opens_what_is_its_own_and_nothing_else(address: Address, world: World) -> None:
    """One method and one other thing for each role, the next for the next role and address, and of the roles that may
    not come in every third: all of them are asked in the long proof."""
    wrong = []
    for turn, who in enumerate(world.people.values(), GUARDED.index(address)):
        method = ("GET", "POST")[turn % 2]
        if address.lets_in(who.role, method) or turn % A_THIRD == 0:
            wrong += own_faults(address, world, who, [method])
        wrong += other_faults(address, world, who, [METHODS[turn % len(METHODS)]], turn)

    assert not wrong, f"{address.route}\n" + "\n".join(wrong)


@pytest.mark.assure
@pytest.mark.parametrize("address", by_name(GUARDED))
def test_each_role_opens_nothing_else_by_any_method(address: Address, world: World) -> None:
    wrong = []
    for who in world.people.values():
        wrong += own_faults(address, world, who, METHODS)
        wrong += other_faults(address, world, who, METHODS)

    assert not wrong, f"{address.route}\n" + "\n".join(wrong)


def own_faults(address: Address, world: World, who: Person, methods: Iterable[str]) -> list[str]:
    """Whom the roles table lets in is answered, safely; whom it does not, is told that there is nothing."""
    ids, found = named(address, world, who), []
    for method in methods:
        status, body, headers = answered(address, who, method, ids.own)
        if status == 200 and b"<html" in body and not (SIGN_OUT.search(body) or WITHOUT_ONE.search(body)):
            found.append(f"{who.role} {method} own: no way to sign out")
        found += [
            f"{who.role} {method} own: {each}" for each in unsafe_headers(dict(headers), signed_in=True)
        ]
        opened = (
            OPENED | (OF_TABLES if address.is_table else set()) | (OF_PROGRAMS if address.is_api else set())
        )
        right = opened if address.lets_in(who.role, method) and readable(address, who) else {404, ONLY_POST}
        if status not in right:
            found.append(f"{who.role} {method} own: {status}")
    return found


def other_faults(
    address: Address, world: World, who: Person, methods: Iterable[str], turn: int | None = None
) -> list[str]:
    """Foreign answers as absent does, and absent is 404. With a turn only one of them all is asked."""
    ids, found = named(address, world, who), []
    for method in methods:
        if not ids.absent or not address.lets_in(who.role, method):
            continue
        nothing = answered(address, who, method, ids.absent[0])
        if nothing[0] not in {404, ONLY_POST} and (method != "OPTIONS" or nothing[1]):
            found.append(f"{who.role} {method} absent {ids.absent[0]}: {nothing[0]}")
        for other in in_turn((*ids.absent[1:], *ids.foreign), turn):
            answer = answered(address, who, method, other)
            if answer != nothing:
                found.append(f"{who.role} {method} {other}: {answer[0]}, not as absent")
    return found


def in_turn(others: tuple[dict[str, Any], ...], turn: int | None) -> tuple[dict[str, Any], ...]:
    """The one whose turn it is; without a turn all. Each is met by every method."""
    if turn is None or not others:
        return others
    return (others[turn // len(METHODS) % len(others)],)


def readable(address: Address, who: Person) -> bool:
    """Pages that are about one field are there for those who read the field."""
    return address.name not in ABOUT_A_FIELD or reads({who.role}, ABOUT_A_FIELD[address.name])


def answered(address: Address, who: Person, method: str, ids: dict[str, Any]) -> tuple[Any, ...]:
    with taken_back(who.client):
        return as_seen(ask(who.client, method, address.url(ids)))


@pytest.mark.parametrize("address", by_name(GUARDED))
def test_nobody_signed_in_is_sent_to_sign_in(address: Address, world: World) -> None:
    ids, turn = named(address, world, world.people["tracking_officer"]), GUARDED.index(address)

    for method in (METHODS[turn % 2], METHODS[2 + turn % 2]):
        answer = ask(Client(), method, address.url(ids.own))
        if address.is_api:
            assert answer.status_code == 401
        elif answer.status_code != ONLY_POST:
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/sign-in/")
