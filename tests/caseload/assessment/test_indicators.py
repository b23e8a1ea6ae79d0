"""The yearly indicators are what plain Python counts over the rows of two invented years, and the months add up."""

from datetime import date
from itertools import pairwise
from random import Random

import pytest
from django.urls import reverse

from caseload.assessment.queries.indicators import indicators, months_that_do_not_add_up
from tests.caseload.assessment.conftest import TODAY
from tests.factories import sign_in
from tracking.figures.actions import Month, freeze
from tracking.figures.models import MonthRecord
from tracking.figures.queries.flows import Pair, flows
from tracking.figures.queries.scorecard import standing_freezes
from tracking.figures.queries.tallies import Chosen
from tracking.register.models import Activity, Characteristic, Confirmation, Guarantee, YoungPerson
from tracking.rules.months import ReportingMonth

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 9, 30), date(2026, 10, 31)
CODES = ("230", "310", "619", "810")
OFFERS = {"110", "114", "115"}


@pytest.fixture
def rows(council):
    """Fourteen frozen months of forty-two people who change what they do every few months, as plain rows."""
    rng = Random(7)
    people = YoungPerson.objects.bulk_create(
        YoungPerson(
            authority=council.authority, young_person_id=f"{number:013d}", given_name="Ada", family_name="Fern",
            date_of_birth=date(2008 + number % 3, 11, 1 + number % 28), gender="FM"[number % 2],
            ethnicity=("WBRI", "BCRB")[number % 3 == 0],
        )
        for number in range(42)
    )  # fmt: skip
    Characteristic.objects.bulk_create(
        Characteristic(person=each, code=("EHCP", "120")[number % 2], starts_on=date(2024, 1, 1))
        for number, each in enumerate(people)
        if number % 4 < 2
    )
    kept = []
    for person in people:
        for start, end in ((date(2025, 9, 1), date(2026, 1, 4)), (date(2026, 1, 5), date(2026, 5, 3)),
                           (date(2026, 5, 4), date(2026, 10, 4)), (date(2026, 10, 5), None)):  # fmt: skip
            code = rng.choice(CODES)
            since = start if code == "619" else None
            kept.append(Activity(person=person, code=code, starts_on=start, ends_on=end, neet_since_on=since))
    Activity.objects.bulk_create(kept)
    Confirmation.objects.bulk_create(
        Confirmation(activity=each, verified_on=each.starts_on, source="provider") for each in kept
    )
    month = ReportingMonth(FIRST)
    while month.ends_on <= LAST:
        freeze(month=Month(council.authority.pk, month.ends_on), by=None)
        month = month.after
    return list(MonthRecord.objects.filter(authority=council.authority).values())


def recount(rows, months, counts, of, ages=(16, 17)):
    """What stands in the toolkit, word for word: counts of the months averaged, then divided."""
    there = [row for row in rows if row["month"] in months and ages[0] <= row["academic_age"] <= ages[1]]
    whole = [row for row in there if of(row)]
    return sum(counts(row) for row in whole), len(whole)


def test_every_indicator_is_what_plain_python_counts(council, rows):
    found = {each.indicator.code: each for each in indicators(council.authority.pk, TODAY)}
    by = {(row["person_id"], row["month"]): row for row in rows}
    counted = {"tracked_age", "with_plan", "no_plan"}

    def there(row):
        return row["reason"] in counted and row["status"] != "EXCLUDED"

    def was(row, back):
        month = ReportingMonth(row["month"])
        for _ in range(back):
            month = month.before
        return by.get((row["person_id"], month.ends_on))

    def was_neet(row):
        old = was(row, 1)
        return bool(old and old["is_measured"] and old["status"] == "NEET")

    winter = {date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31)}
    later = {date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)}
    year = {row["month"] for row in rows if date(2025, 10, 1) <= row["month"] <= date(2026, 8, 31)}
    neet, eet = (lambda row: row["status"] == "NEET"), (lambda row: row["status"] == "EET")
    told = {
        "neet_nov_jan": recount(rows, winter, neet, there),
        "neet_dec_feb": recount(rows, later, neet, there),
        "not_known_nov_jan": recount(rows, winter, lambda row: row["status"] == "NOT_KNOWN", there),
        "not_known_dec_feb": recount(rows, later, lambda row: row["status"] == "NOT_KNOWN", there),
        "neet_send": recount(rows, winter, neet, lambda row: there(row) and row["need"] in ("EHCP", "SENS")),
        "neet_groups": recount(rows, winter, neet, lambda row: there(row) and row["ethnicity"] == "BCRB"),
        "neet_white_boys": recount(
            rows, winter, neet, lambda row: there(row) and (row["gender"], row["ethnicity"]) == ("M", "WBRI")
        ),
        "neet_young_mothers": recount(
            rows, winter, neet,
            lambda row: there(row) and row["gender"] == "F" and "120" in (row["characteristics"] or []),
        ),
        "joiners": recount(rows, year, lambda row: not was_neet(row), lambda row: there(row) and neet(row)),
        "leavers": recount(rows, year, eet, was_neet),
        "destinations": recount(rows, {date(2025, 11, 30)}, eet, there, ages=(16, 16)),
    }  # fmt: skip
    assert {code: (found[code].before.part, found[code].before.whole) for code in told} == told
    assert all(whole for _, whole in told.values() if whole is not None) or told["neet_young_mothers"][1] == 0
    assert found["neet_nov_jan"].before.is_whole
    assert found["neet_nov_jan"].now.rate is None
    assert found["joiners"].now.months == 2


