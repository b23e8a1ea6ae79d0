"""What is shown of a month: the same for good, and worth reading."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_district, make_user, sign_in
from tests.tracking.released.conftest import ENDS
from tests.tracking.released.county import Some, frozen_month
from tracking.figures.models import MonthTally
from tracking.released.actions import make_tables
from tracking.released.models import ReleasedCell, ReleasedTable
from tracking.released.queries import month_of

PAGE = "released_tables"


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_tables_are_made_once_and_stay_whatever_happens_to_the_month(county):
    newest = county.freezes[-1]
    before = month_of(newest)
    MonthTally.objects.filter(freeze=newest).update(neet=0)

    assert make_tables(freeze=newest, by=None) == 0
    assert month_of(newest) == before
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleasedCell.objects.filter(value=None).update(value=1, why="")
    events = AuditEvent.objects.filter(kind="released.tables_made", counts__tables__gt=0)
    assert events.count() == len(county.freezes)


def test_a_month_says_how_the_council_stands_and_marks_what_is_held_back(county):
    page = text(county.manager.get(reverse(PAGE), {"month": "2026-09"}))

    assert "Of 121 young people in Years 12 and 13 by age, 18 were not in education" in page
    assert page.count("not shown</span>") > 4
    assert "few" not in page.split("<main")[1].split("</main>")[0].replace("Too few", "")


def test_a_share_is_shown_only_where_all_its_counts_are(county):
    lines = [line for table in month_of(county.freezes[0]).tables for line in table.lines]

    assert {line.is_whole for line in lines} == {True, False}
    assert all((line.neet_rate is None) == (not line.is_whole) for line in lines)


def test_a_council_so_small_that_its_own_line_tells_has_no_numbers_at_all(county):
    authority, (ashford, *_), _ = make_small()
    freeze = frozen_month(authority, ENDS[0], [Some(3, "NEET", ashford), Some(40, "EET", ashford)])
    assert make_tables(freeze=freeze, by=None) == 1

    page = text(sign_in(Client(), make_user("manager", authority)).get(reverse(PAGE)))

    assert "Too few to show" in page
    assert "<table" not in page
    assert not ReleasedCell.objects.filter(table__freeze=freeze, value__isnull=False).exists()


def make_small():
    authority = make_authority()
    return authority, [make_district(authority)], []


def test_a_month_that_nobody_froze_is_not_there_and_other_councils_are_nothing(county):
    assert county.manager.get(reverse(PAGE), {"month": "2025-01"}).status_code == 404
    assert county.manager.get(reverse("released_tables_file"), {"month": "2025-01"}).status_code == 404
    elsewhere = sign_in(Client(), make_user("manager", make_small()[0]))
    assert "No month is frozen yet" in text(elsewhere.get(reverse(PAGE)))


def test_the_first_page_shows_the_newest_month_by_district(county):
    page = text(county.manager.get(reverse("home")))

    assert "By district in November 2026" in page
    assert "Ashford" in page


def test_the_page_takes_the_same_few_statements_however_many_tables_there_are(county):
    county.manager.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as statements:
        county.manager.get(reverse(PAGE))

    assert ReleasedTable.objects.filter(freeze=county.freezes[-1]).count() > 5
    assert len(statements) <= 12
