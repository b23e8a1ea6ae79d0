"""Every cut counted again, one row after the other."""

from itertools import product
from random import Random
from typing import Any

import pytest

from tests.tracking.exploring.conftest import NOVEMBER, Autumn
from tracking.exploring.queries import ALL, MONTH, Crossing, Cut, crossed
from tracking.figures.models import MonthRecord
from tracking.figures.queries.reach import Reach, reach_of
from tracking.figures.queries.scorecard import NoSuchMonth, slug_of
from tracking.figures.queries.tallies import DIMENSIONS, Chosen
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts

pytestmark = pytest.mark.django_db
LAST = ReportingMonth(NOVEMBER)


def counted(rows: list[MonthRecord]) -> Counts:
    """These rows looked at one by one."""
    measured = [each for each in rows if each.is_measured]
    return Counts(
        people=len(measured),
        cohort=sum(each.status != "EXCLUDED" for each in measured),
        neet=sum(each.status == "NEET" for each in measured),
        not_known=sum(each.status == "NOT_KNOWN" for each in measured),
        lapsed=sum(each.status == "NOT_KNOWN" and each.has_lapsed for each in measured),
        participating=sum(each.participates for each in measured),
        owed=sum(each.guarantee is not None for each in rows),
    )


def part_of(row: MonthRecord, name: str) -> str:
    if name == MONTH:
        return ReportingMonth(row.month).slug
    return slug_of(name, getattr(row, DIMENSIONS[name]))


def assert_recounted(found: Crossing, rows: list[MonthRecord]) -> None:
    cut = found.cut
    for row, column in product(
        [ALL, *(each.slug for each in found.rows)], [*(e.slug for e in found.columns), ALL]
    ):
        if cut.columns == MONTH and column == ALL:
            continue
        here = [
            each
            for each in rows
            if (row == ALL or part_of(each, cut.rows) == row)
            and (column == ALL or part_of(each, cut.columns) == column)
        ]
        assert found.at(row, column) == counted(here), (cut, row, column)


def test_every_pair_of_dimensions_is_what_counting_the_rows_gives(autumn: Autumn) -> None:
    dice = Random("narrowed")
    rows = list(MonthRecord.objects.filter(authority_id=autumn.council.pk))
    somebody = 0
    for by, across in product(DIMENSIONS, ["", MONTH, *DIMENSIONS]):
        if by == across:
            continue
        name = dice.choice([None, *DIMENSIONS])
        value: Any = getattr(dice.choice(rows), DIMENSIONS[name]) if name else None
        narrowed = {name: value} if name and value is not None else {}
        found = crossed(autumn.council.pk, Cut(LAST, by, across, Chosen(narrowed)))
        here = [
            each
            for each in rows
            if (across == MONTH or each.month == NOVEMBER)
            and all(getattr(each, DIMENSIONS[at]) == key for at, key in narrowed.items())
        ]
        assert_recounted(found, here)
        somebody += found.whole.cohort > 0
    assert somebody > 30


def test_the_month_in_progress_stands_beside_the_frozen_ones(autumn: Autumn) -> None:
    found = crossed(autumn.council.pk, Cut(None, "district", MONTH, Chosen()))

    assert [each.slug for each in found.columns] == ["2026-09", "2026-10", "2026-11", "2026-12"]
    alone = crossed(autumn.council.pk, Cut(None, "district", "", Chosen()))
    assert found.whole == alone.whole
    assert found.whole.cohort


def test_whoever_answers_for_a_district_or_a_service_cuts_those_only(autumn: Autumn) -> None:
    rows = list(MonthRecord.objects.filter(authority_id=autumn.council.pk, month=NOVEMBER))
    lead = reach_of(autumn.user("district_lead", district=autumn.north), autumn.council.pk)
    team = reach_of(autumn.user("service_lead", service=autumn.team), autumn.council.pk)

    assert lead is not None
    assert team is not None
    for reach, here in (
        (lead, [each for each in rows if each.district_id == autumn.north.pk]),
        (team, [each for each in rows if each.service_id == autumn.team.pk]),
    ):
        found = crossed(autumn.council.pk, Cut(LAST, "gender", "need", Chosen(reach=reach)))
        assert found.whole.cohort
        assert_recounted(found, here)


def test_who_states_a_reason_for_each_record_may_not_cut(autumn: Autumn) -> None:
    assert reach_of(autumn.user("manager"), autumn.council.pk) is None
    assert reach_of(autumn.user("tracking_officer"), autumn.council.pk) == Reach()
    assert reach_of(autumn.user("tracking_officer"), autumn.council.pk + 1) is None


def test_a_month_without_figures_has_no_cut(autumn: Autumn) -> None:
    with pytest.raises(NoSuchMonth):
        crossed(autumn.council.pk, Cut(LAST.before.before.before, "district", "", Chosen()))
