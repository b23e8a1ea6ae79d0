"""What a form is sent beyond what it asks: other people's ids, and the names of fields it does not have."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms
from django.apps import apps
from django.db import connection

from neet.accounts.models import Session
from tests.access.addresses import Address, addresses, named
from tests.access.asking import taken_back
from tests.access.world import Person, World

pytestmark = pytest.mark.django_db

OURS = {"accounts", "schools", "tracking", "returns", "jobs"}
ROLES_WITH_FORMS = ("tracking_officer", "mi_officer", "district_lead", "governance")
OF_THE_MOMENT = {"id", "ref", "version", "at", "event_id", "last_used_on", "cause"}


@pytest.fixture(autouse=True)
def every_name_at_once(settings: Any) -> None:
    """A form is sent the names of all fields there are, which are more than anybody may send."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000


def form_pages() -> list[Any]:
    """Every guarded page that has a name; whether it shows a form is seen when it is opened."""
    found = [each for each in addresses() if each.is_named and not each.is_table and not each.is_api]
    return [pytest.param(each, id=each.name) for each in found if each.access and not each.access.anyone]


def forms_on(answer: Any) -> Iterator[forms.BaseForm]:
    for layer in answer.context or []:
        for values in layer.dicts if hasattr(layer, "dicts") else [layer]:
            yield from (each for each in values.values() if isinstance(each, forms.BaseForm))


def opened(address: Address, world: World, who: Person) -> Any:
    answer = who.client.get(address.url(named(address, world, who).own))
    if answer.streaming:  # a file holds no form, and is closed once it is read
        b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize("address", form_pages())
def test_no_form_takes_or_offers_what_belongs_to_another_council(address: Address, world: World) -> None:
    theirs = {
        "District": world.there.district.pk,
        "Service": world.there.service.pk,
        "Authority": world.there.authority.pk,
        "User": world.there.colleague.user_id,
        "YoungPerson": world.there.record.person.pk,
    }
    if address.name == "council_agreements":  # an agreement is offered to another council by its name
        del theirs["Authority"]
    words = [world.there.district.name, world.there.service.name, world.there.colleague.user.name]
    taken = []
    let_in = [role for role in ROLES_WITH_FORMS if address.lets_in(role, "GET")]
    turn = sum(address.route.encode())
    for role in {let_in[(turn + each) % len(let_in)] for each in (0, 1) if let_in}:  # two of them in turn
        who = world.people[role]
        for form in forms_on(opened(address, world, who)):
            for name, field in form.fields.items():
                offered = str(list(getattr(field, "choices", [])))
                taken += [f"{role} {name} offers {each}" for each in words if each in offered]
                if isinstance(field, forms.ModelChoiceField):
                    foreign = theirs.get(field.queryset.model.__name__)
                    if foreign and field.queryset.filter(pk=foreign).exists():
                        taken.append(f"{role} {name} takes another council's {field.queryset.model.__name__}")

    assert not taken


def test_a_session_or_device_of_somebody_else_is_not_ended(world: World) -> None:
    one, other = world.people["tracking_officer"], world.people["mi_officer"]
    theirs = Session.objects.get(session_key=other.client.session.session_key)
    Session.objects.filter(pk=theirs.pk).update(user=other.user)

    one.client.post("/account/sessions/end/", {"session": theirs.mark})

    assert Session.objects.filter(pk=theirs.pk).exists()


