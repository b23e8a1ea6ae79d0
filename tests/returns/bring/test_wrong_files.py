"""Wrong files brought as a register are refused in plain words, and the next one goes."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from returns.bring.models import Load
from schools.models import Authority
from tests.factories import make_person
from tests.returns.bring.bringing import bring, sheet, taken, tried, words
from tests.returns.bring.test_return import ADA, file_of
from tracking.models import ContactPoint, YoungPerson

pytestmark = pytest.mark.django_db


def bomb() -> bytes:
    return b'<!DOCTYPE NCCIS [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><NCCIS>&b;</NCCIS>'


def outside() -> bytes:
    return b'<!DOCTYPE NCCIS [<!ENTITY a SYSTEM "file:///etc/passwd">]><NCCIS>&a;</NCCIS>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            lambda: file_of(ADA, ADA._replace(young_persons_id="7770000000002")).getvalue()[:-900],
            "breaks off",
        ),
        (bomb, "DOCTYPE holds declarations"),
        (outside, "DOCTYPE holds declarations"),
        (lambda: b"<Returns><FileHeader/></Returns>", "not an NCCIS return"),
        (lambda: b"number,mobile\n7770000000001,07700 900001\n", "not an XML file"),
        (lambda: sheet([["CCIS number"], ["7770000000001"]]), "not an XML file"),
        (lambda: b"\x00\xff" * 500, "XML"),
        (lambda: file_of(ADA).getvalue().replace(b"Ada", b"Ada & Eve"), "&amp;"),
        (lambda: file_of(ADA, period_end="31/10/2025").getvalue(), "PeriodEnd"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words_and_the_next_one_goes(
    desk: Client, content: Callable[[], bytes], says: str
) -> None:
    load = tried(desk, content())

    shown = words(desk.get(f"/bring/{load.pk}/"))

    assert load.state == Load.State.REFUSED
    assert says in load.refusal
    assert "Nothing was taken" in shown
    assert not YoungPerson.objects.exists()
    assert taken(desk, file_of(ADA).getvalue()).counts["people_added"] == 1


def test_a_file_over_the_limit_is_refused_with_the_limit(desk: Client, settings: Any) -> None:
    settings.LARGEST_FILE = 1 << 20

    answer = bring(desk, b"<NCCIS>" + b" " * (1 << 20))

    assert "The file is larger than 1 MB" in words(answer)
    assert not Load.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: file_of(ADA).getvalue(), "This is an XML file"),
        (lambda: b"Colour,Size\nred,3\n", "No column names the young people"),
        (lambda: b"CCIS number,Colour\n7770000000001,red\n", "holds nothing about them"),
        (lambda: b"PK\x03\x04 not a workbook", "."),
    ],
)
def test_a_wrong_table_is_refused_in_plain_words(
    desk: Client, content: Callable[[], bytes], says: str
) -> None:
    load = tried(desk, content(), kind="contacts", name="file.csv")

    assert load.state == Load.State.REFUSED
    assert says in load.refusal
    assert "Traceback" not in load.refusal


def test_formulas_of_a_workbook_are_not_worked_out(desk: Client, authority: Authority) -> None:
    person = make_person(authority)

    taken(
        desk,
        sheet([["CCIS number", "Mobile"], [person.young_person_id, '=HYPERLINK("http://x","y")']]),
        kind="contacts",
        name="file.xlsx",
    )

    assert not ContactPoint.objects.filter(value__contains="http").exists()


def test_a_zip_that_unpacks_to_gigabytes_is_given_up(desk: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * (450 << 20))

    load = tried(desk, packed.getvalue(), kind="contacts", name="file.xlsx")

    assert load.state == Load.State.REFUSED
