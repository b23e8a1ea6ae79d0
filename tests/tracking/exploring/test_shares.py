"""What the next quintile and the target would take of each district."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from neet import clock
from tests.factories import sign_in
from tests.tracking.exploring.conftest import Autumn
from tests.tracking.figures.test_views import page_of
from tracking.exploring.rules import split
from tracking.exploring.shares import INDICATORS, shares
from tracking.models import ReferenceRow
from tracking.published.models import PublishedFigure, PublishedFile
from tracking.reference.editing import Change, add_row, edit_row
from tracking.reference.queries import ruleset
from tracking.rules.targets import Whose

WEIGHTS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.integers(0, 500), min_size=1, max_size=8
)


@given(st.integers(0, 400), WEIGHTS)
def test_the_parts_add_up_and_none_is_a_whole_person_from_its_due(
    number: int, weights: dict[str, int]
) -> None:
    parts = split(number, {name: float(weight) for name, weight in weights.items()})

    whole = sum(weights.values())
    assert sum(parts.values()) == (number if whole else 0)
    for name, weight in weights.items():
        assert not whole or abs(parts[name] - number * weight / whole) < 1


@pytest.fixture
def published(autumn: Autumn) -> None:
    """Ten authorities of which ours, with 9 per cent, is in the last quintile but one."""
    file = PublishedFile.objects.create(name="scorecard.csv", years="2026", figures=10)
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            year=2026, measure="together", code=autumn.council.code if n == 7 else f"80{n}", name=f"Council {n}",
            value=2.0 + n, whole=1000.0, file=file,
        )
        for n in range(10)
    )  # fmt: skip


@pytest.mark.django_db
def test_each_district_has_its_share_of_the_way_and_its_own_way_to_the_target(
    autumn: Autumn, published: None
) -> None:
    found = shares(autumn.council.pk, "together", clock.today())

    assert found.standing is not None
    assert found.standing.next is not None
    needed = found.standing.next.young_people
    assert needed == 20  # from 9 to the 7 per cent of the last in the next quintile, of 1,000
    assert (
        sum(each.by_short or 0 for each in found.lines)
        == sum(each.by_whole or 0 for each in found.lines)
        == needed
    )
    assert sum(each.short for each in found.lines) == found.whole.short > 0
    assert sum(each.whole for each in found.lines) == found.whole.whole


@pytest.mark.django_db
def test_the_target_is_counted_in_young_people(autumn: Autumn) -> None:
    found = shares(autumn.council.pk, "participation", clock.today())

    assert found.target == 93.7
    for each in found.lines:
        lacking = each.to_target or 0
        assert (each.whole - each.short + lacking) / each.whole >= 0.937
        assert not lacking or (each.whole - each.short + lacking - 1) / each.whole < 0.937


@pytest.mark.django_db
def test_the_page_shows_each_indicator_to_those_with_records(
    officer: Any, client: Any, autumn: Autumn, published: None
) -> None:
    for name, each in INDICATORS.items():
        assert each.words in page_of(officer.get(reverse("figures_districts"), {"indicator": name}))
    page = page_of(officer.get(reverse("figures_districts")))
    assert "20 young people who counted otherwise would have brought it to quintile 3" in page
    manager = sign_in(client, autumn.user("manager"))
    assert "Southby" not in page_of(manager.get(reverse("figures_districts")))


@pytest.mark.django_db
def test_a_district_has_a_target_of_its_own_with_its_history(
    officer: Any, client: Any, autumn: Autumn, django_assert_max_num_queries: Any
) -> None:
    data_officer = autumn.user("mi_officer")
    said = {
        "code": "north", "indicator": "neet", "tenths": "15", "authority": autumn.council.code,
        "district": "=Northby", "year": "", "last_seen": "", "note": "",
    }  # fmt: skip
    add_row(table="figure_targets", change=Change(said, date(2026, 9, 1)), by=data_officer)
    add_row(
        table="figure_targets",
        change=Change({**said, "code": "all", "district": "", "tenths": "20"}, date(2026, 9, 1)),
        by=data_officer,
    )

    found = shares(autumn.council.pk, "neet", clock.today())
    assert {each.part.words: each.target for each in (*found.lines, found.whole)} == {
        "=Northby": 1.5, "Southby": 2.0, "No district recorded": 2.0, "The whole council": 2.0,
    }  # fmt: skip
    north = next(each for each in found.lines if each.part.words == "=Northby")
    assert north.to_target is not None
    assert (
        (north.short - north.to_target) / north.whole
        <= 0.015
        < (north.short - north.to_target + 1) / north.whole
    )

    with django_assert_max_num_queries(24):
        page = page_of(officer.get(reverse("figures"), {"month": "2026-11", "district": autumn.north.pk}))
    assert re.search(r"Targets .* NEET [\d.]+% 1\.5% ", page)
    assert re.search(r"NEET [\d.]+% 2\.0% ", page_of(officer.get(reverse("figures"), {"month": "2026-11"})))
    assert "Targets" not in page_of(officer.get(reverse("figures"), {"month": "2026-11", "gender": "f"}))

    row = ReferenceRow.objects.get(table="figure_targets", key="north")
    edit_row(row=row, change=Change({**said, "tenths": "10"}, date(2026, 11, 1)), by=data_officer)
    kept = ReferenceRow.objects.filter(table="figure_targets", key="north").order_by("valid_from")
    assert [(each.values["tenths"], each.edited_by) for each in kept] == [
        ("15", data_officer),
        ("10", data_officer),
    ]
    assert ruleset(date(2026, 10, 31)).target("neet", of_north(autumn)) == 1.5
    assert ruleset(date(2026, 11, 30)).target("neet", of_north(autumn)) == 1.0
    lead = sign_in(client, autumn.user("district_lead", district=autumn.north))
    assert lead.post(reverse("reference_row_change", args=[row.pk]), {}).status_code == 404


def of_north(autumn: Autumn) -> Whose:
    return Whose(autumn.council.code, 2026, "=Northby")
