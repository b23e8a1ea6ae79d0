"""Every file handed out is opened and searched: whoever takes it meets nobody of another council, nobody restricted,
nobody of another place, and no field that their role does not read."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.access.addresses import WHOLE_AUTHORITY, Address, named
from tests.access.asking import ask, body_of, taken_back
from tests.access.canary import Canary, dress
from tests.access.papers import looked_into
from tests.access.stored import store_real
from tests.access.test_canary import FINDS_ANYBODY, NAMES
from tests.access.test_files_handed_out import FILES, asked, is_file, lets_in
from tests.access.test_matrix import GUARDED, OPEN
from tests.access.world import World
from tests.pdf import text_of
from tracking.register.fields import reads

pytestmark = pytest.mark.django_db

GAPS = re.compile(r"\s+")
BY_POST = [each for each in GUARDED if each.name in {"move_file", "move_cover"}]
TAKES_MOST = ("tracking_officer", "governance", "mi_officer", "college_user")
STORED = {"report_pdf": b"%PDF", "report_sheet": b"PK", "delivery_file": b"PK", "copy_file": b"%PDF"}
A_FEW, A_THOUSAND = 5, 1000


@dataclass(frozen=True)
class Planted:
    """One whom the roles here work with, and three who are not theirs: restricted, of another place, of another
    council."""

    ours: Canary
    restricted: Canary
    elsewhere: Canary
    there: Canary

    def not_for(self, role: str) -> Iterator[tuple[str, str]]:
        """What may stand in no file that this role takes, and whose it is."""
        for name, value in self.ours.values.items():
            if not reads({role}, name):
                yield f"{name} of ours", value
        for whose in ("restricted", "there"):
            yield from ((f"{name} {whose}", value) for name, value in getattr(self, whose).values.items())
        if role not in WHOLE_AUTHORITY:
            known = NAMES if role in FINDS_ANYBODY else frozenset()
            held = self.elsewhere.values.items()
            yield from ((f"{name} elsewhere", value) for name, value in held if name not in known)


@pytest.fixture(scope="module")
def planted(world: World) -> Planted:
    """Those of the world about whom everything there is was done, so that they stand in whatever is made."""
    found = Planted(
        ours=dress(world.here.record.person, "Quill"),
        restricted=dress(world.here.restricted.person, "Plume"),
        elsewhere=dress(world.here.elsewhere.person, "Inkwell"),
        there=dress(world.there.record.person, "Vellum"),
    )
    store_real(world)
    return found


def words_of(answer: HttpResponse) -> str:
    """All that the file holds and all that is said of it, without gaps: a workbook by all its parts, a paper by what it
    shows and by what it says of itself."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return plain(headers + " " + " ".join(parts_of(body_of(answer))))


def parts_of(body: bytes) -> Iterator[str]:
    yield body.decode(errors="replace")
    if body.startswith(b"%PDF"):
        yield text_of(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name
                yield from parts_of(packed.read(name))


def plain(words: str) -> str:
    return GAPS.sub("", unescape(words)).casefold()


def found_in(held: str, role: str, planted: Planted) -> list[str]:
    return [f"{role}: {whose}" for whose, value in planted.not_for(role) if plain(value) in held]


@pytest.mark.parametrize("address", [pytest.param(each, id=each.name) for each in FILES])
def test_a_file_holds_nobody_and_nothing_that_is_not_for_who_takes_it(
    address: Address, world: World, planted: Planted
) -> None:
    wrong, taken = [], 0
    for who in lets_in(address, world):
        with taken_back(who.client):
            answer = asked(address, world, who)
            held = words_of(answer)
        taken += is_file(answer)
        wrong += found_in(held, who.role, planted)

    assert taken, "nobody was handed it"
    assert wrong == []


def test_those_who_are_theirs_stand_in_their_files(world: World, planted: Planted) -> None:
    """Else nothing was looked for: names of the one they work with are met in lists, workbooks and papers."""
    met = set()
    for address in FILES:
        for who in (each for each in lets_in(address, world) if each.role in TAKES_MOST):
            with taken_back(who.client):
                answer = asked(address, world, who)
                held = words_of(answer)
            if is_file(answer) and plain(planted.ours.values["youngperson.family_name"]) in held:
                met.add((address.name, answer["Content-Type"].partition(";")[0].rpartition(".")[2]))
                break

    assert len(met) >= A_FEW, met
    assert {"sheet", "text/csv", "application/pdf"} <= {kind for _, kind in met}, met


@pytest.mark.parametrize("name", STORED)
def test_what_is_stored_was_made_as_the_house_makes_it(name: str, world: World, planted: Planted) -> None:
    address = next(each for each in FILES if each.name == name)
    bodies = []
    for who in lets_in(address, world):
        with taken_back(who.client):
            answer = asked(address, world, who)
            bodies.append(body_of(answer) if is_file(answer) else b"")

    made = [body for body in bodies if body.startswith(STORED[name]) and len(body) > A_THOUSAND]
    assert made
    assert [fault for body in made for fault in looked_into("", body)] == []


@pytest.mark.parametrize("address", [pytest.param(each, id=each.name) for each in BY_POST])
def test_a_file_made_by_sending_holds_nobody_else(address: Address, world: World, planted: Planted) -> None:
    wrong, taken = [], 0
    for who in world.people.values():
        if address.lets_in(who.role, "POST"):
            with taken_back(who.client):
                answer = who.client.post(address.url(named(address, world, who).own))
                held = words_of(answer)
            taken += is_file(answer)
            wrong += found_in(held, who.role, planted)

    assert taken, "nobody was handed it"
    assert wrong == []


@pytest.mark.parametrize("address", [pytest.param(each, id=each.name or each.route) for each in OPEN])
def test_whoever_is_not_signed_in_is_handed_nobody(address: Address, world: World, planted: Planted) -> None:
    """Open addresses, asked without a sign-in: not one word of anybody, of whatever council."""
    where = address.url(named(address, world, world.people["tracking_officer"]).own)
    known = [planted.ours, planted.restricted, planted.elsewhere, planted.there]
    for method in ("GET", "POST"):
        client = Client()
        with taken_back(client):
            held = words_of(ask(client, method, where))
        assert [value for each in known for value in each.values.values() if plain(value) in held] == []
