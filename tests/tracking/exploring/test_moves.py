"""Who came and who went, and the ward as a dimension, counted again one by one."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests.factories import sign_in
from tests.tracking.exploring.conftest import NOVEMBER, OCTOBER, SEPTEMBER, Autumn
from tests.tracking.exploring.test_queries import counted, part_of
from tests.tracking.figures.test_views import page_of
from tracking.exploring.queries import ALL, MONTH, Crossing, Cut, crossed
from tracking.figures.models import Freeze, MonthRecord
from tracking.figures.queries.reach import Reach
from tracking.figures.queries.tallies import DIMENSIONS, Chosen
from tracking.figures.tasks import keep_wards_of_months
from tracking.models import Residence
from tracking.reconciling.models import Area, Postcode
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import LEFT_TO, Moves

pytestmark = pytest.mark.django_db
LAST = ReportingMonth(NOVEMBER)
WARDS = {"AA11AA": "E05000001", "AA11AB": "E05000002"}
Rows = dict[int, MonthRecord]


@pytest.fixture
def moving(autumn: Autumn) -> Autumn:
    """Of the kept months some stand elsewhere and count otherwise, so that people come, go and change places."""
    records = MonthRecord.objects.filter(authority=autumn.council)
    statuses = ["NEET", "NOT_KNOWN", "EET", "EXCLUDED"]
    for n, row in enumerate(records.order_by("pk")):
        if n % 3 == 0 and row.is_measured:
            row.status = statuses[n // 3 % 4]
        if n % 5 == 0:
            row.district = [autumn.north, autumn.south][n // 5 % 2]
        if n % 17 == 0:
            row.is_measured, row.reason = False, "moved"
        records.filter(pk=row.pk, month=row.month).update(
            status=row.status, district=row.district, is_measured=row.is_measured, reason=row.reason
        )
    for n, freeze in enumerate(Freeze.objects.filter(authority=autumn.council)):
        Freeze.objects.filter(pk=freeze.pk).update(digest=f"moved{freeze.pk}{n}")
    return autumn


def rows_of(council: Any, end: date) -> Rows:
    return {each.person_id or 0: each for each in MonthRecord.objects.filter(authority=council, month=end)}


def moves_between(was: Rows, now: Rows, status: Status, is_here: Any) -> Moves:
    """Everybody looked at in turn: did they count so here before, do they now, and what do they count as instead."""
    joined = left = otherwise = 0
    for person in was.keys() | now.keys():
        before, after = was.get(person), now.get(person)
        stood = before is not None and before.is_measured and before.status == status and is_here(before)
        stands = after is not None and after.is_measured and after.status == status and is_here(after)
        joined += stands and not stood
        if stood and not stands:
            is_left = after is not None and after.is_measured and after.status in LEFT_TO[status]
            left, otherwise = left + is_left, otherwise + (not is_left)
    return Moves(joined, left, otherwise)


def assert_moves_recounted(found: Crossing, rows: dict[date, Rows], is_meant: Any) -> int:
    """Every cell that can be told; how many came and went in all."""
    cut, seen = found.cut, 0
    columns = [each.slug for each in found.columns] + ([] if found.is_by_month else [ALL])
    for row, column in product([ALL, *(each.slug for each in found.rows)], columns):
        end = ReportingMonth.read(column).ends_on if found.is_by_month else NOVEMBER
        if end == SEPTEMBER:
            assert found.moved(row, column) is None
            continue

        def is_here(record: MonthRecord, row: str = row, column: str = column) -> bool:
            return (
                is_meant(record)
                and (row == ALL or part_of(record, cut.rows) == row)
                and (found.is_by_month or column == ALL or part_of(record, cut.columns) == column)
            )

        assert cut.moving is not None
        told = moves_between(rows[ReportingMonth(end).before.ends_on], rows[end], cut.moving, is_here)
        assert found.moved(row, column) == told, (cut, row, column)
        seen += told.joined + told.left + told.otherwise
    return seen


@pytest.mark.parametrize("status", [Status.NEET, Status.NOT_KNOWN])
def test_who_came_and_went_is_what_looking_at_everybody_gives(moving: Autumn, status: Status) -> None:
    rows = {end: rows_of(moving.council, end) for end in (SEPTEMBER, OCTOBER, NOVEMBER)}
    own = Reach((moving.north.pk,), ())
    for by, across in product(DIMENSIONS, ["", MONTH, "gender"]):
        if by == across:
            continue
        found = crossed(moving.council.pk, Cut(LAST, by, across, Chosen(), status))
        assert assert_moves_recounted(found, rows, lambda record: True) > 10
        narrowed = crossed(moving.council.pk, Cut(LAST, by, across, Chosen(reach=own), status))
        assert_moves_recounted(narrowed, rows, lambda record: record.district_id == moving.north.pk)
        for month in (OCTOBER, NOVEMBER) if across == MONTH else ():
            moves = found.moved(ALL, ReportingMonth(month).slug)
            assert moves is not None
            before = standing(rows[ReportingMonth(month).before.ends_on], status)
            assert moves.change == standing(rows[month], status) - before  # R103: the identity


def standing(rows: Rows, status: Status) -> int:
    return sum(each.is_measured and each.status == status for each in rows.values())


def test_each_number_of_those_who_came_or_went_opens_them(moving: Autumn, officer: Any) -> None:
    asked = {"rows": "district", "columns": "month", "month": "2026-11", "measure": "not_known_joined"}
    found = crossed(moving.council.pk, Cut(LAST, "district", MONTH, Chosen(), Status.NOT_KNOWN))

    assert "Became not known since the month before" in page_of(
        officer.get(reverse("figures_explore"), asked)
    )
    seen = 0
    for way, part in product(("joined", "left", "otherwise"), found.rows):
        of = {"district": part.slug, "month": "2026-11", "of": f"not_known_{way}"}
        people = officer.get(reverse("figures_people"), of).content.decode()
        number = getattr(found.moved(part.slug, "2026-11"), way)
        assert people.count('<td class="day">') == number, of
        seen += number
    assert seen > 5
    assert officer.get(reverse("figures_people"), {"month": "2026-09", "of": "neet_left"}).status_code == 404


def test_those_who_come_until_today_stand_in_the_last_column(moving: Autumn) -> None:
    found = crossed(moving.council.pk, Cut(None, "district", MONTH, Chosen(), Status.NEET))
    alone = crossed(moving.council.pk, Cut(None, "district", "", Chosen(), Status.NEET))

    moves = found.moved(ALL, "2026-12")
    assert moves == alone.moved(ALL, ALL)
    assert moves is not None
    now = found.at(ALL, "2026-12").neet
    assert moves.change == now - standing(rows_of(moving.council, NOVEMBER), Status.NEET) != 0


def test_the_file_holds_who_came_and_went(moving: Autumn, officer: Any) -> None:
    asked = {"month": "2026-11", "rows": "district", "measure": "neet_left"}

    text = b"".join(officer.get(reverse("figures_explore_csv"), asked)).decode("utf-8-sig")
    assert text.splitlines()[0].endswith(",joined,left,left_otherwise")
    assert b"".join(officer.get(reverse("figures_explore_workbook"), asked))[:2] == b"PK"


# --- wards ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def living(autumn: Autumn) -> dict[int, str]:
    """In which ward each lives: every third in neither. They are known to have lived there all along."""
    Postcode.objects.bulk_create(
        Postcode(postcode=code, authority_code="E10000016", district_code="E07000001", ward_code=ward)
        for code, ward in WARDS.items()
    )
    Area.objects.bulk_create(Area(code=ward, name=f"Ward {ward[-1]}") for ward in WARDS.values())
    homes = {}
    for n, home in enumerate(Residence.objects.order_by("pk")):
        if n % 3 < 2:
            homes[home.person_id] = list(WARDS.values())[n % 3].lower()
            Residence.objects.filter(pk=home.pk).update(postcode=["aa1 1aa", "AA1 1AB"][n % 3])
    with connection.cursor() as cursor:
        cursor.execute("alter table tracking_residence_history disable trigger user")
        cursor.execute("delete from tracking_residence_history where superseded_at is not null")
        cursor.execute("update tracking_residence_history set recorded_at = '2026-01-01'")
        cursor.execute("alter table tracking_residence_history enable trigger user")
    assert keep_wards_of_months() == autumn.council.freezes.filter(replaced_at=None).count() > 1
    return homes


def test_a_ward_is_cut_like_any_part_month_by_month(
    autumn: Autumn, living: dict[int, str], officer: Any
) -> None:
    rows = list(MonthRecord.objects.filter(authority=autumn.council))

    def ward_of(row: MonthRecord) -> str:
        return living.get(row.person_id or 0, "none")

    for across in ("", MONTH, "gender"):
        found = crossed(autumn.council.pk, Cut(LAST, "ward", across, Chosen(), Status.NEET))
        assert [each.words for each in found.rows] == ["Ward 1", "Ward 2", "No ward known"]
        columns = [each.slug for each in found.columns] or [ALL]
        for row, column in product([each.slug for each in found.rows], columns):
            here = [
                each
                for each in rows
                if ward_of(each) == row
                and (part_of(each, across) == column if across else True)
                and (across == MONTH or each.month == NOVEMBER)
            ]
            assert found.at(row, column) == counted(here), (across, row, column)
    now = crossed(autumn.council.pk, Cut(None, "ward", "", Chosen()))
    assert [each.words for each in now.rows] == ["Ward 1", "Ward 2", "No ward known"]
    narrowed = crossed(autumn.council.pk, Cut(LAST, "district", "", Chosen({"ward": "E05000001"})))
    here = [each for each in rows if each.month == NOVEMBER and ward_of(each) == "e05000001"]
    assert narrowed.whole == counted(here)

    listed = officer.get(
        reverse("figures_people"), {"ward": "e05000001", "month": "2026-11", "of": "cohort"}
    ).content.decode()
    assert listed.count('<td class="day">') == narrowed.whole.cohort > 0
    assert "Ward they live in: Ward 1" in listed
    page = page_of(officer.get(reverse("figures_explore"), {"rows": "ward", "columns": "month"}))
    assert "Ward 2" in page


def test_wards_are_for_those_who_open_records(autumn: Autumn, client: Any, living: dict[int, str]) -> None:
    manager = sign_in(client, autumn.user("manager"))

    page = page_of(manager.get(reverse("figures_explore"), {"rows": "ward"}))

    assert "Ward 1" not in page
