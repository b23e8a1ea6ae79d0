"""What somebody did on 1 November: the days beside it, confirmations before and after, who moved away."""

from datetime import date
from random import Random
from typing import Any

import pytest

from neet import clock
from returns.activity_survey.queries.asking import whose_of
from returns.activity_survey.queries.destinations import destinations
from returns.activity_survey.queries.people import audience, sought
from returns.activity_survey.queries.reading import how_far
from schools.models import Authority, District, Establishment
from tests.factories import make_district, make_residence, make_school
from tests.returns.activity_survey.conftest import DAY, Leaver, does, member, surveyed
from tracking.reference.queries import ruleset
from tracking.rules.currency import ActivityFacts, is_current, lapses_on
from tracking.rules.rates import share

NOV_2, OCT_31 = date(2026, 11, 2), date(2026, 10, 31)


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        ({"starts_on": DAY}, "known"),
        ({"starts_on": NOV_2}, "not_known"),
        ({"ends_on": DAY}, "known"),
        ({"ends_on": OCT_31}, "not_known"),
    ],
)
def test_what_holds_on_1_november_counts(
    authority: Authority, leaver: Leaver, days: dict[str, Any], standing: str
) -> None:
    person = leaver()
    does(person, "310", **days)

    assert member(surveyed(authority), person).standing == standing


@pytest.mark.parametrize(
    ("code", "verified_on", "standing", "group"),
    [
        ("310", date(2027, 1, 12), "known", "apprenticeship"),
        ("310", date(2026, 9, 10), "known", "apprenticeship"),
        ("330", None, "to_confirm", "no_response"),
        ("810", date(2026, 12, 1), "not_known", "no_response"),
        ("640", date(2026, 9, 10), "known", "neet_not_available"),
    ],
)
def test_only_what_was_confirmed_is_told(
    authority: Authority, leaver: Leaver, code: str, verified_on: date | None, standing: str, group: str
) -> None:
    person = leaver()
    does(person, code, verified_on)

    found = member(surveyed(authority), person)

    assert (found.standing, found.group, found.code) == (standing, group, code)


def test_a_confirmation_that_had_run_out_by_then_does_not_count_until_a_later_one(
    authority: Authority, leaver: Leaver
) -> None:
    person = leaver()
    job = does(person, "350", date(2026, 9, 8), review_on=date(2026, 9, 20))
    assert member(surveyed(authority), person).standing == "to_confirm"

    job.confirmations.create(verified_on=date(2026, 12, 9), source="parent")

    found = member(surveyed(authority), person)
    assert (found.standing, found.source, found.verified_on) == ("known", "parent", date(2026, 12, 9))


def test_who_left_the_area_and_is_not_known_moved_away(authority: Authority, leaver: Leaver) -> None:
    left = {"cohort_status": "T", "cohort_status_on": date(2026, 8, 20)}
    gone, gone_and_known = leaver(**left), leaver(**left)
    does(gone_and_known, "230")

    survey = surveyed(authority)

    assert [member(survey, each).group for each in (gone, gone_and_known)] == [
        "moved_away",
        "further_education",
    ]


CODES = (
    "210", "220", "230", "250", "310", "320", "330", "340", "410", "530", "540", "619", "640", "810", "820", "",
)  # fmt: skip


def test_the_numbers_are_those_of_counting_people_one_by_one(
    authority: Authority, school: Establishment, leaver: Leaver
) -> None:
    dice, schools = Random(6), [school, make_school(la_code=authority.code)]
    districts = [make_district(authority), make_district(authority)]
    told: list[tuple[Establishment, District, str, date, date | None, date | None]] = []
    for _ in range(60):
        place, district, code = dice.choice(schools), dice.choice(districts), dice.choice(CODES)
        starts = date(2026, 9, dice.randint(1, 28))
        ends = dice.choice((None, None, OCT_31, DAY))
        verified = dice.choice((None, starts, date(2026, 12, 3)))
        person = leaver(place=place)
        make_residence(person, district=district)
        if code:
            does(person, code, verified, starts_on=starts, ends_on=ends)
        told.append((place, district, code, starts, ends, verified))
    rules = ruleset(DAY)

    def known(code: str, starts: date, ends: date | None, verified: date | None) -> str:
        if not code or starts > DAY or (ends and ends < DAY) or code in ("810", "820"):
            return "not_known"
        if verified is None:
            return "to_confirm"
        until = lapses_on(ActivityFacts(code, starts), verified, rules)
        return "known" if verified >= DAY or is_current(until, DAY) else "to_confirm"

    survey = surveyed(authority)
    far, table = how_far(survey), destinations(survey)

    counted = [(place, district, known(*rest)) for place, district, *rest in told]
    for parts, place in ((far.by_school, 0), (far.by_district, 1)):
        for part in parts:
            here = [row[2] for row in counted if row[place] == part.place]
            assert (part.members, part.known, part.to_confirm, part.not_known) == (
                len(here), here.count("known"), here.count("to_confirm"), here.count("not_known"),
            )  # fmt: skip
    full_time = sum(row[2] in ("210", "220", "230") and known(*row[2:]) == "known" for row in told)
    assert table.whole[-1].shares[0] == (full_time, share(full_time, 60))
    assert sum(number for _, number, _ in table.groups) == 60


def test_a_survey_takes_a_few_statements_however_many_are_in_it(
    authority: Authority, leaver: Leaver, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        does(leaver(place=make_school(la_code=authority.code)), "230")
    survey = surveyed(authority)
    whose_of(survey)

    with django_assert_max_num_queries(6):
        how_far(survey)


def test_who_is_not_known_is_asked_after_until_somebody_says(authority: Authority, leaver: Leaver) -> None:
    quiet, told = leaver(), leaver()
    surveyed(authority)
    today = clock.today()
    assert {row["person_id"] for row in sought(today)} == {quiet.pk, told.pk}

    does(told, "230", date(2027, 1, 15))

    assert list(audience(authority, {}, today)) == [quiet]
    assert not sought(date(2027, 2, 1)).exists()
    assert not sought(OCT_31).exists()
