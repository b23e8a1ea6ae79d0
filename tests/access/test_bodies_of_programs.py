"""What a program sends beyond what it may: the numbers and names of other people's rows, keys nobody asks for, a key
twice, and values of another kind. It does what the number of no row does, and what is written is what was asked."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from returns.intake.models import Intake
from tests.access.addresses import Address, addresses, named
from tests.access.asking import body_of, taken_back
from tests.access.sending import A_NUMBER, Outcome, sequences, set_sequences, state
from tests.access.test_stuffed import worst
from tests.access.test_swapped import A_WORLD, build_far_world, differs, nobodys, numbers_not_of
from tests.access.world import Person, World

pytestmark = pytest.mark.django_db

# The right answer to each address that programs write to: it does something by itself.
RIGHT: dict[str, dict[str, Any]] = {
    "api_return_file": {"privacy_notice_on": "2026-09-01"},
    "api_sent_explain": {
        "kind": "wanted",
        "column": "gender",
        "row": 2,
        "explained": "They prefer not to say.",
    },
    "api_sent_confirm": {"privacy_notice_on": "2026-09-01"},
    "api_sent_withdraw": {"why": "Wrong year"},
}
SENT = {"state": "confirmed", "confirmed_at": datetime(2026, 11, 19, tzinfo=UTC)}
FILE = b"Last name,First name,Date of birth,Gender,Year group\r\nAmbler,Ada,14/05/2009,F,12"
STRANGE: tuple[Any, ...] = (
    None, True, -1, 1.5, 10**30, "", " ", "\x00", "x" * 5000, [], ["2"], {}, {"pk": 1}, "2026-13-45", "\ud800",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(empty_world: None) -> World:
    return build_far_world()


@pytest.fixture(autouse=True)
def every_name_at_once(settings: Any) -> None:
    """A form is sent the names of all fields there are, which are more than anybody may send."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000


def writable() -> list[Address]:
    """Every address of the API that takes something."""
    taking = {"post", "put", "patch", "delete"}
    return [each for each in addresses() if each.is_api and taking & set(taken_by(each))]


def taken_by(address: Address) -> list[str]:
    view = getattr(address.view, "view_class", None) or address.view.cls
    return [each for each in view.http_method_names if hasattr(view, each)]


def who_writes(address: Address, world: World) -> list[Person]:
    """One at a school and one at the council, where they may write there."""
    return [who for who in world.people.values() if address.lets_in(who.role, "POST") and who.role in PLACED]


PLACED = ("school_user", "mi_officer")


def sent(who: Person, url: str, body: Any, before: dict[str, str]) -> Outcome:
    """What comes of a body as a program writes it, taken back again. A file comes with a form, all else as JSON."""
    held = sequences()
    cache.clear()  # how often somebody may ask in a minute is another test's matter
    with taken_back(who.client):
        if url.endswith("/file/") and isinstance(body, dict):
            file = SimpleUploadedFile("export.csv", FILE, content_type="text/csv")
            answer = who.client.post(url, {**body, "file": file})
        else:
            content = body if isinstance(body, str) else json.dumps(body)
            answer = who.client.post(url, content, content_type="application/json")
        after, told = state(), body_of(answer)
    set_sequences(held)
    return Outcome(answer.status_code, A_NUMBER.sub(b"#", told), frozenset(after.items() - before.items()))


def every(
    address: Address, world: World
) -> list[tuple[Person, str, dict[str, Any], Outcome, dict[str, str]]]:
    """Each who may write there, where, the right answer and what comes of it, and what stood there before."""
    asked = [(who, named(address, world, who).own) for who in who_writes(address, world)]
    if address.name == "api_sent_withdraw":
        for turn, ref in enumerate({own["ref"] for _, own in asked}):
            Intake.objects.filter(ref=ref).update(event_id=A_WORLD + turn, **SENT)
    before, right = state(), RIGHT[address.name]
    urls = [(who, address.url(own)) for who, own in asked]
    return [(who, url, right, sent(who, url, right, before), before) for who, url in urls]


def by_name() -> list[Any]:
    return [pytest.param(each, id=each.name) for each in writable()]


def test_every_address_that_takes_something_is_tried() -> None:
    assert {each.name for each in writable()} == set(RIGHT)


@pytest.mark.parametrize("address", by_name())
def test_keys_that_nobody_asks_for_change_nothing(address: Address, world: World) -> None:
    wrong, did = [], set()
    for who, url, right, plain, before in every(address, world):
        did |= plain.tables
        extra = {name: value[0] for name, value in worst(world).items() if name not in right}
        more = {"more": {**extra, **right}}
        if address.name != "api_return_file":  # a form holds no lists of lists
            more["nested"] = {**right, "intake": extra, "expected": [extra]}
        wrong += [
            f"{who.role} {how}: {told.status} {sorted(told.tables)}"
            for how, body in more.items()
            if (told := sent(who, url, body, before)) != plain
        ]

    assert did, "the answers were not right, so that nothing was tried"
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", by_name())
def test_the_number_of_somebody_elses_row_in_a_body_is_the_number_of_none(
    address: Address, world: World
) -> None:
    """One after the other under the names it asks for; all of them, under every other name there is, at once."""
    wrong, not_of = [], numbers_not_of(world)
    for who, url, right, plain, before in every(address, world):
        theirs = not_of[who.role]
        extra = [name for name in worst(world) if name not in right]
        for name in right:
            for other in (theirs[0], theirs[-1]):
                bodies = ({**right, name: value} for value in (other, nobodys([other])[0]))
                told, none = (sent(who, url, body, before) for body in bodies)
                if told != none and differs(told, none, plain):
                    wrong.append(f"{who.role} {name}: {told.status} {sorted(told.tables)}, {none.status}")
        for values in (theirs, nobodys(theirs)):
            told = sent(who, url, {**dict.fromkeys(extra, values[:: len(values) // 5]), **right}, before)
            if told != plain:
                wrong.append(f"{who.role} all other names: {told.status} {sorted(told.tables)}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", by_name())
def test_a_key_twice_counts_once_and_a_strange_value_is_refused_plainly(
    address: Address, world: World
) -> None:
    wrong = []
    for who, url, right, plain, before in every(address, world)[-1:]:
        if address.name != "api_return_file":
            for name in right:
                twice = f'{{"{name}": "Another", {json.dumps(right)[1:]}'
                if sent(who, url, twice, before) != plain:
                    wrong.append(f"{who.role} {name} twice")
        for name in right:
            for value in (
                STRANGE if address.name != "api_return_file" else ("", " ", "x" * 5000, "2026-13-45")
            ):
                told = sent(who, url, {**right, name: value}, before)
                if told.status >= 500 or (told.status >= 400 and told.tables):
                    wrong.append(
                        f"{who.role} {name} {str(value)[:20]!r}: {told.status} {sorted(told.tables)}"
                    )
        for body in ("", "{", "[]", '"x"', "null", "1", '{"a": NaN}', "[" * 5000, '{"kind": 1e999}'):
            told = sent(who, url, body, before)
            if told.status >= 500 or (told.status >= 400 and told.tables):
                wrong.append(f"{who.role} {body[:20]!r}: {told.status} {sorted(told.tables)}")

    assert not wrong, "\n".join(wrong)