# Answers that are right, so that the form does something; what a page already shows is sent back as it is.
RIGHT: dict[str, dict[str, Any]] = {
    "add_note": {"text": "Rang again."},
    "add_task": {"words": "Ring on Monday"},
    "add_contact": {"kind": "email", "value": "somebody@example.org", "whose": "young_person"},
    "change_details": {"given_name": "Changed"},
    "close_task": {"outcome": "Rang"},
    "end_contact": {},
    "stop_contact": {},
    "confirm_activity": {},
    "end_characteristic": {},
    "end_responsibility": {},
    "withdraw_objection": {},
    "withdraw_confirmation": {"why": "A mistake"},
    "assign_responsibility": {"kind": "support"},
    "change_establishment": {"town": "Changed"},
    "change_contact": {"name": "Changed", "email": "sam@example.org"},
    "district": {"name": "Changed"},
    "service": {"name": "Changed"},
    "add_district": {"name": "Further"},
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_form_changes_its_own_fields_and_no_other(name: str, world: World) -> None:
    who, url, answers, asked = rightly(name, world)
    before = state(who, url, None)

    plain = state(who, url, answers)
    stuffed = state(who, url, {**extras(world, asked), **answers})

    assert plain != before, "the answers were not right, so that nothing was tried"
    assert stuffed == plain


@pytest.mark.parametrize("name", RIGHT)
def test_a_name_sent_twice_counts_once_and_never_from_the_address(name: str, world: World) -> None:
    who, url, answers, asked = rightly(name, world)
    single = [key for key, value in answers.items() if not isinstance(value, list | tuple)]
    twice = {**answers, **{key: ["Another", answers[key]] for key in single}}
    by_address = urlencode({**extras(world, asked), **dict.fromkeys(single, "Another")})

    plain = state(who, url, answers)

    assert plain != state(who, url, None), "the answers were not right, so that nothing was tried"
    assert state(who, f"{url}?{by_address}", twice) == plain


def rightly(name: str, world: World) -> tuple[Person, str, dict[str, Any], set[str]]:
    """Somebody who may, the address of the form, what they answer rightly, and every name the form asks for."""
    address = next(each for each in addresses() if each.name == name)
    who = world.people["tracking_officer"]
    url = address.url(named(address, world, who).own)
    answers, asked = filled(who, url, RIGHT[name])
    if "service" in asked and name == "assign_responsibility":
        answers["service"] = world.here.service.pk
    return who, url, answers, asked


def filled(who: Person, url: str, right: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """The answers of the page as it stands, with ours; and every name the form asks for."""
    answer = who.client.get(url)
    answers: dict[str, Any] = {}
    asked: set[str] = set()
    for form in forms_on(answer):
        asked |= set(form.fields)
        for bound in form:
            value = bound.value()
            parts = (
                bound.field.widget.decompress(value) if hasattr(bound.field.widget, "decompress") else None
            )
            for number, part in enumerate(parts or []):
                answers[f"{bound.html_name}{bound.field.widget.widgets_names[number]}"] = part
            if parts is None and value not in (None, ""):
                answers[bound.html_name] = value
    return {key: value for key, value in {**answers, **right}.items() if value is not None}, asked | set(
        right
    )


def extras(world: World, asked: set[str]) -> dict[str, Any]:
    """Every field of every table of ours that the form does not ask for, with the worst that could stand in it."""
    fields = {field.name: field for model in apps.get_models() if model._meta.app_label in OURS
              for field in model._meta.concrete_fields}  # fmt: skip
    values = {
        "authority": world.there.authority.pk,
        "person": world.there.record.person.pk,
        "user": world.there.colleague.user_id,
        "owner": world.there.colleague.user_id,
        "establishment": world.there.school.pk,
        "role": "system_admin",
        "state": "done",
        "restricted_on": "2026-01-01",
    }
    worst = {name: values.get(name, "1") for name in fields}
    worst |= {f"{name}_id": values.get(name, "1") for name in fields}
    taken = asked | {part for each in asked for part in (f"{each}_day", f"{each}_month", f"{each}_year")}
    return {name: value for name, value in worst.items() if name not in taken}


def state(who: Person, url: str, answers: dict[str, Any] | None) -> dict[str, list[str]]:
    """All rows of ours after these answers, less the numbers and moments that every act gives anew."""
    with taken_back(who.client):
        if answers is not None:
            assert who.client.post(url, answers).status_code in {200, 302, 409}
        return {table: rows_of(table) for table in tables()}


def tables() -> list[str]:
    found = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in OURS}
    return sorted(found - {"accounts_session", "tracking_referencerow"})


def rows_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT (to_jsonb(t) - %s::text[])::text FROM "{table}" t', [sorted(columns(table))])
        return sorted(row[0] for row in cursor.fetchall())


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        names = [each.name for each in connection.introspection.get_table_description(cursor, table)]
    return {name for name in names if name in OF_THE_MOMENT or name.endswith("_at")}
