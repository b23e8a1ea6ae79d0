"""The page on which the council says who is who."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from neet import clock
from neet.accounts.models import User
from neet.audit.models import AuditEvent
from returns.intake.models import Intake, IntakeRow
from returns.intake.panels_matches import matches_panel
from returns.intake.queries.matches import last_decided, next_case, waiting
from returns.intake.queries.side_by_side import _agreement
from tests.factories import make_authority, make_objection, make_user, sign_in
from tests.returns.intake.doubtful import make_waiting, people_called, row_of
from tracking.models import YoungPerson
from tracking.rules.matching.levels import FIELDS
from tracking.rules.matching.model import MatchingModel

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> Intake:
    return make_waiting()


@pytest.fixture
def officer(intake: Intake) -> User:
    return make_user("tracking_officer", intake.authority)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    return sign_in(client, officer)


def decide(desk: Client, row: IntakeRow, answer: object) -> str:
    return desk.post(f"/returns/matches/{row.pk}/decide/", {"answer": answer}, follow=True).content.decode()


def test_a_row_stands_beside_all_it_may_be_with_reasons(desk: Client, intake: Intake) -> None:
    page = desk.get("/returns/matches/").content.decode()

    assert page.count("Their record") == 1
    assert "Tom" in page
    assert "88 Station Road" in page
    assert "postcode different; address different" in page
    assert "speaks strongly for" in page
    assert "2</strong> left to decide" in page


def test_a_twin_and_a_record_that_stands_twice_are_said(intake: Intake, officer: User) -> None:
    ella = row_of(intake, "Ella")

    case = next_case(officer, [row_of(intake, "Tom").pk], clock.today())

    assert case is not None
    assert case.row == ella
    notes = {note for option in case.options for note in option.notes}
    assert "Has a twin on the register: Harriet Ashcroft" in notes
    assert "May stand on the register twice: same name, birthday and home" in notes


def test_the_next_one_comes_after_each_decision_until_nobody_is_left(desk: Client, intake: Intake) -> None:
    tom, ella = row_of(intake, "Tom"), row_of(intake, "Ella")

    page = decide(desk, tom, "surely_nobody")
    assert "1</strong> left to decide" in page
    page = decide(desk, ella, ella.candidates.first().pk)

    assert "Nobody waits for a decision" in page
    assert len(people_called("Tom")) == 2


def make_certain(row: IntakeRow) -> None:
    candidate = row.candidates.first()
    assert candidate is not None
    candidate.sure = 0.97
    candidate.save()


def test_nobody_beside_a_very_likely_one_is_asked_once_more(desk: Client, intake: Intake) -> None:
    for name in ("Tom", "Ella"):
        make_certain(row_of(intake, name))

    for name in ("Ella", "Tom"):
        page = decide(desk, row_of(intake, name), "nobody")
        assert f"<h1>{name}" in page
        assert "is very likely this young person" in page
        assert 'value="surely_nobody"' in page
        assert waiting(make_user("mi_officer", intake.authority)).count() == 2
        assert "is very likely this young person" not in desk.get("/returns/matches/").content.decode()

    tom = row_of(intake, "Tom")
    assert "Row" in decide(desk, tom, "surely_nobody")
    assert row_of(intake, "Tom").found == IntakeRow.Found.NEW
    assert "waits again" in desk.post("/returns/matches/undo/", follow=True).content.decode()
    assert len(people_called("Tom")) == 1


def test_the_page_is_one_of_the_pages_of_returns(desk: Client, intake: Intake) -> None:
    page = desk.get("/returns/matches/")

    assert 'href="/returns/board/">Returns</a>' in " ".join(page.content.decode().split())
    assert [link.words for link in page.context["navigation"] if link.current] == ["Returns"]
    assert [link.words for link in page.context["tabs"] if link.current] == ["Who is who"]
    keys = page.content.decode().split("Keys:")[1]
    assert "<kbd>1</kbd> this one" in keys


def test_what_hardly_counts_has_no_number() -> None:
    field = next(each for each in FIELDS if each.name == "gender")
    words = {_agreement(field, level, MatchingModel())[2] for level in range(1, len(field.levels))}

    assert not any("+0" in each or "-0" in each for each in words)


def test_later_brings_the_others_first(desk: Client, intake: Intake, officer: User) -> None:
    first = next_case(officer, [], clock.today())
    assert first is not None

    decide(desk, first.row, "later")

    second = next_case(officer, desk.session["matches_later"], clock.today())
    assert second is not None
    assert second.row != first.row


def test_the_last_decision_is_taken_back(desk: Client, intake: Intake, officer: User) -> None:
    tom = row_of(intake, "Tom")
    decide(desk, tom, "surely_nobody")

    page = desk.post("/returns/matches/undo/", follow=True).content.decode()

    assert "waits again" in page
    assert last_decided(officer) is None
    assert len(people_called("Tom")) == 1


def test_nothing_to_take_back_is_said(desk: Client, intake: Intake) -> None:
    assert "no decision of yours" in desk.post("/returns/matches/undo/", follow=True).content.decode()


def test_an_answer_that_is_none_changes_nothing(desk: Client, intake: Intake) -> None:
    tom = row_of(intake, "Tom")

    for text in ("", "x", "999999"):
        decide(desk, tom, text)

    assert waiting(make_user("mi_officer", intake.authority)).count() == 2


def test_who_was_looked_at_stands_in_the_trail(desk: Client, intake: Intake) -> None:
    desk.get("/returns/matches/")

    event = AuditEvent.objects.filter(kind="intake.rows_read").latest("pk")
    assert set(event.subjects) <= {person.pk for person in YoungPerson.objects.all()}
    assert event.subjects


def test_a_row_that_may_be_a_restricted_record_is_for_who_may_see_it(
    desk: Client, intake: Intake, officer: User
) -> None:
    tom = row_of(intake, "Tom")
    YoungPerson.objects.filter(given_name="Tom").update(
        restricted_on=date(2026, 1, 1), restricted_reason="Refuge"
    )

    assert tom not in waiting(officer)
    assert "Tom" not in desk.get("/returns/matches/").content.decode()
    assert desk.post(f"/returns/matches/{tom.pk}/decide/", {"answer": "nobody"}).status_code == 404


def test_numbers_somebody_asked_to_keep_back_are_not_shown(intake: Intake, officer: User) -> None:
    YoungPerson.objects.filter(given_name="Tom").update(upn="B801200005001")
    make_objection(people_called("Tom")[0])

    case = next_case(officer, [row_of(intake, "Ella").pk], clock.today())

    assert case is not None
    assert "Not shown: they asked us not to be told" in str(case.lines)
    assert "B801200005001" not in str(case.lines)


def test_another_council_and_a_school_see_nothing(client: Client, intake: Intake) -> None:
    elsewhere = make_user("tracking_officer", make_authority())
    school = make_user("school_user", intake.authority, establishment=intake.establishment)

    assert not waiting(elsewhere).exists()
    assert sign_in(client, school).get("/returns/matches/").status_code == 404


def test_a_return_that_was_not_sent_does_not_wait() -> None:
    intake = make_waiting(sent=False)

    assert not waiting(make_user("tracking_officer", intake.authority)).exists()


def test_the_first_page_says_how_many_wait(intake: Intake, officer: User) -> None:
    panel = matches_panel(officer, clock.today())

    assert panel is not None
    assert panel.left == 2
    assert matches_panel(make_user("manager", intake.authority), clock.today()) is None


def test_the_page_takes_as_many_statements_for_many_that_wait_as_for_few(
    desk: Client, intake: Intake
) -> None:
    desk.get("/returns/matches/")  # what every first request asks once
    with CaptureQueriesContext(connection) as few:
        desk.get("/returns/matches/")
    ella = row_of(intake, "Ella")
    for number in range(200, 230):
        row = IntakeRow.objects.create(
            intake=intake, number=number, clean=ella.clean, found=IntakeRow.Found.DOUBTFUL, sure=0.2
        )
        for each in ella.candidates.all():
            row.candidates.create(person=each.person, sure=each.sure, levels=each.levels)
    with CaptureQueriesContext(connection) as many:
        desk.get("/returns/matches/")

    assert len(many) == len(few)
