"""The September Guarantee follows the offers of files: what raises it, what lowers it, and who has to act then."""

from datetime import date

import pytest

from returns.intake.actions.taking_back import withdraw
from schools.models import Authority, Establishment
from tests.returns.intake.effects.offers.offering import (
    BY_COLLEGE,
    BY_SCHOOL,
    WHO,
    Take,
    line,
    offers,
    outcomes,
    pupil,
    status,
)
from tracking.models import Guarantee, Offer, Task, YoungPerson
from tracking.state.queries import digests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_spring")]


def test_each_offer_made_raises_the_guarantee_by_one_and_taking_back_lowers_it_again(
    sent: Take, council: Authority, school: Establishment, college: Establishment
) -> None:
    people = [
        pupil(council, school, given, "Quill") for given in ("Ann", "Bea", "Cal", "Dot", "Eve", "Fay", "Gus")
    ]
    made = Guarantee.objects.filter(status="110")
    before = digests()

    intake = sent(college, BY_COLLEGE, *(line(each, "A levels", "Conditional", "") for each in people[:5]))

    assert made.count() == 5
    withdraw(intake=intake, by=None)
    assert made.count() == 0
    assert digests() == before


def test_a_place_that_begins_too_late_is_kept_and_does_not_count(
    sent: Take, college: Establishment, ada: YoungPerson
) -> None:
    intake = sent(college, BY_COLLEGE, line(ada, "Level 3 Art", "Unconditional", "07/02/2028"))

    assert offers(ada) == [("Vale College", "Level 3 Art", "guaranteed")]
    assert status(ada) == "150"
    assert intake.problems.get(kind="begins_too_late").column == "offered_from"


@pytest.mark.parametrize(
    ("said", "stage", "follows"),
    [
        ("Declined", "declined", "159"),
        ("Rejected", "refused", "150"),
        ("No show at enrolment", "no_show", "159"),
        ("Missed interview", "missed_interview", "140"),
        ("Withdrawn", "withdrawn", "159"),
        ("Plans to leave", "plans_to_leave", "110"),
    ],
)
def test_a_place_lost_changes_the_status_and_asks_somebody_to_act(
    sent: Take, college: Establishment, ada: YoungPerson, said: str, stage: str, follows: str
) -> None:
    sent(college, BY_COLLEGE, line(ada, "Art", "Unconditional", ""))

    lost = sent(college, BY_COLLEGE, line(ada, "Art", said, ""), on=date(2027, 5, 2))

    assert (offers(ada), status(ada)) == ([("Vale College", "Art", stage)], follows)
    assert "Vale College" in Task.objects.get(person=ada, kind="offer").words
    withdraw(intake=lost, by=None)
    assert (offers(ada), status(ada)) == ([("Vale College", "Art", "guaranteed")], "110")
    assert not Task.objects.filter(kind="offer").exists()


def test_a_new_offer_answers_the_task(
    sent: Take, college: Establishment, school: Establishment, ada: YoungPerson
) -> None:
    sent(college, BY_COLLEGE, line(ada, "Art", "Rejected", ""))

    sent(school, BY_SCHOOL, line(ada, "Accepted", "", "", ""), on=date(2027, 5, 2))

    assert Task.objects.get(kind="offer").outcome == "Answered by a return"
    assert status(ada) == "110"


def test_nobody_acts_while_another_offer_stands(
    sent: Take, college: Establishment, school: Establishment, ada: YoungPerson
) -> None:
    sent(school, BY_SCHOOL, line(ada, "Yes", "", "", ""))

    sent(college, BY_COLLEGE, line(ada, "Art", "Rejected", ""))

    assert not Task.objects.exists()
    assert status(ada) == "110"


@pytest.mark.parametrize(("held", "stays"), [("122", True), ("115", True), ("154", False), ("159", False)])
def test_what_an_officer_recorded_stands_unless_an_offer_says_more(
    sent: Take, school: Establishment, ada: YoungPerson, held: str, stays: bool
) -> None:
    ada.guarantees.create(year_group=11, status=held, la_code="886", reason="By telephone")

    sent(school, BY_SCHOOL, line(ada, "Yes", "", "", ""))

    assert status(ada) == (held if stays else "110")


def test_somebody_who_has_not_applied_is_recorded_as_such(
    sent: Take, school: Establishment, ada: YoungPerson
) -> None:
    sent(school, BY_SCHOOL, line(ada, "", "", "Not applied", ""))
    assert (status(ada), offers(ada)) == ("151", [])
    again = sent(school, BY_SCHOOL, line(ada, "", "", "Not applied", ""), send=False)
    assert outcomes(again) == ["unchanged"]

    sent(school, BY_SCHOOL, line(ada, "", "Far College", "Applied", ""), on=date(2027, 5, 2))

    assert status(ada) == "140"


def test_last_years_offer_says_nothing_of_this_year(
    sent: Take, college: Establishment, ada: YoungPerson
) -> None:
    ada.offers.create(
        place="Vale College", course="Art", stage=Offer.Stage.ACCEPTED, said_on=date(2026, 4, 1)
    )

    sent(college, BY_COLLEGE, line(ada, "Music", "Rejected", ""))

    assert status(ada) == "150"
    assert Task.objects.filter(kind="offer").exists()


@pytest.mark.parametrize(("held", "stays"), [("140", False), ("159", False), ("110", True)])
def test_beginning_in_september_is_an_offer_where_only_offers_said_less(
    sent: Take,
    school: Establishment,
    ada: YoungPerson,
    monkeypatch: pytest.MonkeyPatch,
    held: str,
    stays: bool,
) -> None:
    ada.guarantees.create(year_group=11, status=held, la_code="886", reason="By offers: what it was")
    monkeypatch.setenv("DJANGO_NOW", "2027-09-20T10:00")

    sent(school, f"{WHO},Year group", line(ada, "12"), type="enrolment", on=date(2027, 9, 14))

    assert status(ada) == "110"
    assert (ada.guarantees.get().reason == "By offers: what it was") is stays
