"""A young person nobody could mistake for another, and walking the site to look for them."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import unescape
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from schools.models import District, Establishment, Service
from tests.access.asking import body_of
from tests.factories import (
    make_activity,
    make_characteristic,
    make_contact,
    make_note,
    make_person,
    make_residence,
    make_responsible,
    make_task,
)
from tests.pdf import text_of
from tracking.register.models import YoungPerson

LINK = re.compile(rb'\b(?:href|hx-get)="([^"#]+)')
A_FEW = 2  # pages of one kind


@dataclass(frozen=True)
class Canary:
    """What is known of them, by field, in words that stand nowhere else."""

    person: YoungPerson
    values: Mapping[str, str]


def values_of(mark: str) -> dict[str, str]:
    number = {"Quill": "4", "Vellum": "5", "Inkwell": "6"}.get(mark, "7")
    return {
        "youngperson.given_name": f"{mark}zephyrine",
        "youngperson.family_name": f"{mark}featherstonehaugh",
        "youngperson.upn": f"H80120000{number}77{number}",
        "youngperson.uln": f"99{number}8877{number}66",
        "residence.line_1": f"{mark} Canary Wynd",
        "residence.postcode": f"ZQ{number} 7QZ",
        "contactpoint.value": f"07700 9{number}7077",
        "note.text": f"{mark} whispers to xylophones",
        "task.words": f"{mark} wants ringing",
    }


def plant(
    mark: str, *, school: Establishment, district: District, service: Service, restricted: bool = False
) -> Canary:
    known = values_of(mark)
    person = make_person(
        district.authority,
        **{name: known[f"youngperson.{name}"] for name in ("given_name", "family_name", "upn", "uln")},
        date_of_birth=date(2009, 5, 14),
        restricted_on=date(2026, 1, 5) if restricted else None,
        restricted_reason="Must not be found" if restricted else "",
    )
    make_activity(person, "210", establishment=school, verified_on=date(2026, 10, 2))
    where = {"line_1": known["residence.line_1"], "postcode": known["residence.postcode"]}
    make_residence(person, district=district, **where)
    make_contact(person, value=known["contactpoint.value"])
    make_characteristic(person)
    make_note(person, known["note.text"])
    make_task(person, known["task.words"])
    make_responsible(person, service=service)
    make_responsible(person, service=service, kind="contract")
    return Canary(person, known)


def dress(person: YoungPerson, mark: str) -> Canary:
    """Somebody of the world, with all that was done about them: from now on known by the words of a canary."""
    known = values_of(mark)
    names = ("given_name", "family_name", "upn", "uln")
    YoungPerson.objects.filter(pk=person.pk).update(**{name: known[f"youngperson.{name}"] for name in names})
    person.residences.update(line_1=known["residence.line_1"], postcode=known["residence.postcode"])
    make_contact(person, value=known["contactpoint.value"])
    person.notes.update(text=known["note.text"])
    make_task(person, known["task.words"])
    person.refresh_from_db()
    return Canary(person, known)


@dataclass
class Walk:
    """The pages somebody came to, by address, every address and header on the way, and links that led nowhere."""

    pages: dict[str, bytes] = field(default_factory=dict)
    dead_ends: list[str] = field(default_factory=list)
    came_from: dict[str, str] = field(default_factory=dict)
    asides: list[str] = field(default_factory=list)

    def holds(self, words: str) -> list[str]:
        """Where these words stand, however they are written."""
        wanted = words.lower()
        found = [
            url
            for url, body in self.pages.items()
            if wanted in unescape(body.decode(errors="replace")).lower()
        ]
        return found + [aside for aside in self.asides if wanted in unquote(aside).lower()]


def walk(client: Client, *starts: str) -> Walk:
    """Follow every link from the first page and from these, a few pages of each kind."""
    found = Walk()
    walk_on(found, client, "/", *starts)
    return found


def walk_on(found: Walk, client: Client, *starts: str) -> None:
    """Go on from these, to a few more pages of each kind."""
    waiting, visits = [*starts], Counter[Any]()
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if url in found.pages or kind is None or visits[kind] >= A_FEW + url.startswith("/people/found/"):
            continue
        visits[kind] += 1
        answer = client.get(url)
        assert answer.status_code < 500, url
        note(found, url, answer)
        if answer.status_code == HTTPStatus.NOT_FOUND and url not in starts:
            found.dead_ends.append(f"{url} from {found.came_from.get(url)}")
        ways_on = list(links_of(url, answer))
        found.came_from.update(dict.fromkeys(ways_on, url))
        waiting += ways_on


def note(found: Walk, url: str, answer: HttpResponse) -> None:
    found.pages[url] = unpacked(body_of(answer))
    found.asides.append(url)
    found.asides += [f"{name}: {value}" for name, value in answer.items()]
    found.asides += [f"cookie {each.OutputString()}" for each in answer.cookies.values()]


def unpacked(body: bytes) -> bytes:
    """What a spreadsheet holds, all its parts behind each other but for the moment it was made; what a PDF says; else
    the body."""
    if body.startswith(b"%PDF"):
        return text_of(body).encode()
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"".join(
            book.read(name) for name in sorted(book.namelist()) if not name.startswith("docProps/")
        )


@cache
def kind_of(url: str) -> tuple[str, tuple[str, ...]] | None:
    """Pages of one pattern with the same questions in the address are of one kind; None where it leads away."""
    parts = urlsplit(url)
    if parts.netloc or parts.scheme or parts.path.startswith("/static/"):
        return None
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return (parts.path, ())
    return (route, tuple(sorted(each.split("=")[0] for each in parts.query.split("&"))))


def links_of(url: str, answer: HttpResponse) -> Iterator[str]:
    if "Location" in answer:
        yield urljoin(url, answer["Location"])
    if answer.get("Content-Type", "").startswith("text/html"):
        for link in LINK.findall(answer.content):
            yield urljoin(url, unescape(link.decode()))


def searched(client: Client, words: str) -> str:
    """The address of what was found."""
    return client.post("/people/search/", {"words": words})["Location"]
