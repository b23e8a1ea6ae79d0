"""What a return costs in statements does not grow with its rows (performance: constant in the number of rows)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet.accounts.models import User
from neet.files.models import StoredFile
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.handing import record_notice
from returns.intake.actions.mending import explain
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from returns.intake.rules.found import UNEXPLAINED_STOPS
from schools.models import Authority
from tests.factories import make_person
from tests.returns.intake.conftest import HEADINGS, Send
from tracking.register.models import Activity

pytestmark = pytest.mark.django_db
FIRST = date(2009, 9, 1)
RETURNS = ((10, "Cora"), (100, "Dora"), (1000, "Edda"))


def letters(number: int) -> str:
    """A name of its own for each number."""
    name = ""
    while number >= 0:
        name, number = chr(97 + number % 26) + name, number // 26 - 1
    return f"Ab{name}"


def lines(count: int, odd: str) -> Iterator[str]:
    """So many pupils; every fifth has a postcode that is none, and `odd` tells one return's from another's."""
    for number in range(count):
        born = FIRST + timedelta(days=number % 360)
        postcode = "nowhere" if number % 5 == 0 else "ZZ9 9ZZ"
        name = f"{letters(number)},{odd}{letters(number)[2:]}"
        yield f"{name},{born:%d/%m/%Y},F,,{number} Mill Lane,{postcode},12,07700 900001"


@pytest.fixture
def register(authority: Authority) -> None:
    """Some of those the returns speak of are known already."""
    for count, odd in RETURNS:
        for line in list(lines(count, odd))[::10]:
            family, given, born, *_ = line.split(",")
            day, month, year = map(int, born.split("/"))
            named = {"family_name": family, "given_name": given, "date_of_birth": date(year, month, day)}
            make_person(authority, **named)


def costs(expected: ExpectedReturn, file: StoredFile, by: User) -> tuple[int, int]:
    """Statements of checking a return, and of taking it over."""
    with CaptureQueriesContext(connection) as checking:
        intake = check(intake=begin_with_file(expected=expected, file=file, by=by), by=by)
    assert intake.state == Intake.State.CHECKED
    record_notice(intake=intake, issued_on=FIRST, by=None)
    for asked in intake.problems.filter(
        kind__in=UNEXPLAINED_STOPS
    ):  # nobody of the return before is on this one
        explain(problem=asked, text="Another class", by=by)
    intake.refresh_from_db()
    with CaptureQueriesContext(connection) as applying:
        confirm(intake=intake, by=None)
    return len(checking), len(applying)


@pytest.mark.usefixtures("register")
def test_a_return_ten_times_as_long_takes_the_same_statements(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    files = [sent(HEADINGS, *lines(count, odd), name=f"{odd}.csv") for count, odd in RETURNS]

    _, few, many = [
        costs(expected, file, secretary) for file in files
    ]  # what is read once is read by the first

    assert Activity.objects.count() > 900
    assert many == few
