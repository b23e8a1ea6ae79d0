"""Whoever answers for a district or a service is told numbers of it and of no other, at every door of the figures."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import sign_in
from tests.tracking.exploring.conftest import NOVEMBER, Autumn
from tests.tracking.figures.test_views import page_of
from tracking.exploring.shares import shares
from tracking.figures.models import MonthRecord
from tracking.figures.queries.reach import reach_of

pytestmark = pytest.mark.django_db
MONTH = {"month": "2026-11"}
DOORS = ("figures", "figures_file", "figures_people", "api_figures", "figures_explore", "figures_explore_csv",
         "figures_explore_workbook")  # fmt: skip


def said_by(client: Client, name: str, asked: dict[str, Any]) -> str:
    """What a door says of everybody in November: the cohort it counts; empty where it is not there."""
    answer = client.get(reverse(name), {**MONTH, **asked})
    if answer.status_code in (400, 404):
        return ""
    content = b"".join(answer) if answer.streaming else answer.content
    if name == "figures":
        return found(r"Of ([\d,]+) young (?:person|people) in Years", page_of(answer))
    if name == "figures_people":
        return str(len(set(re.findall(r"Person\d+", content.decode()))))
    if name == "api_figures":
        return str(int(json.loads(content)["figures"]["cohort"]))
    if name == "figures_explore":
        return re.findall(r"Everybody\s+([\d,]+)", page_of(answer))[-1]
    if name == "figures_explore_workbook":
        return str(load_workbook(io.BytesIO(content))["Every count"].cell(3, 4).value)
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    words = "row" if "row" in lines[0] else "cut"
    return next(each["cohort"] for each in lines if each[words].lower() == "everybody")


def found(pattern: str, text: str) -> str:
    hit = re.search(pattern, text)
    return hit[1] if hit else "0"


def cohort_of(**where: Any) -> int:
    rows = MonthRecord.objects.filter(month=NOVEMBER, is_measured=True, **where)
    return rows.exclude(status="EXCLUDED").count()


@pytest.mark.parametrize("role", ["district_lead", "service_lead"])
def test_every_door_counts_their_own_and_never_the_neighbour(
    client: Client, autumn: Autumn, role: str
) -> None:
    is_district = role == "district_lead"
    place = {"district": autumn.north} if is_district else {"service": autumn.team}
    lead = sign_in(client, autumn.user(role, **place))
    own = cohort_of(**place)
    assert 0 < own < cohort_of()
    asked = (
        {"measure": "cohort", "rows": "district"} if is_district else {"measure": "cohort", "rows": "service"}
    )

    assert {name: said_by(lead, name, asked if "explore" in name else {}) for name in DOORS} == dict.fromkeys(
        DOORS, str(own)
    )
    elsewhere = {"district": autumn.south.pk}
    theirs = 0 if is_district else cohort_of(district=autumn.south, **place)
    for name in DOORS:
        answer = said_by(lead, name, {**elsewhere, **(asked if "explore" in name else {})})
        assert answer in ("", "0") if is_district else answer == str(theirs), name


def test_an_officer_of_the_whole_council_cuts_either_district(client: Client, autumn: Autumn) -> None:
    officer = sign_in(client, autumn.user("tracking_officer"))

    for district in (autumn.north, autumn.south):
        assert said_by(officer, "api_figures", {"district": district.pk}) == str(cohort_of(district=district))


def test_the_way_to_the_next_quintile_names_their_districts_only(client: Client, autumn: Autumn) -> None:
    user = autumn.user("district_lead", district=autumn.north)
    reach = reach_of(user, autumn.council.pk)
    assert reach is not None

    lines = shares(autumn.council.pk, "together", NOVEMBER, reach).lines

    assert [each.part.words for each in lines] == ["=Northby"]
    page = page_of(sign_in(client, user).get(reverse("figures_districts")))
    assert "=Northby" in page
    assert "Southby" not in page
