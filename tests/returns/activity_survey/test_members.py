"""Who is in a survey: by the place of education on 31 May, in custody, on no roll; by residence in our own."""

from datetime import date
from typing import Any

import pytest

from returns.activity_survey.actions import TooEarly, make_list
from returns.activity_survey.queries.asking import whose
from returns.activity_survey.queries.reading import left_out
from schools.models import Authority, Establishment
from tests.factories import (
    make_authority,
    make_collection,
    make_expected,
    make_intake,
    make_person,
    make_school,
    make_user,
)
from tests.returns.activity_survey.conftest import (
    AT_HOME,
    BORN,
    IN_CUSTODY,
    LISTED_ON,
    YEAR,
    Leaver,
    member,
    surveyed,
)
from tracking.guarantee.models import CohortFreeze

JUNE_1 = date(2026, 6, 1)


def test_the_school_of_31_may_decides_wherever_they_live(authority: Authority, leaver: Leaver) -> None:
    other = make_school(la_code="999")
    here = leaver()
    living_elsewhere = leaver(cohort_status="T", cohort_status_on=date(2026, 1, 5))
    taught_elsewhere = leaver(place=other)

    survey = surveyed(authority)

    assert [member(survey, each).basis for each in (here, living_elsewhere)] == ["school", "school"]
    assert member(survey, taught_elsewhere) is None
    assert left_out(whose(authority, YEAR, "statutory")).elsewhere == 1


@pytest.mark.parametrize(
    ("days", "is_in"),
    [
        ({"ends_on": LISTED_ON}, True),
        ({"ends_on": date(2026, 5, 30)}, False),
        ({"starts_on": LISTED_ON, "ends_on": None}, True),
        ({"starts_on": JUNE_1, "ends_on": None}, False),
    ],
)
def test_31_may_itself_counts_and_the_days_beside_it_do_not(
    authority: Authority, leaver: Leaver, days: dict[str, Any], is_in: bool
) -> None:
    person = leaver(**days)

    assert (member(surveyed(authority), person) is not None) is is_in


@pytest.mark.parametrize(
    ("born_on", "is_in"),
    [
        (date(2009, 8, 31), False),
        (date(2009, 9, 1), True),
        (date(2010, 8, 31), True),
        (date(2010, 9, 1), False),
        (None, False),
    ],
)
def test_year_11_is_by_age(authority: Authority, leaver: Leaver, born_on: date | None, is_in: bool) -> None:
    person = leaver(date_of_birth=born_on)

    assert (member(surveyed(authority), person) is not None) is is_in


def test_custody_and_no_roll_count_by_where_they_are(authority: Authority, leaver: Leaver) -> None:
    away = {"cohort_status": "T", "cohort_status_on": date(2026, 2, 1)}
    at_home, at_home_elsewhere = leaver(AT_HOME, None), leaver(AT_HOME, None, **away)
    in_custody = leaver(IN_CUSTODY, make_school(la_code=authority.code, kind="other"))
    in_custody_elsewhere = leaver(IN_CUSTODY, make_school(la_code="999", kind="other"))
    nowhere = leaver("")

    survey = surveyed(authority)

    assert [member(survey, each).basis for each in (at_home, in_custody)] == ["no_roll", "custody"]
    assert [member(survey, each) for each in (at_home_elsewhere, in_custody_elsewhere, nowhere)] == [None] * 3
    assert left_out(whose(authority, YEAR, "statutory")).nowhere == 1


def test_who_moved_away_after_the_day_lived_here_on_it_and_the_dead_are_nobody(
    authority: Authority, leaver: Leaver
) -> None:
    moved = leaver(AT_HOME, None, cohort_status="T", cohort_status_on=JUNE_1)
    leaver(cohort_status="D", cohort_status_on=JUNE_1)
    leaver(cohort_status="M", cohort_status_on=JUNE_1)

    survey = surveyed(authority)

    assert [each.person for each in survey.members.all()] == [moved]


def test_our_own_reading_is_years_11_and_12_by_residence(authority: Authority, leaver: Leaver) -> None:
    elsewhere = make_school(la_code="999")
    year_11, year_12 = leaver(place=elsewhere), leaver("210", date_of_birth=date(2009, 3, 1))
    leaver(date_of_birth=date(2008, 3, 1))
    leaver(cohort_status="T", cohort_status_on=date(2026, 1, 5))

    survey = surveyed(authority, reading="local")

    found = {each.person: (each.year_group, each.basis) for each in survey.members.all()}
    assert found == {year_11: (11, "resident"), year_12: (12, "resident")}


def test_the_fixed_guarantee_is_the_list_less_those_taught_elsewhere(
    authority: Authority, school: Establishment, leaver: Leaver
) -> None:
    fixed = CohortFreeze.objects.create(
        authority=authority,
        year=YEAR,
        as_at=LISTED_ON,
        approved_at="2026-06-01T09:00Z",
        approved_by=make_user(),
    )
    mine, elsewhere, year_12, removed, not_in_it = (leaver() for _ in range(5))
    for person, group, reason, more in (
        (mine, 11, "educated_here", {}),
        (elsewhere, 11, "educated_elsewhere", {}),
        (year_12, 12, "lives_here", {}),
        (removed, 11, "educated_here", {"removed_on": JUNE_1, "removed_why": "Moved in May"}),
    ):
        fixed.members.create(
            person=person, year_group=group, reason=reason, led_by=authority.code, establishment=school,
            added_on=LISTED_ON, **more,
        )  # fmt: skip

    survey = surveyed(authority)

    assert [each.person for each in survey.members.all()] == [mine]
    assert survey.is_fixed_list
    assert member(survey, not_in_it) is None


def test_a_list_made_again_takes_in_and_lets_go(authority: Authority, leaver: Leaver) -> None:
    stays, goes = leaver(), leaver()
    first = make_list(authority=authority, year=YEAR, reading="statutory", by=None)
    goes.activities.update(establishment=make_school(la_code="999"))
    leaver()

    again = make_list(authority=authority, year=YEAR, reading="statutory", by=None)

    assert (first.people, again.people, again.came, again.went) == (2, 2, 1, 1)
    assert member(again.survey, stays) is not None


def test_no_list_is_made_before_the_day_is_over(
    authority: Authority, leaver: Leaver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-05-31T10:00")
    with pytest.raises(TooEarly):
        surveyed(authority)

    monkeypatch.setenv("DJANGO_NOW", "2026-06-01T10:00")
    assert surveyed(authority)


def test_pupils_a_school_named_beside_our_register_are_told_of(
    authority: Authority, school: Establishment
) -> None:
    clean = {"given_name": "Ada", "family_name": "Ambler", "date_of_birth": BORN.isoformat()}
    older = {**clean, "given_name": "Bram", "date_of_birth": "2009-01-01"}
    intake = make_intake(
        make_expected(school, make_collection(authority)), clean, {**clean, "x": "twice"}, older
    )
    intake.rows.update(outcome="beside")
    type(intake).objects.filter(pk=intake.pk).update(state="confirmed", event_id=1)
    make_person(make_authority(), date_of_birth=BORN)

    assert left_out(whose(authority, YEAR, "statutory")).beside == {school.pk: 1}
