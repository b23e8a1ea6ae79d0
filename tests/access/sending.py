"""What a browser sends from the forms of a page, and whether anything was changed by it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from django.apps import apps
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client
from lxml import html

from tests.access.asking import body_of, taken_back

OURS = {"accounts", "schools", "tracking", "returns", "caseload", "jobs", "files", "outbox"}
OF_THE_MOMENT = {"id", "ref", "at", "event_id", "last_used_on", "cause", "location"}
# Whose rows are not the work of a form: who is signed in, and the rules, which are the whole country's.
ASIDE = {"accounts_session", "tracking_referencerow"}
A_NUMBER = re.compile(rb"\b(?:[567]00\d{4}|98765\d{4})\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
A_ROW = re.compile(r"\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORM = "application/x-www-form-urlencoded"
TODAY = {"day": "20", "month": "11", "year": "2026"}
Values = dict[str, list[str]]


@dataclass(frozen=True)
class Sent:
    """One form as a browser would send it: where to, what stands in it, and the buttons that send it."""

    url: str
    values: Values
    numbered: frozenset[str]
    buttons: tuple[tuple[str, str], ...]


def forms_of(answer: HttpResponse, url: str) -> Iterator[Sent]:
    """Every form of a page that changes something."""
    if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", "") or answer.streaming:
        return
    for form in html.fromstring(answer.content).forms:
        if form.method == "POST":
            where = urljoin(url, form.get("action") or url)
            buttons = tuple(
                (each.get("name"), each.get("value", ""))
                for each in form.iter("button")
                if each.get("name") and not each.get("formaction")
            )
            numbered = frozenset(each.name for each in form.inputs if each.name and _is_numbered(each))
            yield Sent(where, _standing(form), numbered, buttons or (("", ""),))


def _standing(form: Any) -> Values:
    """The names of the form with what stands in them; a gap holds no value, a list what may be chosen first."""
    values: Values = {}
    for field in form.inputs:
        if not field.name or field.name == "csrfmiddlewaretoken" or field.get("type") == "file":
            continue
        found = values.setdefault(field.name, [])
        if field.tag == "select":
            found += [each for each in _chosen(field) if each]
        elif field.get("type") in {"checkbox", "radio"}:
            found += [field.get("value", "on")] if field.get("type") == "checkbox" or not found else []
        elif given := _typed(field):
            found.append(given)
    return values


def _typed(field: Any) -> str:
    """What stands in it; the line break with which the words of a larger box begin is none of them."""
    return (field.value or "").removeprefix("\n") if field.tag == "textarea" else field.value or ""


def _is_numbered(field: Any) -> bool:
    """Whether what it sends, and nobody types, may be the number of a row."""
    if field.tag == "select":
        return any(A_ROW.fullmatch(each.get("value", "")) for each in field.iter("option"))
    return field.get("type") in {"hidden", "checkbox", "radio"} and bool(
        A_ROW.fullmatch(field.get("value", ""))
    )


def _chosen(field: Any) -> list[str]:
    offered = [each.get("value", "") for each in field.iter("option")]
    chosen = [each.get("value", "") for each in field.iter("option") if each.get("selected") is not None]
    return [each for each in chosen if each] or [each for each in offered if each][:1]


def filled(values: Values) -> Values:
    """The same with something plausible in every gap."""
    return {name: given or [_plausible(name)] for name, given in values.items()}


def _plausible(name: str) -> str:
    part = name.rpartition("_")[2]
    if part in TODAY:
        return TODAY[part]
    if "email" in name:
        return "somebody@example.org"
    return "1" if re.search(r"number|days|months|most|waiting|minutes|count|_of$", name) else "Words"


def statement() -> str:
    """One statement for the digest of every table of ours, less the numbers and moments each act gives anew."""
    return " UNION ALL ".join(_digest(model) for model in _tables())


def _tables() -> list[type[models.Model]]:
    found = {model._meta.db_table: model for model in apps.get_models() if model._meta.app_label in OURS}
    return [found[name] for name in sorted(set(found) - ASIDE)]


def _digest(model: type[models.Model]) -> str:
    names = [field.column for field in model._meta.concrete_fields]
    moments = [name for name in names if name in OF_THE_MOMENT or name.endswith("_at")]
    left = "".join(f" - '{name}'" for name in moments)
    table = model._meta.db_table
    rows = f'SELECT (to_jsonb(t){left})::text w FROM "{table}" t'
    return f"SELECT '{table}', md5(string_agg(w, '|' ORDER BY w)) FROM ({rows}) x"


def state() -> dict[str, str]:
    """What stands in the tables, by table."""
    with connection.cursor() as cursor:
        cursor.execute(statement())
        return dict(cursor.fetchall())


@contextmanager
def numbers_from(first: int) -> Iterator[None]:
    """Every row made inside has a number above this one, so that it is mistaken for nothing else."""
    before = sequences()
    set_sequences(dict.fromkeys(before, first))
    try:
        yield
    finally:
        set_sequences(before)


def sequences() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"
        )
        return dict(cursor.fetchall())


def set_sequences(values: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{name}"', max(value, 1), value > 0])


@dataclass(frozen=True)
class Outcome:
    """What came of sending something: what was told, and which tables changed to what."""

    status: int
    told: bytes
    changed: frozenset[tuple[str, str]]

    @property
    def tables(self) -> set[str]:
        """Which tables changed."""
        return {name for name, _ in self.changed}


def send(client: Client, url: str, values: Values, before: dict[str, str]) -> Outcome:
    """Send these and take everything back. Numbers of rows and addresses are not told apart."""
    held = sequences()
    with taken_back(client):
        answer = client.post(url, urlencode(values, doseq=True), content_type=FORM, follow=True)
        after, told = state(), body_of(answer)
    set_sequences(held)
    return Outcome(answer.status_code, A_NUMBER.sub(b"#", told), frozenset(after.items() - before.items()))
