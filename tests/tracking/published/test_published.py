"""The DfE's published files taken in: every quintile worked out again, and a page of one council among all."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from neet.files.models import StoredFile
from tests.factories import make_authority, make_user, seed_reference, sign_in
from tracking.published.models import Neighbour, PublishedFigure
from tracking.published.queries import neighbours, standings, years
from tracking.published.rules import BY_CODE, MEASURES, is_authority
from tracking.published.seeding import invent_published
from tracking.rules.quintiles import ambiguous, groups_of, quintile
from tracking.seeding.actions import FIRST_CODE, Invention

pytestmark = pytest.mark.django_db

# The data behind the DfE's scorecards of 2022, 2023 and 2025 (Open Government Licence 3.0).
FILES = Path(__file__).resolve().parents[2] / "files" / "published"
LONG_SERIES = (
    Path(__file__).resolve().parents[4] / "shared" / "samples" / "scorecard" / "lait-neet-series.csv"
)
QUINTILED = ("together", "neet", "not_known", "participation", "guarantee")
SERIES = "measure,data_item,year,la_or_region,value,la_number,region\n"


def scorecards(*of: int) -> list[str]:
    return [str(FILES / f"dfe-la-scorecard-{year}.csv") for year in of]


@pytest.mark.parametrize("year", [2022, 2023, 2025])
def test_every_published_quintile_comes_out_again(year: int) -> None:
    call_command("load_published", *scorecards(year), verbosity=0)
    differ, counted = [], 0
    for name in QUINTILED:
        rows = [
            each
            for each in PublishedFigure.objects.filter(year=year, measure=name).exclude(value=None)
            if is_authority(each.code) and each.quintile
        ]
        values = {each.code: each.value for each in rows}
        groups = groups_of(values)
        open_ends = ambiguous(values, groups)
        counted += len(rows)
        published = [each.quintile for each in rows]
        up = BY_CODE[name].higher_is_better
        ours = {code: quintile(group, higher_is_better=up, year=year) for code, group in groups.items()}
        assert sorted(published) == sorted(ours.values()), f"{name}: sizes of the groups"
        differ += [
            f"{name} {each.name}"
            for each in rows
            if ours[each.code] != each.quintile and each.code not in open_ends
        ]

    assert counted > 740
    assert differ == []


@pytest.mark.parametrize("year", [2022, 2023, 2025])
def test_neet_and_not_known_add_up(year: int) -> None:
    call_command("load_published", *scorecards(year), verbosity=0)
    found: dict[str, dict[str, float]] = {}
    for each in PublishedFigure.objects.filter(year=year).exclude(value=None):
        found.setdefault(each.code, {})[each.measure] = each.value

    wrong = [
        code
        for code, values in found.items()
        if {"neet", "not_known", "together"} <= set(values)
        and abs(values["neet"] + values["not_known"] - values["together"]) > 0.1001
    ]

    assert len(found) > 150
    assert wrong == []


# Two rounded values and a rounded change: no more than this apart.
ROUNDED_THRICE = 0.1501


def test_every_change_is_the_difference_between_two_years() -> None:
    """Of every indicator of every authority: 2023 beside the file of 2022."""
    call_command("load_published", *scorecards(2022, 2023), verbosity=0)
    compared, wrong = changes_of(2023)

    assert compared == {
        "together": 160,
        "neet": 160,
        "not_known": 160,
        "participation": 160,
        "guarantee": 160,
    }
    assert wrong == []


@pytest.mark.skipif(not LONG_SERIES.exists(), reason="the long series is not among the samples")
def test_every_change_is_the_difference_to_the_long_series() -> None:
    """2022 and 2025 have no file of the year before them; the long series has its values."""
    call_command("load_published", str(LONG_SERIES), *scorecards(2022, 2023, 2025), verbosity=0)
    for year in (2022, 2025):
        compared, wrong = changes_of(year)
        assert min(compared[each] for each in ("together", "neet", "not_known", "guarantee")) >= 148
        assert wrong == []


def changes_of(year: int) -> tuple[dict[str, int], list[str]]:
    """How many changes of each measure could be worked out, and which are not the difference they say."""
    found = PublishedFigure.objects.filter(year__in=(year - 1, year)).exclude(value=None)
    values = {(each.year, each.measure, each.code): each.value for each in found}
    compared, wrong = Counter[str](), []
    for each in found.filter(year=year).exclude(change=None):
        before = values.get((year - 1, each.measure, each.code))
        if before is None:
            continue
        compared[each.measure] += 1
        if abs(each.value - before - each.change) > ROUNDED_THRICE:
            wrong.append(f"{each.measure} {each.name}")
    return dict(compared), wrong


def test_one_authority_among_all() -> None:
    call_command("load_published", *scorecards(2025), verbosity=0)

    kent = {each.measure.code: each for each in standings("886", 2025)}

    assert (kent["together"].value, kent["together"].group, kent["together"].published) == (8.1, 5, 5)
    assert (kent["neet"].group, kent["participation"].group, kent["guarantee"].group) == (4, 5, 3)
    assert kent["together"].england == 5.6
    assert kent["together"].next.quintile == 4
    # From 8.1 to the 6.7 at which quintile 4 ends, of 38,780 young people.
    assert kent["together"].next.value == 6.7
    assert kent["together"].next.young_people == 543
    assert standings("999", 2025)[0].value is None


def test_a_file_that_numbers_by_value_is_not_shown_as_differing() -> None:
    call_command("load_published", *scorecards(2023), verbosity=0)
    codes = PublishedFigure.objects.filter(year=2023, measure="participation", quintile__in=[1, 5])
    best, worst = (codes.filter(quintile=number).order_by("value") for number in (5, 1))

    shown = [
        next(each for each in standings(code, 2023) if each.measure.code == "participation")
        for code in (best.last().code, worst.first().code)
    ]

    assert [(each.group, each.published) for each in shown] == [(1, 1), (5, 5)]


def test_a_series_year_by_year_fills_what_no_scorecard_holds(tmp_path: Path) -> None:
    series = tmp_path / "series.csv"
    series.write_text(
        SERIES
        + "16-17_not known_NEET,,2024,Kent,7.5,886,South East\n"
        + "Sept_Guarantee,,2024,Kent,95.41,886,South East\n"
        + "16-17_not known_NEET,,2025,Kent,8.1,886,South East\n"
        + "Something else,,2025,Kent,1,886,South East\n"
    )
    call_command("load_published", *scorecards(2025), str(series), verbosity=0)

    kent = PublishedFigure.objects.filter(code="886")

    assert kent.get(year=2024, measure="together").value == 7.5
    assert kent.get(year=2025, measure="guarantee").value == 95.41  # of September 2024
    assert kent.get(year=2025, measure="together").quintile == 5  # what the series does not hold stays
    assert years() == [2025, 2024]


def test_the_same_file_again_changes_nothing() -> None:
    call_command("load_published", *scorecards(2025), verbosity=0)
    before = list(PublishedFigure.objects.order_by("pk").values_list("pk", "value", "quintile"))

    call_command("load_published", *scorecards(2025), verbosity=0)

    assert list(PublishedFigure.objects.order_by("pk").values_list("pk", "value", "quintile")) == before


def test_another_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")

    with pytest.raises(CommandError, match="not a file of published figures"):
        call_command("load_published", str(other))

    assert not PublishedFigure.objects.exists()


def test_neighbours_stand_nearest_first(tmp_path: Path) -> None:
    call_command("load_published", *scorecards(2025), verbosity=0)
    sets = tmp_path / "neighbours.csv"
    sets.write_text("set,la_code,neighbour,place\nStatistical,886,881,2\nStatistical,886,825,1\n")
    call_command("load_published", str(sets), verbosity=0)

    found = neighbours("886", 2025, "Statistical")

    assert [each.code for each in found] == ["886", "825", "881"]
    assert found[0].is_ours
    sets.write_text("set,la_code,neighbour,place\nStatistical,886,Essex,2\n")
    with pytest.raises(CommandError, match="Row 2"):
        call_command("load_published", str(sets))
    assert Neighbour.objects.count() == 2


@pytest.fixture
def officer(client: Client) -> Client:
    return sign_in(client, make_user("mi_officer", make_authority(code="886", name="Kent")))


def test_the_page_says_where_the_council_stands(officer: Client, django_assert_max_num_queries: Any) -> None:
    assert b"Nothing published is here yet" in officer.get(reverse("figures_against")).content
    call_command("load_published", *scorecards(2022, 2023, 2025), verbosity=0)

    with django_assert_max_num_queries(15):
        page = officer.get(reverse("figures_against")).content.decode()

    assert "543 young people to quintile 4" in page
    assert "Medway" in page  # beside it, of its region
    file = b"".join(officer.get(reverse("figures_against_file"))).decode("utf-8-sig")
    assert "NEET or not known,8.1" in file


def test_a_file_is_taken_in_on_the_page_and_not_kept(officer: Client) -> None:
    content = Path(scorecards(2025)[0]).read_bytes()

    answer = officer.post(reverse("load_published"), {"file": SimpleUploadedFile("s.csv", content)})

    assert answer.status_code == 302
    assert PublishedFigure.objects.filter(year=2025).exists()
    assert not StoredFile.objects.exists()
    wrong = officer.post(reverse("load_published"), {"file": SimpleUploadedFile("s.csv", b"a,b\n1,2\n")})
    assert b"not a file of published figures" in wrong.content


def test_the_invented_council_stands_among_invented_others() -> None:
    seed_reference()
    council = make_authority(code=FIRST_CODE)
    invent_published(Invention("small", 1, date(2026, 11, 22)))

    told = standings(council.code, 2026)
    assert [each.measure for each in told] == list(MEASURES)
    assert {each.ranked for each in told} == {40}
    for each in told:
        assert each.value is not None
        assert not each.measure.quintile or each.published == each.group, each.measure
    assert any(each.next for each in told)
    together, neet, not_known = (each.value or 0 for each in told[:3])
    assert together == pytest.approx(neet + not_known)
