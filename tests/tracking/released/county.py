"""A small county with months frozen by a few statements, and what a reader of pages can learn of them."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.test import Client
from django.urls import reverse
from lxml import html

from neet import clock
from schools.models import Authority, District, Establishment
from tests.factories import make_authority, make_district, make_school
from tests.tracking.released.attack import Fact
from tracking.figures.models import Freeze, MonthRecord, MonthTally

KINDS = ("", "neet", "not_known")
SUM, NEET, NOT_KNOWN = 0, 1, 3  # the columns of a page's table, after the part


@dataclass(frozen=True)
class Some:
    """So many young people alike in everything."""

    number: int
    status: str
    district: District
    school: Establishment | None = None
    age: int = 16
    gender: str = "F"
    ethnicity: str = "WBRI"


def make_county() -> tuple[Authority, Sequence[District], Sequence[Establishment]]:
    """A council with three districts and three schools."""
    authority = make_authority(code="886")
    districts = [make_district(authority, name=name) for name in ("Ashford", "Dover", "Thanet")]
    schools = [make_school(name=f"School {letter}", la_code="886") for letter in "ABC"]
    return authority, districts, schools


def frozen_month(authority: Authority, month: date, people: Iterable[Some]) -> Freeze:
    """A month as a freeze leaves it, of nobody who has a record."""
    with connection.cursor() as cursor:
        cursor.execute("select tracking_month_partition(%s)", [month])
    made = Freeze.objects.create(authority=authority, month=month, frozen_at=clock.now())
    every = [each for some in people for each in [some] * some.number]
    MonthRecord.objects.bulk_create(
        MonthRecord(**_cut(made, each), reason="cohort", is_measured=True, status=each.status,
                    has_lapsed=False, participates=each.status == "EET", ethnicity=each.ethnicity)
        for each in every
    )  # fmt: skip
    MonthTally.objects.bulk_create(
        MonthTally(**_cut(made, each), people=number, cohort=number, neet=number * (each.status == "NEET"),
                   not_known=number * (each.status == "NOT_KNOWN"), lapsed=0,
                   participating=number * (each.status == "EET"), owed=0, offered=0)
        for each, number in Counter(every).items()
    )  # fmt: skip
    return made


def _cut(made: Freeze, each: Some) -> dict:
    return {
        "freeze": made, "authority_id": made.authority_id, "month": made.month, "academic_age": each.age,
        "district": each.district, "establishment": each.school, "gender": each.gender,
    }  # fmt: skip


def told_by_pages(client: Client, addresses: Iterable[str]) -> dict[Fact, int]:
    """Every number in the tables of these pages, by what it is said to be of."""
    told: dict[Fact, int] = {}
    for address in addresses:
        page = html.fromstring(client.get(address).content)
        month = next(iter(re.findall(r"[A-Z][a-z]+ 20\d\d", page.xpath("string(//title)"))), "")
        for table in page.xpath("//table"):
            by = table.xpath("string(.//thead//th[1])").strip()
            for line in table.xpath(".//tbody/tr"):
                cells = [cell.text_content().strip() for cell in line.xpath("td")]
                part = line.xpath("string(th)").strip()
                told |= _facts(month, by, part, (cells[SUM], cells[NEET], cells[NOT_KNOWN]))
    return told


def _facts(month: str, by: str, part: str, cells: Sequence[str]) -> dict[Fact, int]:
    numbers = [text.replace(",", "") for text in cells]
    of = ("", "") if part == "Everybody" else (by, part)
    return {
        (month, *of, kind): int(text) for kind, text in zip(KINDS, numbers, strict=True) if text.isdecimal()
    }


COLUMNS = {"everybody": "", "neet": "neet", "not_known": "not_known", "other": "other"}


def told_by_file(client: Client, months: Mapping[str, str]) -> dict[Fact, int]:
    """Every number in the files of these months (words by slug)."""
    told: dict[Fact, int] = {}
    for slug, words in months.items():
        answer = client.get(reverse("released_tables_file"), {"month": slug})
        for line in csv.DictReader(b"".join(answer).decode("utf-8-sig").splitlines()):
            of = ("", "") if line["by"] == "council" else (line["by"], line["part"])
            shown = {kind: line[column] for column, kind in COLUMNS.items() if line[column].isdecimal()}
            told |= {(words, *of, kind): int(number) for kind, number in shown.items()}
    return told
