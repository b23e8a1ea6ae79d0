"""The number of somebody else's row in what a form sends: it does what the number of no row does, and nothing more."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import resolve

from caseload.prevention.models import AtRisk
from neet.accounts.roles import ROLES
from tests.access.addresses import WHOLE_AUTHORITY, Address, addresses, named
from tests.access.sending import Outcome, Sent, Values, filled, forms_of, numbers_from, send, state
from tests.access.world import (
    ABSENT_NUMBER,
    Council,
    Person,
    World,
    build_council,
    build_person,
    build_record,
)
from tests.access.world_of_work import Record
from tests.factories import make_district, make_service
from tracking.register.models import YoungPerson

pytestmark = [pytest.mark.django_db, pytest.mark.assure]

# Where the numbers of rows begin that are not ours, so that each is nobody's of ours, whatever kind of row it is.
THERE, HIDDEN, ELSEWHERE, A_WORLD = 5_000_000, 6_000_000, 7_000_000, 10_000
GUARDED = [each for each in addresses() if each.is_named and each.access and not each.access.anyone]
PLACED = [role for role in ROLES if ROLES[role].placed_by]
ASKED = [each for each in GUARDED if not each.is_table and not each.is_api]
# What a field that sends a number of a row names; several kinds of row stand in lists that are ticked.
ROWS = {
    "authority": "authority", "service": "service", "default_service": "service", "other_service": "service",
    "to_service": "service", "district": "district", "user": "user", "chair": "user", "deputy": "user",
    "holder": "user", "officer": "user", "owner": "user", "owners": "user", "recorded_for": "user", "worker": "user",
    "to": "user", "person": "person", "existing": "person", "collection": "collection", "type": "meeting_type",
    "here": "attendee", "seen": "activity", "seen_id": "residence", "only": "establishment",
    "establishment": "establishment", "ticked": "anything", "other": "authority",
}  # fmt: skip
# Numbers that name no row: days, counts, codes of the department, versions, years.
NO_ROWS = re.compile(
    r".*_(?:day|month|year)|stage-.*|version|academic_year|code|corporate_parent_la|educated_la|intended_destination"
    r"|la|la_at_year_11|la_code|to_la|level_of_need|preference|status|terms|weekday|year_group|doing|year|sure|step"
)
# Another council is asked for by its name.
OF_THE_COUNTRY = {("council_agreements", "other")}
# Kinds that are sent with whatever is not theirs, all at once.
OF_ANYBODY = ("anything", "person")
# Names that a view reads by itself, from any form at all.
READ = ("ticked", "person", "activity", "here", "file", "line", "decision", "device", "one", "names")

MANY = 50  # fields at least, so that something is tried, and left of what a body may hold
UNSEEN_ACTS = ("", "accept", "rang", "set_aside", "share", "undo")


@pytest.fixture(scope="module")
def world(empty_world: None) -> World:
    return build_far_world()


def build_far_world() -> World:
    """The world of the matrix, with whatever is not ours far away from ours by number."""
    here = build_council("Here")
    with numbers_from(THERE):
        there = build_council("There")
    with numbers_from(HIDDEN):
        here.restricted = a_restricted_record(here)
    with numbers_from(ELSEWHERE):
        here.elsewhere = a_record_elsewhere(here)
    return World(here, there, {role: build_person(role, here) for role in ROLES})


def a_restricted_record(here: Council) -> Record:
    places = {
        "school": here.school,
        "college": here.college,
        "district": here.district,
        "service": here.service,
    }
    made = build_record(here.authority, here.colleague.user, **places)
    hidden = {"restricted_on": date(2026, 1, 5), "restricted_reason": "Must not be found"}
    YoungPerson.objects.filter(pk=made.person.pk).update(**hidden)
    AtRisk.objects.create(person=made.person, said_by="school", entered_by=here.colleague.user)
    return made


def a_record_elsewhere(here: Council) -> Record:
    kept = here.elsewhere.person.activities.order_by("pk")
    places = {
        "college": kept[0].establishment,
        "school": kept[1].establishment,
        "district": make_district(here.authority),
        "service": make_service(here.authority),
    }
    return build_record(here.authority, here.colleague.user, **places)


@pytest.fixture(scope="module")
def theirs(world: World) -> dict[str, list[str]]:
    """What is not ours, by kind: one number of a row at the other council, and every one there is."""
    there = world.there
    found: dict[str, Any] = {
        "authority": there.authority.pk,
        "service": there.service.pk,
        "district": there.district.pk,
        "user": there.colleague.user_id,
        "establishment": there.school.pk,
        "collection": there.returned["collection"],
        "meeting_type": there.case_work["meeting_type"],
        "attendee": there.case_work["attendee"],
        "activity": there.record.ids["activity"],
        "residence": there.record.person.residences.get().pk,
    }
    return {kind: [str(value)] for kind, value in found.items()}


@pytest.fixture(scope="module")
def not_of(world: World) -> dict[str, list[str]]:
    return numbers_not_of(world)


def numbers_not_of(world: World) -> dict[str, list[str]]:
    """By role, every number and name of rows that are not for it: there, restricted, or at another place."""
    rows = {first: set(_rows_from(first)) for first in (THERE, HIDDEN, ELSEWHERE)}
    places = {str(each.pk) for each in (world.there.school, world.there.college)}  # are the whole country's
    found = {}
    for role in PLACED:
        others = rows[THERE] - places
        others |= rows[HIDDEN] if role != "governance" else set()  # decides about restrictions
        others |= rows[ELSEWHERE] if role not in WHOLE_AUTHORITY else set()
        assert MANY < len(others) * len(READ) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - MANY
        found[role] = sorted(others)
    return found


def _rows_from(first: int) -> Iterator[str]:
    for model in apps.get_models():
        if isinstance(model._meta.pk, models.IntegerField):
            rows = model._base_manager.filter(pk__gt=first, pk__lt=first + A_WORLD)
            yield from (str(each) for each in rows.values_list("pk", flat=True))
            if any(field.name == "ref" for field in model._meta.concrete_fields):
                yield from (str(each) for each in rows.values_list("ref", flat=True))


def nobodys(values: list[str]) -> list[str]:
    """As many numbers and names that no row has."""
    return [
        str(ABSENT_NUMBER + number) if value.isdecimal() else str(uuid5(NAMESPACE_URL, str(number)))
        for number, value in enumerate(values)
    ]


def of_roles(method: str) -> Iterator[Any]:
    """Each address with each role that may come and has a place. One of them at each address, another at the next, is
    of the round (`-k a_round`), which tries every address once."""
    for number, address in enumerate(ASKED):
        let_in = [role for role in PLACED if address.lets_in(role, method)]
        for role in let_in:
            is_of_round = role == let_in[number % len(let_in)]
            yield pytest.param(address, role, id=f"{address.name}-{role}" + "-a_round" * is_of_round)


def pages(address: Address, world: World, who: Person) -> list[Sent]:
    """The forms of the page that change something, its own and those it leads to."""
    url = address.url(named(address, world, who).own)
    answer = who.client.get(url)
    if answer.streaming:  # a file holds no form, and is closed once it is read
        b"".join(answer.streaming_content)
    return list(forms_of(answer, url))


def ways(form: Sent) -> Iterator[tuple[str, Values]]:
    """As it stands and with its gaps filled, by each of its buttons."""
    for values in (form.values, filled(form.values)):
        for name, value in form.buttons:
            yield (
                form.url,
                {key: given for key, given in values.items() if given} | ({name: [value]} if name else {}),
            )


@pytest.mark.parametrize(("address", "role"), list(of_roles("GET")))
def test_the_number_of_somebody_elses_row_is_the_number_of_none(
    address: Address, role: str, world: World, theirs: dict[str, list[str]], not_of: dict[str, list[str]]
) -> None:
    wrong, who = [], world.people[role]
    for form in pages(address, world, who):
        for name in sorted(form.numbered):
            if not NO_ROWS.fullmatch(name):
                wrong += faults(form, name, who, theirs | dict.fromkeys(OF_ANYBODY, not_of[role]))

    assert not wrong, "\n".join(wrong)


def faults(form: Sent, name: str, who: Person, theirs: dict[str, list[str]]) -> list[str]:
    kind = ROWS.get(name) or ROWS.get(name.rpartition("-")[2])
    about = f"{who.role} {form.url} {name}"
    if kind is None:
        return [f"{about}: say in ROWS or in NO_ROWS what it is"]
    if (resolve(urlsplit(form.url).path).url_name, name) in OF_THE_COUNTRY:
        return []
    other = theirs[kind]
    before, is_read, found = state(), False, []
    for url, values in ways(form):
        nothing = {**values, name: nobodys(other)}
        none = send(who.client, url, nothing, before)
        told = send(who.client, url, {**values, name: other}, before)
        is_read = is_read or send(who.client, url, values, before) != none
        if told != none and differs(told, none, send(who.client, url, nothing, before)):
            found.append(f"{about}: {told.status} {dict(told.changed - none.changed)}")
        if is_read:
            break
    if not is_read:
        found.append(f"{about}: with ours it does what it does with none, so that nothing was tried")
    return found


@pytest.mark.parametrize(("address", "role"), list(of_roles("POST")))
def test_whatever_numbers_are_ticked_only_ones_own_count(
    address: Address, role: str, world: World, not_of: dict[str, list[str]]
) -> None:
    """Sent to every address, whether or not its page shows something to tick: all that is not theirs, at once."""
    wrong, who = [], world.people[role]
    url = address.url(named(address, world, who).own)
    forms = [form for form in pages(address, world, who) if form.url.split("?")[0] == url.split("?")[0]]
    before, other = state(), not_of[role]
    for act in acts(forms):
        nothing = act | dict.fromkeys(READ, nobodys(other))
        none = send(who.client, url, nothing, before)
        told = send(who.client, url, act | dict.fromkeys(READ, other), before)
        if told != none and differs(told, none, send(who.client, url, nothing, before)):
            wrong.append(f"{role} {url} {act}: {told.status} {dict(told.changed - none.changed)}")

    assert not wrong, "\n".join(wrong)


def differs(told: Outcome, none: Outcome, again: Outcome) -> bool:
    """Did something else come of it than of nobody's number? Where that itself comes out differently each time, as a
    secret is made or a file dated, the same tables may change."""
    if none == again:
        return True
    return (told.status, told.tables) != (none.status, none.tables)


def acts(forms: list[Sent]) -> list[Values]:
    """What stands in the forms of a page, its gaps filled, by each button; where there is no form, words and a tick."""
    found = [values for form in forms for _, values in ways(form)][-6:]
    return found or [
        {"sure": ["on"], "why": ["Words"], "whom": ["ticked"], "act": [each]} for each in UNSEEN_ACTS
    ]
