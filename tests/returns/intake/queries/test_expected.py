"""Whom a return is expected to speak of, by the kind of place that is asked."""

from datetime import date

import pytest

from returns.intake.queries.expected import Whose, expected_pupils
from schools.models import Authority
from tests.factories import make_activity, make_person, make_school

DAY = date(2026, 9, 14)


def expected_at(authority: Authority, kind: str, code: str, **activity: object) -> int:
    place = make_school(kind=kind)
    make_activity(make_person(authority), code, date(2026, 9, 1), establishment=place, **activity)
    return len(expected_pupils(Whose(authority.pk, place.pk, kind, "enrolment", DAY)))


@pytest.mark.parametrize(
    ("kind", "code", "number"),
    [
        ("provider", "310", 1),
        ("provider", "410", 1),
        ("provider", "460", 1),
        ("provider", "530", 1),
        ("provider", "230", 1),
        ("provider", "619", 0),
        ("college", "230", 1),
        ("college", "310", 0),
        ("school", "210", 1),
        ("school", "410", 0),
    ],
)
def test_a_training_provider_is_asked_for_whoever_learns_or_works_there(
    authority: Authority, kind: str, code: str, number: int
) -> None:
    assert expected_at(authority, kind, code) == number


@pytest.mark.parametrize("gone", [{"ends_on": date(2026, 9, 13)}, {"is_primary": False}])
def test_who_is_not_there_on_the_day_is_not_expected(authority: Authority, gone: dict[str, object]) -> None:
    assert expected_at(authority, "provider", "410", **gone) == 0