def test_progression_and_guarantee_are_what_plain_python_counts(council, rows, monkeypatch):
    """In the December after: everybody owed an offer has a status, and November has come a second time."""
    monkeypatch.setenv("DJANGO_NOW", "2026-12-10T09:00")
    owed = list(YoungPerson.objects.filter(authority=council.authority, guarantees=None).order_by("pk"))
    YoungPerson.objects.filter(pk__in=[each.pk for each in owed]).update(has_guarantee=True)
    Guarantee.objects.bulk_create(
        Guarantee(person=each, year_group=group, status=("110", "140", "150")[number % 3], la_code="886")
        for number, each in enumerate(owed)
        for group in (11, 12)
    )
    for month in (date(2026, 9, 30), date(2026, 11, 30)):
        freeze(month=Month(council.authority.pk, month), by=None)
    standing = [each.pk for each in standing_freezes(council.authority.pk)]
    rows = list(MonthRecord.objects.filter(freeze__in=standing).values())
    found = {each.indicator.code: each.now for each in indicators(council.authority.pk, date(2026, 12, 10))}

    before = {row["person_id"]: row["status"] for row in rows if row["month"] == date(2025, 11, 30)}
    told = {
        "guarantee": recount(
            rows, {date(2026, 9, 30)}, lambda row: row["guarantee"] in OFFERS,
            lambda row: row["guarantee"] is not None, ages=(15, 17),
        ),
        "progression": recount(
            rows, {date(2026, 11, 30)}, lambda row: row["status"] == "EET",
            lambda row: row["reason"] in ("tracked_age", "with_plan", "no_plan") and row["status"] != "EXCLUDED"
            and before.get(row["person_id"]) == "EET", ages=(17, 17),
        ),
    }  # fmt: skip
    assert {code: (found[code].part, found[code].whole) for code in told} == told
    assert all(0 < part < whole for part, whole in told.values())


def test_joiners_are_those_of_the_flows_and_every_month_adds_up(council, rows):
    freezes = list(reversed(standing_freezes(council.authority.pk)))
    moves = flows([Pair(*pair) for pair in pairwise(freezes)], Chosen())
    joined = sum(sum(parts[0].values()) for month, parts in moves.items() if month <= date(2026, 8, 31))
    found = {each.indicator.code: each for each in indicators(council.authority.pk, TODAY)}

    assert found["joiners"].before.part == joined > 0
    assert months_that_do_not_add_up(council.authority.pk, TODAY) == []


def test_the_page_and_its_file_say_the_same(council, client, django_assert_max_num_queries):
    freeze(month=Month(council.authority.pk, date(2026, 9, 30)), by=None)
    sign_in(client, council.manager)
    assert (
        client.get(reverse("indicators")).status_code == 404
    )  # its parts are small: for who works with records
    sign_in(client, council.data)
    client.get(reverse("indicators"))
    with django_assert_max_num_queries(25):
        page = client.get(reverse("indicators")).text
    assert "NEET, average of December to February" in page
    told = b"".join(client.get(reverse("indicators_file")).streaming_content).decode("utf-8-sig")
    assert len(told.splitlines()) == 1 + 2 * 13
