"""Offers and applications: what a school's and a college's files do to the register, and what they leave alone."""

from collections.abc import Callable
from datetime import date

import pytest

from neet.files.actions import store
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.deciding import decide, nobody
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.taking_back import withdraw
from returns.intake.models import Intake, IntakeRow
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_authority,
    make_collection,
    make_college,
    make_expected,
    make_intake,
    make_objection,
    make_person,
    make_row,
    make_school,
    make_user,
    seed_reference,
)
from tracking.models import Guarantee, Offer, Task, YoungPerson
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db
SPRING = date(2027, 4, 30)
WHO = "Council number,Last name,First name,Date of birth"
BY_SCHOOL = f"{WHO},Our own offer,Offer elsewhere: where,How it stands,Begins on"
BY_COLLEGE = f"{WHO},Course,How it stands,Begins on"

Take = Callable[..., Intake]


@pytest.fixture(autouse=True)
def in_spring(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2027-05-03T10:00")
    seed_reference()


@pytest.fixture
def council() -> Authority:
    return make_authority(code="886", name="Council")


@pytest.fixture
def school(council: Authority) -> Establishment:
    return make_school(name="Hill School", la_code=council.code, number="8869001")


@pytest.fixture
def college(council: Authority) -> Establishment:
    return make_college(name="Vale College", la_code=council.code, number="8869002")


@pytest.fixture
def ada(council: Authority, school: Establishment) -> YoungPerson:
    return pupil(council, school, "Ada", "Ambler")


def pupil(council: Authority, school: Establishment, given: str, family: str) -> YoungPerson:
    """In Year 11 of the school."""
    named = {
        "given_name": given,
        "family_name": family,
        "date_of_birth": date(2011, 1, 5),
        "la_at_year_11": "886",
    }
    person = make_person(council, **named)
    make_activity(person, "110", date(2022, 9, 1), establishment=school)
    return person


def line(person: YoungPerson, *rest: str) -> str:
    born = person.date_of_birth
    return ",".join(
        [
            person.young_person_id,
            person.family_name,
            person.given_name,
            f"{born:%d/%m/%Y}" if born else "",
            *rest,
        ]
    )


@pytest.fixture
def sent(council: Authority) -> Take:
    """A file of a place, checked and sent."""

    def taken(
        place: Establishment,
        headings: str,
        *lines: str,
        type: str = "offers",
        on: date = SPRING,
        send: bool = True,
    ) -> Intake:
        asked = make_collection(council, type=type, as_at=on, academic_year=2026)
        source = ["\n".join([headings, *lines]).encode()]
        file = store(source=source, name="offers.csv", purpose="return", by=None, authority_id=council.pk)
        made = begin_with_file(expected=make_expected(place, asked), file=file, by=None)
        checked = check(intake=made, by=None)
        assert not checked.waits_for_columns
        return confirm(intake=checked, by=None) if send else checked

    return taken


def offers(person: YoungPerson) -> list[tuple[str, str, str]]:
    return list(person.offers.order_by("place", "course").values_list("place", "course", "stage"))


def status(person: YoungPerson, group: int = 11) -> str:
    return person.guarantees.filter(year_group=group).values_list("status", flat=True).first() or ""


def outcomes(intake: Intake) -> list[str]:
    return list(intake.rows.order_by("number").values_list("outcome", flat=True))


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


def test_an_earlier_word_or_an_application_changes_no_answer(
    sent: Take, college: Establishment, school: Establishment, ada: YoungPerson
) -> None:
    sent(college, BY_COLLEGE, line(ada, "Art", "Accepted", ""))

    early = sent(school, BY_SCHOOL, line(ada, "", "Vale College", "Rejected", ""), on=date(2027, 4, 1))
    second_hand = sent(school, BY_SCHOOL, line(ada, "", "Vale College", "Declined", ""))
    sent(school, BY_SCHOOL, line(ada, "", "Vale College", "Applied", ""), on=date(2027, 5, 2))

    assert offers(ada) == [("Vale College", "Art", "accepted")]
    assert outcomes(early) == outcomes(second_hand) == ["unchanged"]


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
