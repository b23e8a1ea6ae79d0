"""Whoever works with no records comes to no number of one to four young people, on any page they may open."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.urls import reverse
from lxml import etree, html

from neet.accounts.roles import ROLES, Permission
from tests.access.addresses import Address, addresses, named
from tests.access.asking import body_of, taken_back
from tests.access.world import World
from tests.factories import make_district
from tests.pdf import text_of
from tests.tracking.released.county import Some, frozen_month
from tracking.released.tasks import tables_of_the_day

pytestmark = pytest.mark.django_db

NEXT_DAY = date(2026, 11, 21)
WITHOUT_RECORDS = ("manager", "governance")
FEW = re.compile(r"[1-4](?![\d.,%:]| [A-Z][a-z]+ \d{4})")  # a number, or one with a share behind it; no date
FEW_PEOPLE = re.compile(
    r"\b(?:[1-4]|one|two|three|four) (?:young (?:person|people)|pupils?|leavers?)\b", re.IGNORECASE
)
COUNTS = "//main//td[contains(@class,'num')] | //main//*[contains(@class,'tile__number')] | //main//dd"
# Numbers that count no young people, or those of one record opened by saying why; by the page they stand on.
STAND_IN = re.compile(rb"\w+\.\w+")  # what a file of the world holds that nobody reads: its own name
NO_NUMBERS = {"text/plain", "application/vnd.oai.openapi"}
NUMBERS_THINGS = {"id", "page", "pages"}
ONE_RECORD = ("people/<uuid:ref>", "api/v1/people/")
OTHERWISE: dict[str, str] = {
    "account": "one's own passkeys",
    "api_me": "numbers by which programs name one's own places",
    "mfa_index": "one's own passkeys",
    "audit": "events",
    "attestations": "colleagues to be looked at",
    "assessment": "numbers of the lines of the form",
    "assessment_file": "numbers of the lines of the form",
    "assessment_paper": "numbers of the lines of the form",
    "assessment_of_year": "numbers of the lines of the form",
    "reference": "lines of the rules",
    "reference_year": "lines of the rules",
    "impact_assessment_file": "numbers of tables, fields and rights; of young people: test_assessment",
    "extract": "how many a list names that somebody wants to take away: whoever agrees must know",
    "extracts": "how many a list named that was taken away",
    "refuse_extract": "how many a list names that somebody wants to take away",
    "openings": "records a colleague opened",
    "look_into_reading": "records a colleague opened",
    "month": "records the department's checks stop at, for whoever signs the file off",
    "reply": "records the department reported",
    "register": "records opened by saying why: one's own few",
    "rights_copy": "parts of one copy",
    "retention": "holds that keep records from being erased",
}
OF_GOVERNANCE = {"home": "requests, breaches and openings to look into"}


def opened(world: World) -> Iterator[tuple[str, Address, HttpResponse, bytes]]:
    """Every page of the table of addresses those roles may open, with their own things in it."""
    for role in WITHOUT_RECORDS:
        assert Permission.FIGURES_EXPLORE not in ROLES[role].permissions
        who = world.people[role]
        for address in addresses():
            if not (address.is_named and address.access and not address.access.anyone):
                continue
            if address.is_table or address.route.startswith(ONE_RECORD) or not address.lets_in(role, "GET"):
                continue
            with taken_back(who.client):
                answer = who.client.get(address.url(named(address, world, who).own))
                content = body_of(answer)
            if answer.status_code == 200:
                yield role, address, answer, content


def small_numbers(answer: HttpResponse, content: bytes) -> Iterator[str]:
    """The counts that are one to four: on a page, or in a file or an answer to a program."""
    kind = answer["Content-Type"].partition(";")[0]
    if kind == "text/html":
        yield from on_page(content)
    else:
        yield from (each[:80] for each in in_file(content, kind) if FEW.fullmatch(each))


def in_file(content: bytes, kind: str) -> Iterator[str]:
    """Every value of a file: cells of sheets, lines of a document, values of an answer to a program."""
    if STAND_IN.fullmatch(content):
        return
    if kind == "application/json":
        yield from values_in(json.loads(content))
    elif kind == "application/pdf":
        words = text_of(content)
        yield from (each.strip() for each in words.splitlines())
        yield from (each[0] for each in FEW_PEOPLE.findall(words))
    elif kind == "text/csv":
        yield from (cell for row in csv.reader(content.decode("utf-8-sig").splitlines()) for cell in row)
    elif kind == "text/markdown":
        yield from (cell.strip() for line in content.decode().splitlines() for cell in line.split("|"))
    elif content.startswith(b"PK") and "opendocument" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            cells = etree.fromstring(book.read("content.xml")).iter("{*}table-cell")
            yield from ("".join(cell.itertext()) for cell in cells)
    elif content.startswith(b"PK"):
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            yield from (str(cell) for row in sheet.values for cell in row if cell is not None)
    else:
        assert kind in NO_NUMBERS, kind


def values_in(told: Any) -> Iterator[str]:
    """The values of an answer to a program, but for what numbers things."""
    if isinstance(told, dict):
        yield from (
            each for name, value in told.items() if name not in NUMBERS_THINGS for each in values_in(value)
        )
    elif isinstance(told, list):
        yield from (each for value in told for each in values_in(value))
    elif not isinstance(told, bool):
        yield str(int(told) if isinstance(told, float) and told.is_integer() else told)


def on_page(content: bytes) -> Iterator[str]:
    page = html.fromstring(content)
    for cell in page.xpath(COUNTS):
        said = " ".join(cell.text_content().split())
        if FEW.match(said):
            line = " ".join(cell.getparent().text_content().split())
            yield f"{said[:12]} in \u201c{line[:80]}\u201d"
    for main in page.xpath("//main"):
        yield from FEW_PEOPLE.findall(main.text_content())


@pytest.fixture
def with_months(world: World) -> World:
    """Two frozen months more, of a council in which many are NEET and few in each of two parts."""
    here = world.here
    other = make_district(here.authority, name="Beyond")
    for month in (date(2026, 8, 31), date(2026, 9, 30)):
        people = [
            Some(2, "NEET", here.district, here.school), Some(3, "NOT_KNOWN", other, here.school, age=17),
            Some(12, "NEET", other, here.college, gender="M"), Some(14, "NOT_KNOWN", here.district, here.college),
            Some(60, "EET", here.district, here.school), Some(70, "EET", other, here.college, age=17, gender="M"),
        ]  # fmt: skip
        frozen_month(here.authority, month, people)
    tables_of_the_day(day=NEXT_DAY)
    return world


def test_no_page_of_who_sees_no_records_has_a_small_number_of_young_people(with_months: World) -> None:
    seen, kinds, found = set(), set(), set()
    for role, address, answer, content in opened(with_months):
        seen.add(address.name)
        kinds.add(answer["Content-Type"].partition(";")[0])
        otherwise = {**OTHERWISE, **(OF_GOVERNANCE if role == "governance" else {})}
        if address.name not in otherwise:
            found |= {f"{role} {address.name}: {each}" for each in small_numbers(answer, content)}

    assert not found, "\n".join(sorted(found))
    assert {"figures_ahead", "released_tables", "provider_figures", "set_cohort", "activity_survey"} <= seen
    assert OTHERWISE.keys() <= seen
    assert {"text/html", "text/csv", "application/json"} <= kinds


def test_the_same_looking_finds_them_where_they_are(with_months: World) -> None:
    """Whoever works with records has the small parts of the same month."""
    officer = with_months.people["mi_officer"].client
    for name in ("figures", "figures_file", "api_figures"):
        answer = officer.get(reverse(name), {"month": "2026-09"})
        content = body_of(answer)
        found = list(small_numbers(answer, content))
        assert any(each.startswith("2") for each in found), (name, found)


GONE = (
    "past_days",
    "coverage",
    "figures_file",
    "figures_people",
    "api_figures",
    "guarantee",
    "duty",
    "reports",
)


def test_pages_of_parts_are_not_there_for_who_sees_no_records(world: World) -> None:
    assert {world.people["manager"].client.get(reverse(name)).status_code for name in GONE} == {404}
