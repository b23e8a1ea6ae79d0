"""Every form the pages hold is sent more than it asks: each name that any table has, and its own names twice, in the
body and in the address. What is written then is what its own answers alone would write, or nothing."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.apps import apps
from django.urls import resolve

from tests.access.addresses import Address, addresses, named
from tests.access.asking import body_of
from tests.access.sending import OURS, Outcome, Sent, Values, filled, forms_of, send, state
from tests.access.test_forms import forms_on
from tests.access.world import ABSENT_NUMBER, Person, World

pytestmark = pytest.mark.django_db

GUARDED = [each for each in addresses() if each.is_named and each.access and not each.access.anyone]
ASKED = [each for each in GUARDED if not each.is_table and not each.is_api]
IN_EACH_FRAME = {"search", "account_logout"}  # tried on the first page alone
NARROWED = {"ask_for_extract"}  # the address says which list is meant, as it does on the list itself
OFTEN = 60  # of so many addresses one is asked each time, all of them in the long proof
DAYS = [
    {"day": day, "month": month, "year": year}
    for day, month, year in (("20", "11", "2026"), ("5", "1", "2026"), ("1", "6", "2027"))
]
WORDS = {
    "postcode": "SW1A 1AA", "telephone": "01632 960001", "password": "three brown kettles sing", "urn": "123456",
    "ukprn": "10012345", "upn": "A123456789012", "uln": "1234567890", "time": "10:30", "people": "3",
}  # fmt: skip
WHOLE = {"value": "somebody@example.org", "number": "8861234", "code": "210", "establishment_number": ""}
WORST = {
    "role": "system_admin",
    "state": "done",
    "restricted_on": "2026-01-01",
    "is_staff": "on",
    "is_superuser": "on",
}


@pytest.fixture(autouse=True)
def every_name_at_once(settings: Any) -> None:
    """A form is sent the names of all fields there are, which are more than anybody may send."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000


def in_turn() -> list[Any]:
    return [
        pytest.param(each, id=each.name, marks=[] if turn % OFTEN == 0 else pytest.mark.assure)
        for turn, each in enumerate(ASKED)
    ]


def worst(world: World) -> Values:
    """Every field of every table of ours, by its name and its column, with the worst that could stand in it."""
    there = world.there
    values = WORST | {
        "authority": there.authority.pk, "person": there.record.person.pk, "user": there.colleague.user_id,
        "owner": there.colleague.user_id, "establishment": there.school.pk, "service": there.service.pk,
        "district": there.district.pk,
    }  # fmt: skip
    fields = {
        field.name
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
    }
    names = fields | {"pk", *WORST}
    return {f"{name}{end}": [str(values.get(name, "1"))] for name in sorted(names) for end in ("", "_id")}


def stuffed(values: Values, known: set[str], worst: Values) -> Values:
    """These answers, and whatever the page does not ask for beside them, also under the prefixes it uses."""
    prefixes = {name.rpartition("-")[0] + "-" for name in values if "-" in name}
    more = {f"{prefix}{name}": value for prefix in ("", *sorted(prefixes)) for name, value in worst.items()}
    return {name: value for name, value in more.items() if name not in known} | values


def asked_on(answer: Any, forms: list[Sent]) -> set[str]:
    """Every name that the forms of this page ask for, shown or not."""
    names = {name for form in forms for name in (*form.values, *(each for each, _ in form.buttons))}
    for form in forms_on(answer):
        names |= {form.add_prefix(name) for name in form.fields}
    return names | {f"{name}_{part}" for name in names for part in ("day", "month", "year")}


def ways(form: Sent) -> Iterator[Values]:
    """As it stands and with its gaps filled, with a day of now, of before or of later, by each of its buttons."""
    fillings = [
        form.values,
        *({key: given or plausible(key, day) for key, given in form.values.items()} for day in DAYS),
    ]
    for values in fillings:
        for name, value in form.buttons:
            yield {key: given for key, given in values.items() if given} | ({name: [value]} if name else {})


def plausible(name: str, day: dict[str, str]) -> list[str]:
    part = name.rpartition("_")[2]
    if name in WHOLE:
        return [WHOLE[name]]
    known = next((value for word, value in WORDS.items() if word in name), None)
    return [day[part]] if part in day else [known] if known else filled({name: []})[name]


def name_of(form: Sent) -> str:
    """The address it is sent to, by its name."""
    return resolve(urlsplit(form.url).path).url_name or ""


def who_comes(address: Address, world: World) -> Person | None:
    """One who may come and has a place, the next for the next address."""
    let_in = [who for who in world.people.values() if address.lets_in(who.role, "GET")]
    return let_in[ASKED.index(address) % len(let_in)] if let_in else None


@pytest.mark.parametrize("address", in_turn())
def test_a_form_that_is_sent_more_than_it_asks_writes_what_it_would_have_written(
    address: Address, world: World
) -> None:
    who = who_comes(address, world)
    if who is None:
        return
    wrong = []
    url = address.url(named(address, world, who).own)
    answer = who.client.get(url)
    body_of(answer)  # a file holds no form, and is closed once it is read
    shown = list(forms_of(answer, url))
    forms = [form for form in shown if ASKED.index(address) == 0 or name_of(form) not in IN_EACH_FRAME]
    before = state()
    known, extras = asked_on(answer, shown), worst(world)
    for form in forms:
        done = False
        for values in ways(form):
            plain = send(who.client, form.url, values, before)
            wrong += faults(form.url, values, stuffed(values, known, extras), plain, who, before)
            if plain.tables:
                done = True
                break
        print(f"FORM {address.name} {name_of(form)} {done}")

    assert not wrong, "\n".join(wrong)


def faults(
    url: str, values: Values, more: Values, plain: Outcome, who: Person, before: dict[str, str]
) -> Iterator[str]:
    """What came of each way to send too much that does not come of the answers alone."""
    nobodys, words = [str(ABSENT_NUMBER)], ["Another"]
    aside = urlsplit(url)._replace(query=urlencode(dict.fromkeys(more, words), doseq=True)).geturl()
    sent = {
        "more names": (url, more),
        "another before each": (url, {name: words + given for name, given in values.items()}),
        "nobody's number before each": (url, {name: nobodys + given for name, given in values.items()}),
        "each twice": (url, {name: given * 2 for name, given in values.items()}),
    }
    if resolve(urlsplit(url).path).url_name not in NARROWED:
        sent["in the address"] = (aside, values)
    for how, (where, given) in sent.items():
        told = send(who.client, where, given, before)
        if told.tables and told.changed != plain.changed:
            again = send(who.client, url, values, before)
            if again.changed == plain.changed or told.tables != plain.tables:
                yield f"{who.role} {url} {how}: {told.status} {sorted(told.tables)} not {sorted(plain.tables)}"
        if told.status >= 500 or told.status == 404:
            yield f"{who.role} {url} {how}: {told.status}"
