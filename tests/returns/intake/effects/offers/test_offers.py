"""Offers and applications: what a school's and a college's files do to the register, and what they leave alone."""

from datetime import date

import pytest

from returns.intake.actions.deciding import decide, nobody
from returns.intake.models import Intake, IntakeRow
from schools.models import Authority, Establishment
from tests.factories import (
    make_collection,
    make_expected,
    make_intake,
    make_objection,
    make_row,
    make_user,
)
from tests.returns.intake.effects.offers.offering import (
    BY_COLLEGE,
    BY_SCHOOL,
    SPRING,
    WHO,
    Take,
    line,
    offers,
    outcomes,
    status,
)
from tracking.models import YoungPerson
from tracking.state.queries import digests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_spring")]


def test_a_school_tells_of_its_own_and_of_other_places(
    sent: Take, school: Establishment, college: Establishment, ada: YoungPerson
) -> None:
    intake = sent(school, BY_SCHOOL, line(ada, "Yes", "vale college", "Unconditional", "06/09/2027"))

    assert offers(ada) == [("Hill School", "", "conditional"), ("Vale College", "", "guaranteed")]
    kept = ada.offers.get(place="Vale College")
    assert (kept.establishment, kept.told_by, kept.said_on, kept.starts_on) == (
        college,
        school,
        SPRING,
        date(2027, 9, 6),
    )
    held = ada.guarantees.get()
    assert (held.year_group, held.status, held.la_code, held.status_on) == (11, "110", "886", SPRING)
    assert held.reason == "By offers: Guaranteed offer: Vale College, told by Hill School on 30 April 2027"
    assert outcomes(intake) == ["records"]


def test_the_same_file_again_changes_nothing(sent: Take, school: Establishment, ada: YoungPerson) -> None:
    rows = [line(ada, "", "Far College", "Applied", "06/09/2027"), line(ada, "Yes", "", "", "")]
    rows.append(line(ada, "", "", "", ""))
    sent(school, BY_SCHOOL, *rows)
    before = digests()

    again = sent(school, BY_SCHOOL, *rows)

    assert digests() == before
    assert outcomes(again) == ["unchanged"] * 3


def test_several_courses_are_several_lines_of_one(
    sent: Take, college: Establishment, ada: YoungPerson
) -> None:
    rows = [
        line(ada, "Level 3 Art", "Conditional", ""),
        line(ada, "Level 2 Art", "Unconditional", ""),
        line(ada, "Level 3 Art", "Accepted", ""),
    ]

    intake = sent(college, BY_COLLEGE, *rows)

    assert offers(ada) == [
        ("Vale College", "Level 2 Art", "guaranteed"),
        ("Vale College", "Level 3 Art", "accepted"),
    ]
    assert not intake.problems.filter(kind="twice").exists()
    assert intake.rows.filter(person=ada).count() == 3


def test_a_line_without_a_course_is_the_one_that_is_known(
    sent: Take, school: Establishment, college: Establishment, ada: YoungPerson
) -> None:
    sent(school, BY_SCHOOL, line(ada, "", "Vale College", "Conditional", ""))

    sent(college, BY_COLLEGE, line(ada, "Level 3 Art", "Accepted", ""), on=date(2027, 5, 2))

    assert offers(ada) == [("Vale College", "Level 3 Art", "accepted")]


def test_an_earlier_word_or_an_application_changes_no_answer(
    sent: Take, college: Establishment, school: Establishment, ada: YoungPerson
) -> None:
    sent(college, BY_COLLEGE, line(ada, "Art", "Accepted", ""))

    early = sent(school, BY_SCHOOL, line(ada, "", "Vale College", "Rejected", ""), on=date(2027, 4, 1))
    second_hand = sent(school, BY_SCHOOL, line(ada, "", "Vale College", "Declined", ""))
    sent(school, BY_SCHOOL, line(ada, "", "Vale College", "Applied", ""), on=date(2027, 5, 2))

    assert offers(ada) == [("Vale College", "Art", "accepted")]
    assert outcomes(early) == outcomes(second_hand) == ["unchanged"]


def test_somebody_who_is_not_ours_is_kept_beside(
    sent: Take, college: Establishment, ada: YoungPerson
) -> None:
    intake = sent(
        college, BY_COLLEGE, ",Stranger,Sol,09/09/2010,Art,Accepted,", line(ada, "Art", "Accepted", "")
    )

    assert outcomes(intake) == ["beside", "records"]
    assert YoungPerson.objects.count() == 1


def test_of_somebody_who_objected_no_offer_is_kept(
    sent: Take, college: Establishment, ada: YoungPerson
) -> None:
    make_objection(ada, date(2026, 1, 1))

    intake = sent(college, BY_COLLEGE, line(ada, "Art", "Accepted", ""))

    assert (offers(ada), status(ada)) == ([], "")
    assert "Art" not in str(intake.rows.values_list("sent", "clean"))


def test_applications_keep_their_order_and_no_codes_to_sign_in(
    sent: Take, school: Establishment, college: Establishment, ada: YoungPerson
) -> None:
    headings = f"{WHO},Provider name,Course title,Preference,Application status,Login code"
    intake = sent(
        school, headings,
        line(ada, "Vale College", "Art", "1", "Submitted", "QX7-22"),
        line(ada, "Far College", "Music", "2nd", "", "QX7-22"),
        type="applications",
    )  # fmt: skip

    assert list(ada.offers.values_list("place", "preference", "stage")) == [
        ("Vale College", 1, "applied"),
        ("Far College", 2, "applied"),
    ]
    assert status(ada) == "140"
    assert "QX7" not in str(list(intake.rows.values_list("sent", "clean")))


def test_all_lines_of_one_are_decided_together(
    sent: Take, council: Authority, college: Establishment, ada: YoungPerson
) -> None:
    officer = make_user("tracking_officer", council)
    asked = make_collection(council, type="offers", as_at=SPRING)
    intake = make_intake(make_expected(college, asked), state=Intake.State.CHECKED)
    named = {"family_name": "Ambler", "given_name": "Addie", "date_of_birth": "2011-01-05"}
    for course in ("Art", "Music"):
        waits = make_row(intake, clean={**named, "course": course}, found="doubtful", outcome="doubtful")
        waits.candidates.create(person=ada, sure=0.9, levels=[])
    Intake.objects.filter(pk=intake.pk).update(state=Intake.State.CONFIRMED, event_id=1)

    decide(candidate=waits.candidates.get(), verdict="same", by=officer)

    assert offers(ada) == [("Vale College", "Art", "conditional"), ("Vale College", "Music", "conditional")]
    assert outcomes(intake) == ["records", "records"]


def test_of_whom_nobody_knows_nobody_is_added(
    council: Authority, college: Establishment, ada: YoungPerson
) -> None:
    officer = make_user("tracking_officer", council)
    intake = make_intake(make_expected(college, make_collection(council, type="offers", as_at=SPRING)))
    waits = make_row(intake, clean={"family_name": "Ambler"}, found="doubtful", outcome="doubtful")
    waits.candidates.create(person=ada, sure=0.9, levels=[])
    Intake.objects.filter(pk=intake.pk).update(state=Intake.State.CONFIRMED, event_id=1)

    nobody(row=IntakeRow.objects.get(pk=waits.pk), by=officer)

    assert IntakeRow.objects.get(pk=waits.pk).outcome == "beside"
    assert YoungPerson.objects.count() == 1
