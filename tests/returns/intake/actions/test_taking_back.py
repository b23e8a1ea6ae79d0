"""A return goes back out of the register: all of it, but for what somebody wrote since."""

from datetime import date
from typing import Any

import pytest

from neet.audit.models import AuditEvent
from returns.calendar.models import ExpectedReturn, Notice
from returns.intake.actions.applying import accept, apply_decided, confirm
from returns.intake.actions.taking_back import ask_to_take_back, reject, withdraw
from returns.intake.models import Intake, IntakeRow
from returns.intake.refusals import NotNow, NotReady
from tests.factories import (
    CANNOT_BE_FOUND,
    IN_YEAR_11,
    SIXTH_FORM,
    make_activity,
    make_authority,
    make_intake,
    make_note,
    make_objection,
    make_person,
    make_residence,
    make_row,
    make_task,
    make_user,
)
from tests.returns.intake.ready import NEWCOMER, YEAR_START, looked_at, make_asked, sent
from tracking.models import Activity, Task, YoungPerson
from tracking.register.actions.contact import record_contact_point
from tracking.register.actions.nightly import sweep
from tracking.register.refusals import NotPermitted
from tracking.register.statements import Reach
from tracking.state.queries import digests

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def clock_of_the_return(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-20T10:00")


@pytest.fixture
def asked() -> ExpectedReturn:
    return make_asked()


@pytest.fixture
def pupils(asked: ExpectedReturn) -> list[YoungPerson]:
    """Six with all sorts of pasts."""
    authority = asked.collection.authority
    made = [make_person(authority, date_of_birth=date(2010, 1, 5 + each)) for each in range(6)]
    make_activity(made[0], IN_YEAR_11, date(2025, 9, 1), establishment=asked.establishment)
    make_residence(made[0], source="loaded")
    make_activity(made[1], SIXTH_FORM, YEAR_START, establishment=asked.establishment)
    make_activity(made[2], CANNOT_BE_FOUND, YEAR_START, verified_on=date(2026, 9, 2))
    make_task(made[2], kind="lapsed", cause="1 2026-09-01")
    make_activity(made[3], SIXTH_FORM, YEAR_START, establishment=asked.establishment)
    make_objection(made[4])
    made[5].guarantees.create(year_group=11, status="159", la_code="886")
    return made


def the_return(pupils: list[YoungPerson]) -> list[tuple[YoungPerson | None, dict[str, str]]]:
    return [
        (
            pupils[0],
            {"line_1": "9 New Street", "town": "Wick", "postcode": "ZZ2 2ZZ", "upn": "A886000014001"},
        ),
        (pupils[1], {"left_on": "2026-09-08", "destination": "A job"}),
        (pupils[2], {"mobile": "07700 900111", "middle_name": "May"}),
        (pupils[4], {"email": "four@example.org", "line_1": "4 Hill"}),
        (pupils[5], {"course": "Maths", "objection": "Y"}),
        (None, {"mobile": "07700 900222", "line_1": "7 Hill", "postcode": "ZZ3 3ZZ"}),
    ]


def officer(asked: ExpectedReturn) -> Any:
    return make_user("tracking_officer", asked.collection.authority)


def test_the_register_is_as_before(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    before = digests()
    intake = sent(asked, *the_return(pupils))
    assert digests() != before

    done = withdraw(intake=intake, by=None)

    assert digests() == before
    assert (done.back, done.staying, done.words) == (6, (), "Taken back.")
    asked.refresh_from_db()
    intake.refresh_from_db()
    assert (intake.state, asked.sent_at) == (Intake.State.WITHDRAWN, None)
    assert Task.objects.get().done_at is None


def test_a_night_later_too(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    sweep(day=date(2026, 9, 20))
    before = digests()
    intake = sent(asked, *the_return(pupils))
    sweep(day=date(2026, 9, 21))

    withdraw(intake=intake, by=None)

    assert not YoungPerson.objects.filter(family_name="Newcomer").exists()
    after = digests()
    assert {table for table in after if after[table] != before[table]} <= {"tracking.Task"}


def test_who_was_changed_since_stays_and_is_counted(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    intake = sent(asked, *the_return(pupils))
    newcomer = YoungPerson.objects.get(family_name="Newcomer")
    make_note(newcomer)
    Activity.objects.filter(person=pupils[2], ends_on=None).update(course="Changed by an officer")

    done = withdraw(intake=intake, by=None)

    assert done.words == "Taken back. 2 young people were changed since and stay as they are."
    assert set(done.staying) == {newcomer.pk, pupils[2].pk}
    assert pupils[2].activities.get().course == "Changed by an officer"
    assert pupils[0].activities.get().code == IN_YEAR_11
    assert newcomer.activities.count() == 1
    assert intake.rows.get(person=newcomer).found == IntakeRow.Found.NEW


def test_a_number_an_officer_added_stays_beside_what_goes_back(
    asked: ExpectedReturn, pupils: list[YoungPerson]
) -> None:
    intake = sent(asked, *the_return(pupils))
    reach = Reach("mobile", "07700 900999", "young_person")
    record_contact_point(person=pupils[2], reach=reach, by=officer(asked))

    done = withdraw(intake=intake, by=None)

    assert done.staying == ()
    assert pupils[2].contact_points.get().value == "07700 900999"
    assert pupils[2].activities.get().code == CANNOT_BE_FOUND


def test_a_task_somebody_took_up_stays(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    intake = sent(asked, *the_return(pupils))
    Task.objects.filter(kind="left").update(owner=officer(asked))

    withdraw(intake=intake, by=None)

    assert Task.objects.filter(kind="left").count() == 1
    assert not Task.objects.filter(kind="not_returned").exists()


def test_rows_decided_later_go_back_too(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    before = digests()
    intake = make_intake(asked)
    doubtful = make_row(intake, clean=NEWCOMER, found=IntakeRow.Found.DOUBTFUL)
    confirm(intake=looked_at(intake), by=None)
    doubtful.person, doubtful.found = pupils[0], IntakeRow.Found.CHOSEN
    doubtful.save()
    apply_decided(row=doubtful, by=None)

    withdraw(intake=intake, by=None)

    assert digests() == before


def test_versions_go_back_one_after_the_other(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    before = digests()
    rows = the_return(pupils)
    first = sent(asked, *rows[:3])
    between = digests()
    second = sent(asked, rows[0], (pupils[2], {"activity": "250", "starts_on": "2026-09-04"}))

    withdraw(intake=second, by=None)
    assert digests() == between
    asked.refresh_from_db()
    assert asked.sent_at is not None
    withdraw(intake=first, by=None)

    assert digests() == before


def test_an_earlier_version_waits_for_the_later(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    first = sent(asked, (pupils[0], {}))
    sent(asked, (pupils[0], {"activity": "250"}))

    with pytest.raises(NotNow, match="later version"):
        withdraw(intake=first, by=None)


def test_what_a_later_return_says_stays(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    first = sent(asked, (pupils[0], {}), (None, {}))
    newcomer = YoungPerson.objects.get(family_name="Newcomer")
    later = make_asked(authority=asked.collection.authority, place=asked.establishment)
    later.collection.as_at = date(2026, 9, 18)
    later.collection.save()
    sent(later, (pupils[0], {}), (newcomer, {"course": "Maths"}))

    done = withdraw(intake=first, by=None)

    assert set(done.staying) == {pupils[0].pk, newcomer.pk}
    assert pupils[0].activities.get(ends_on=None).code == SIXTH_FORM
    assert newcomer.activities.get().course == "Maths"


def test_a_waiting_return_lets_go_of_whom_it_had_found(asked: ExpectedReturn) -> None:
    intake = sent(asked, (None, {}))
    waiting = make_intake(make_asked(authority=asked.collection.authority, place=asked.establishment))
    held = make_row(waiting, person=YoungPerson.objects.get())

    withdraw(intake=intake, by=None)

    held.refresh_from_db()
    assert (held.person, held.found) == (None, "")
    assert not YoungPerson.objects.exists()


def test_the_council_sends_it_back_and_says_why(asked: ExpectedReturn, pupils: list[YoungPerson]) -> None:
    make_user("school_user", asked.collection.authority, establishment=asked.establishment)
    before = digests()
    intake = sent(asked, *the_return(pupils))

    with pytest.raises(NotReady, match="Say why"):
        reject(intake=intake, why=" ", by=officer(asked))
    reject(intake=intake, why="Year 13 is missing", by=officer(asked))

    assert {name for name, digest in digests().items() if digest != before[name]} == set()
    intake.refresh_from_db()
    asked.refresh_from_db()
    assert (intake.state, intake.decided_why, asked.sent_at) == (
        Intake.State.REJECTED,
        "Year 13 is missing",
        None,
    )
    assert Notice.objects.filter(kind=Notice.Kind.SENT_BACK).count() == 1
    assert AuditEvent.objects.filter(kind="intake.sent_back", why="Year 13 is missing").exists()


def test_a_school_takes_back_until_it_is_accepted(asked: ExpectedReturn) -> None:
    school = make_user("school_user", asked.collection.authority, establishment=asked.establishment)
    intake = sent(asked, (None, {}))
    accept(intake=intake, by=officer(asked))

    with pytest.raises(NotNow, match="the council has accepted it"):
        withdraw(intake=intake, by=school)

    assert withdraw(intake=intake, by=officer(asked)).back == 1


def test_only_the_council_accepts_and_sends_back(asked: ExpectedReturn) -> None:
    school = make_user("school_user", asked.collection.authority, establishment=asked.establishment)
    stranger = make_user("tracking_officer", make_authority())
    intake = sent(asked, (None, {}))

    for who in (school, stranger):
        with pytest.raises(NotPermitted):
            accept(intake=intake, by=who)
        with pytest.raises(NotPermitted):
            reject(intake=intake, why="No", by=who)
    with pytest.raises(NotPermitted):
        withdraw(intake=intake, by=stranger)


def test_taken_back_once(asked: ExpectedReturn) -> None:
    intake = sent(asked, (None, {}))
    withdraw(intake=intake, by=None)

    with pytest.raises(NotNow, match="taken back"):
        withdraw(intake=intake, by=None)


def test_it_may_go_back_beside_the_pages(asked: ExpectedReturn) -> None:
    intake = sent(asked, (None, {}))
    who = officer(asked)

    job = ask_to_take_back(intake=intake, how="rejected", why="Last year’s", by=who)
    again = ask_to_take_back(intake=intake, how="rejected", why="Last year’s", by=who)

    assert job
    assert job.payload == {"intake": intake.pk, "how": "rejected"}
    assert again is None
