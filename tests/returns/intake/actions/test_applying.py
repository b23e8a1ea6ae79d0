"""A return is sent: what each kind of row does to the register, and what stands in its way."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet.accounts.scope import scope_of
from neet.audit.models import AuditEvent
from returns.calendar.models import ExpectedReturn, Notice
from returns.intake.actions.applying import apply_decided, confirm
from returns.intake.models import Candidate, Intake, IntakeRow, Missing, Problem
from returns.intake.refusals import Changed, NotNow, NotReady
from schools.models import Membership
from tests.factories import (
    APPRENTICE,
    CANNOT_BE_FOUND,
    COLLEGE,
    IN_YEAR_11,
    SIXTH_FORM,
    make_activity,
    make_college,
    make_contact,
    make_intake,
    make_objection,
    make_person,
    make_residence,
    make_row,
    make_task,
    make_user,
)
from tests.factories import confirm as confirmed
from tests.returns.intake.ready import AS_AT, NEWCOMER, YEAR_START, looked_at, make_asked, row, sent
from tracking.models import Activity, Confirmation, Objection, Residence, Task, YoungPerson
from tracking.register.refusals import NotPermitted
from tracking.state.queries import digests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_of_the_return")]


@pytest.fixture
def clock_of_the_return(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-20T10:00")


@pytest.fixture
def asked() -> ExpectedReturn:
    return make_asked()


def pupil(asked: ExpectedReturn, **fields: Any) -> YoungPerson:
    """In Year 12 by age, unless told otherwise."""
    return make_person(asked.collection.authority, **{"date_of_birth": date(2010, 2, 3), **fields})


def spells(person: YoungPerson) -> list[tuple[str, date, date | None]]:
    return list(person.activities.order_by("starts_on").values_list("code", "starts_on", "ends_on"))


def problems(intake: Intake) -> set[str]:
    return set(intake.problems.values_list("kind", flat=True))


def test_somebody_new_is_put_on_the_register(asked: ExpectedReturn) -> None:
    home = {"line_1": "3 Mill Row", "town": "Wick", "postcode": "ZZ99 9ZZ"}
    known = {
        "upn": "A886000014001",
        "mobile": "07700 900123",
        "parent_name": "Pa Newcomer",
        "parent_telephone": "01632 960001",
    }

    intake = sent(asked, (None, {**home, **known, "course": "A levels", "predicted_end_on": "2028-07-14"}))

    person = YoungPerson.objects.get()
    assert (person.full_name, person.upn, person.source) == ("Nia Newcomer", "A886000014001", "return")
    assert person.young_person_id.startswith("886")
    assert len(person.young_person_id) == 13
    assert person.residences.get().postcode == "ZZ99 9ZZ"
    assert sorted(person.contact_points.values_list("whose", "name", "from_institution")) == [
        ("parent", "Pa Newcomer", True),
        ("young_person", "", True),
    ]
    made = person.activities.get()
    assert (made.code, made.starts_on, made.course, made.establishment) == (
        "210",
        YEAR_START,
        "A levels",
        asked.establishment,
    )
    assert made.confirmations.get().verified_on == AS_AT
    assert person.situation.code == "210"
    assert intake.state == Intake.State.CONFIRMED
    assert intake.rows.get().person == person
    assert intake.rows.get().applied_event == intake.event_id


def test_somebody_new_here_ends_what_they_did_before(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, IN_YEAR_11, date(2025, 9, 1))

    sent(asked, (person, {"activity": SIXTH_FORM}))

    assert spells(person) == [
        (IN_YEAR_11, date(2025, 9, 1), date(2026, 8, 31)),
        (SIXTH_FORM, YEAR_START, None),
    ]


def test_a_day_of_admission_years_ago_is_no_start_of_the_sixth_form(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, IN_YEAR_11, date(2021, 9, 1), establishment=asked.establishment)

    sent(asked, (person, {"activity": SIXTH_FORM, "starts_on": "2021-09-01"}))

    assert spells(person)[-1] == (SIXTH_FORM, YEAR_START, None)


def test_somebody_who_goes_on_is_confirmed(asked: ExpectedReturn) -> None:
    person = pupil(asked, date_of_birth=date(2009, 5, 5))
    make_activity(person, SIXTH_FORM, date(2025, 9, 1), establishment=asked.establishment)

    sent(asked, (person, {"activity": SIXTH_FORM}))

    assert spells(person) == [(SIXTH_FORM, date(2025, 9, 1), None)]
    assert person.activities.get().confirmations.get().verified_on == AS_AT


def test_the_same_return_again_changes_nothing(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    rows = (
        (person, {"mobile": "07700 900111", "line_1": "1 Hill", "postcode": "ZZ1 1ZZ"}),
        (None, {"email": "nia@example.org"}),
    )
    sent(asked, *rows)
    newcomer = YoungPerson.objects.get(family_name="Newcomer")
    before = digests()

    again = sent(asked, rows[0], (newcomer, rows[1][1]))

    assert digests() == before
    assert again.state == Intake.State.CONFIRMED
    assert Confirmation.objects.count() == 2


def test_a_stretch_not_known_gives_way(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, IN_YEAR_11, date(2025, 9, 1), ends_on=date(2026, 8, 31))
    make_activity(person, CANNOT_BE_FOUND, YEAR_START, verified_on=date(2026, 9, 3))

    sent(asked, (person, {}))

    assert spells(person)[-1] == (SIXTH_FORM, YEAR_START, None)
    assert len(spells(person)) == 2


def test_a_leaver_ends_and_somebody_is_to_ask(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, SIXTH_FORM, YEAR_START, establishment=asked.establishment)

    sent(asked, (person, {"left_on": "2026-09-10", "destination": "Moved to a job"}))

    held = person.activities.get()
    assert (held.ends_on, held.leaving_reason) == (date(2026, 9, 10), "Moved to a job")
    task = Task.objects.get(kind="left")
    assert task.words == "Left Hill School on 10 September 2026. Find out what they are doing now"
    assert (task.owner, task.cause.startswith("intake:"), task.due_on) == (None, True, date(2026, 10, 4))


@pytest.mark.parametrize(
    ("answer", "left_on", "ends_on", "kind"),
    [
        ("still_here", None, None, None),
        ("left", date(2026, 9, 9), date(2026, 9, 9), "left"),
        ("never_came", None, date(2026, 8, 31), "left"),
        ("not_ours", None, None, "not_returned"),
        ("", None, None, "not_returned"),
    ],
)
def test_whoever_is_missing_is_taken_as_answered(
    asked: ExpectedReturn, answer: str, left_on: date | None, ends_on: date | None, kind: str | None
) -> None:
    person = pupil(asked, date_of_birth=date(2009, 5, 5))
    held = make_activity(person, SIXTH_FORM, date(2025, 9, 1), establishment=asked.establishment)
    intake = looked_at(make_intake(asked))
    assert intake.missing.update(answer=answer, left_on=left_on) == 1

    confirm(intake=intake, by=None)

    held.refresh_from_db()
    assert held.ends_on == ends_on
    assert held.confirmations.count() == (answer == "still_here")
    assert list(Task.objects.values_list("kind", flat=True)) == ([kind] if kind else [])


IN_THE_WAY: dict[str, tuple[dict[str, str], dict[str, Any] | None]] = {
    "apply_starts_later": ({"starts_on": "2026-09-16"}, None),
    "apply_before_birth": ({"starts_on": "2009-09-01"}, None),
    "apply_same_day": ({"starts_on": "2026-09-02"}, {"starts_on": date(2026, 9, 2)}),
    "apply_something_since": ({"starts_on": "2026-09-02"}, {"starts_on": date(2026, 9, 5)}),
    "apply_leaves_later": ({"left_on": "2026-09-30"}, {"starts_on": YEAR_START, "here": True}),
    "apply_left_before_start": ({"left_on": "2026-09-01"}, {"starts_on": date(2026, 9, 3), "here": True}),
}


@pytest.mark.parametrize("kind", IN_THE_WAY)
def test_what_stands_in_the_way_stops_its_row_alone(asked: ExpectedReturn, kind: str) -> None:
    clean, other = IN_THE_WAY[kind]
    person, fine = pupil(asked), pupil(asked)
    if other:
        place = asked.establishment if other.pop("here", False) else make_college()
        make_activity(person, SIXTH_FORM, establishment=place, **other)
    before = spells(person)

    intake = sent(asked, (person, clean), (fine, {}))

    assert problems(intake) == {kind}
    assert spells(person) == before
    assert intake.rows.get(person=person).outcome == IntakeRow.Outcome.STOPPED
    assert len(spells(fine)) == 1


def test_two_places_at_once_is_a_task_for_the_council(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, COLLEGE, YEAR_START, establishment=make_college())

    sent(asked, (person, {"starts_on": "2026-09-01"}))

    assert Task.objects.get().kind == "return_differs"
    assert "Hill School says something else" in Task.objects.get().words


def test_somebody_recorded_as_gone_waits(asked: ExpectedReturn) -> None:
    person = pupil(asked, cohort_status="X")

    intake = sent(asked, (person, {}))

    assert problems(intake) == {"apply_gone"}
    assert spells(person) == []


def test_what_begins_later_stays_and_ends_it(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, APPRENTICE, date(2026, 11, 2))

    sent(asked, (person, {}))

    assert spells(person) == [
        (SIXTH_FORM, YEAR_START, date(2026, 11, 1)),
        (APPRENTICE, date(2026, 11, 2), None),
    ]


def test_a_course_beside_the_main_activity_is_confirmed_there(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, APPRENTICE, date(2026, 9, 2))
    beside = make_activity(
        person, SIXTH_FORM, YEAR_START, is_primary=False, establishment=asked.establishment
    )

    sent(asked, (person, {"activity": SIXTH_FORM}))

    assert Activity.objects.count() == 2
    assert beside.confirmations.count() == 1


def test_a_later_version_puts_the_earlier_right(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, IN_YEAR_11, date(2025, 9, 1))
    sent(asked, (person, {"activity": SIXTH_FORM, "starts_on": "2026-09-03", "course": "Maths"}))

    sent(asked, (person, {"activity": "250", "starts_on": "2026-09-07", "course": "Music"}))

    assert spells(person) == [
        (IN_YEAR_11, date(2025, 9, 1), date(2026, 9, 6)),
        ("250", date(2026, 9, 7), None),
    ]
    assert person.activities.get(ends_on=None).course == "Music"


def test_an_officers_later_word_stands(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    held = make_activity(person, APPRENTICE, date(2026, 9, 2))
    confirmed(held, date(2026, 9, 18), source="young_person")

    intake = sent(asked, (person, {}))

    assert spells(person) == [(APPRENTICE, date(2026, 9, 2), None)]
    assert intake.rows.get().outcome == IntakeRow.Outcome.OVERRULED


def test_a_leaving_date_beats_an_older_enrolment(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    held = make_activity(person, SIXTH_FORM, YEAR_START, establishment=asked.establishment)
    confirmed(held, date(2026, 9, 4), source="parent")

    sent(asked, (person, {"left_on": "2026-09-08"}))

    held.refresh_from_db()
    assert held.ends_on == date(2026, 9, 8)


def test_a_name_or_number_known_otherwise_is_told_and_kept(asked: ExpectedReturn) -> None:
    person = pupil(asked, family_name="Ambler", upn="A886000014002")

    intake = sent(
        asked,
        (
            person,
            {"family_name": "Amblers", "upn": "A886000014003", "middle_name": "Jo", "uln": "1000000123"},
        ),
    )

    person.refresh_from_db()
    assert (person.family_name, person.upn, person.middle_name, person.uln) == (
        "Ambler",
        "A886000014002",
        "Jo",
        "1000000123",
    )
    assert set(intake.problems.filter(kind="register_keeps").values_list("column", flat=True)) == {
        "family_name",
        "upn",
    }


def test_an_older_address_gives_way_to_the_returns(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_residence(person, source="loaded")

    sent(asked, (person, {"line_1": "9 New Street", "town": "Wick", "postcode": "ZZ2 2ZZ"}))

    assert list(person.residences.order_by("pk").values_list("ends_on", flat=True)) == [
        date(2026, 9, 13),
        None,
    ]
    assert person.residences.get(ends_on=None).line_1 == "9 New Street"


def test_more_of_the_same_house_is_no_move(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_residence(person, line_1="9 New Street", town="Wick", postcode="ZZ2 2ZZ", source="loaded")

    sent(asked, (person, {"line_1": "9 New Street, Wick", "postcode": "ZZ2 2ZZ"}))

    assert person.residences.get().line_1 == "9 New Street"


def test_an_address_the_council_learned_later_stays(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_residence(person, source="young_person", starts_on=date(2026, 9, 1))  # written down on the 20th

    intake = sent(asked, (person, {"line_1": "9 New Street", "postcode": "ZZ2 2ZZ"}))

    assert person.residences.count() == 1
    assert problems(intake) == {"register_keeps"}


def test_the_address_of_a_restricted_record_is_not_a_schools_to_change(asked: ExpectedReturn) -> None:
    person = pupil(asked, restricted_on=date(2026, 1, 1), restricted_reason="Refuge")

    sent(asked, (person, {"line_1": "9 New Street", "postcode": "ZZ2 2ZZ", "mobile": "07700 900111"}))

    assert not Residence.objects.exists()
    assert not person.contact_points.exists()
    assert person.activities.count() == 1


def test_a_number_known_is_not_put_down_twice(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_contact(person, value="07700900111")

    sent(asked, (person, {"mobile": "07700 900111", "email": "Me@Example.org"}))

    assert sorted(person.contact_points.values_list("value", flat=True)) == ["07700900111", "me@example.org"]


def test_who_objects_is_kept_to_what_the_law_lets_pass(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    given = {
        "line_1": "1 Hill",
        "postcode": "ZZ1 1ZZ",
        "upn": "A886000014009",
        "mobile": "07700 900111",
        "course": "Maths",
    }

    intake = sent(asked, (person, {**given, "objection": "Y"}))

    person.refresh_from_db()
    objection = Objection.objects.get()
    assert (objection.made_by, objection.made_on) == ("young_person", AS_AT)
    assert person.upn == ""
    assert not person.contact_points.exists()
    assert person.activities.get().course == ""
    assert person.residences.get().line_1 == "1 Hill"
    kept = intake.rows.get()
    assert not {"upn", "mobile", "course"} & (set(kept.clean) | set(kept.sent))
    event = AuditEvent.objects.get(pk=intake.event_id)
    assert (event.counts["objectors"], event.counts["values_not_kept"]) == (1, 3)
    assert "900111" not in str(event.counts)
    assert problems(intake) == {"objection"}


def test_before_16_a_parent_objects(asked: ExpectedReturn) -> None:
    person = pupil(asked, date_of_birth=date(2010, 9, 15))

    sent(asked, (person, {"assent": "N"}))

    assert Objection.objects.get().made_by == "parent"


def test_a_parents_objection_goes_on_after_16(asked: ExpectedReturn) -> None:
    person = pupil(asked, date_of_birth=date(2010, 2, 3))
    make_objection(person, made_on=date(2025, 1, 10))

    sent(asked, (person, {"mobile": "07700 900111"}))

    assert not person.contact_points.exists()
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("born", "before", "starts_on", "year_group", "status"),
    [
        (date(2010, 2, 3), None, "", 11, "110"),
        (date(2009, 2, 3), date(2025, 9, 1), "", 12, "114"),
        (date(2009, 2, 3), None, "", 12, "110"),
        (date(2008, 2, 3), None, "", None, ""),
    ],
)
def test_beginning_by_the_end_of_september_shows_an_offer(
    asked: ExpectedReturn,
    born: date,
    before: date | None,
    starts_on: str,
    year_group: int | None,
    status: str,
) -> None:
    person = pupil(asked, date_of_birth=born)
    if before:
        make_activity(person, SIXTH_FORM, before, establishment=asked.establishment)

    sent(asked, (person, {"starts_on": starts_on}))

    found = [(each.year_group, each.status) for each in person.guarantees.all()]
    assert found == ([(year_group, status)] if year_group else [])
    if found:
        assert "Hill School by 30 September 2026" in person.guarantees.get().reason


def test_a_guarantee_somebody_recorded_stays(asked: ExpectedReturn) -> None:
    person, unset = pupil(asked), pupil(asked)
    person.guarantees.create(year_group=11, status="140", la_code="886")
    unset.guarantees.create(year_group=11, status="159", la_code="886")

    sent(asked, (person, {}), (unset, {}))

    assert (person.guarantees.get().status, unset.guarantees.get().status) == ("140", "110")


def test_work_without_training_shows_no_offer(asked: ExpectedReturn) -> None:
    person = pupil(asked)

    sent(asked, (person, {"activity": "330"}))

    assert not person.guarantees.exists()


def test_what_was_to_be_found_out_is_answered(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_task(person, kind="left", cause="intake:99999")

    sent(asked, (person, {}))

    assert Task.objects.get().outcome == "Answered by a return"


def test_a_change_since_it_was_looked_at_stops_it(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    intake = make_intake(asked)
    row(intake, person)
    looked_at(intake)
    make_activity(person, APPRENTICE, date(2026, 9, 3))

    with pytest.raises(Changed, match="1 young person changed") as said:
        confirm(intake=intake, by=None)

    assert said.value.people == 1
    intake.refresh_from_db()
    assert (intake.state, intake.event_id) == (Intake.State.CHECKED, None)
    assert AuditEvent.objects.latest("pk").kind == "intake.compared_again"
    assert confirm(intake=intake, by=None).state == Intake.State.CONFIRMED


def test_confirmed_twice_is_confirmed_once(asked: ExpectedReturn) -> None:
    intake = sent(asked, (None, {}))

    again = confirm(intake=intake, by=None)

    assert again.event_id == intake.event_id
    assert YoungPerson.objects.count() == 1


def test_what_is_not_checked_is_not_sent(asked: ExpectedReturn) -> None:
    with pytest.raises(NotNow):
        confirm(intake=make_intake(asked, state=Intake.State.UPLOADED), by=None)


def test_numbers_and_contacts_wait_for_the_privacy_notice(asked: ExpectedReturn) -> None:
    intake = make_intake(asked)
    row(intake, None, mobile="07700 900111")
    looked_at(intake)

    with pytest.raises(NotReady, match="privacy notice"):
        confirm(intake=intake, by=None)

    Intake.objects.update(notice_issued_on=YEAR_START)
    assert confirm(intake=intake, by=None).is_applied


def test_what_is_wrong_with_the_whole_return_stops_it(asked: ExpectedReturn) -> None:
    intake = looked_at(make_intake(asked))
    Problem.objects.create(
        intake=intake,
        kind="wrong_year",
        severity="error",
        why="This is last year’s.",
        fix="Send this year’s.",
    )

    with pytest.raises(NotReady, match=r"This is last year’s\. Send"):
        confirm(intake=intake, by=None)


def test_a_row_that_needs_a_change_is_held_back_alone(asked: ExpectedReturn) -> None:
    intake = make_intake(asked)
    wrong = row(intake, pupil(asked))
    Problem.objects.create(intake=intake, row=wrong, kind="born", severity="error", why="No date of birth")
    row(intake, None)

    confirm(intake=looked_at(intake), by=None)

    assert Activity.objects.count() == 1
    assert intake.rows.get(pk=wrong.pk).applied_event is None


def test_only_who_may_send_sends(asked: ExpectedReturn) -> None:
    authority = asked.collection.authority
    submitter = make_user("school_user", authority, establishment=asked.establishment)
    contributor = make_user("school_user", authority, establishment=asked.establishment)
    Membership.objects.filter(user=contributor).update(can_submit=False)
    elsewhere = make_user("school_user", authority, establishment=make_college())
    intake = looked_at(make_intake(asked))

    for stranger in (contributor, elsewhere):
        assert scope_of(stranger)
        with pytest.raises(NotPermitted):
            confirm(intake=intake, by=stranger)

    assert confirm(intake=intake, by=submitter).confirmed_by == submitter


def test_the_receipt_goes_out_and_reminders_stop(asked: ExpectedReturn) -> None:
    make_user("school_user", asked.collection.authority, establishment=asked.establishment)

    intake = sent(asked, (None, {}))

    asked.refresh_from_db()
    assert asked.sent_at == intake.confirmed_at
    assert Notice.objects.filter(expected=asked, kind=Notice.Kind.RECEIPT).count() == 1


def test_the_event_names_whom_it_concerned_and_no_values(asked: ExpectedReturn) -> None:
    intake = sent(asked, (pupil(asked), {}), (None, {}))

    event = AuditEvent.objects.get(pk=intake.event_id)
    assert sorted(event.subjects) == sorted(YoungPerson.objects.values_list("pk", flat=True))
    assert event.counts["people_added"] == 1
    assert event.counts["rows_applied"] == 2


def test_a_row_decided_later_goes_in_under_its_own_event(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    intake = make_intake(asked)
    doubtful = make_row(intake, clean=NEWCOMER, found=IntakeRow.Found.DOUBTFUL)
    Candidate.objects.create(row=doubtful, person=person, sure=0.6)
    confirm(intake=looked_at(intake), by=None)
    assert not Activity.objects.exists()
    doubtful.person, doubtful.found = person, IntakeRow.Found.CHOSEN
    doubtful.save()

    done = apply_decided(row=doubtful, by=None)
    again = apply_decided(row=doubtful, by=None)

    assert spells(person) == [(SIXTH_FORM, YEAR_START, None)]
    intake.refresh_from_db()
    assert done.applied_event not in (None, intake.event_id)
    assert again.applied_event == done.applied_event


def test_somebody_added_meanwhile_is_not_added_twice(asked: ExpectedReturn) -> None:
    other = make_asked(authority=asked.collection.authority, place=make_college())
    first, second = make_intake(asked), make_intake(other)
    for each in (first, second):
        row(each, None)
        looked_at(each)

    confirm(intake=first, by=None)
    confirm(intake=second, by=None)

    assert YoungPerson.objects.count() == 1
    assert second.rows.get().outcome == IntakeRow.Outcome.DOUBTFUL
    assert second.rows.get().candidates.get().person == YoungPerson.objects.get()


def test_the_number_of_statements_does_not_grow_with_the_rows(asked: ExpectedReturn) -> None:
    def statements(number: int) -> int:
        intake = make_intake(asked, notice_issued_on=YEAR_START)
        for each in range(number):
            row(
                intake,
                pupil(asked) if each % 2 else None,
                given_name=f"N{'abcdefghij'[each % 10]}",
                mobile=f"07700 9{each:05d}",
            )
        looked_at(intake)
        with CaptureQueriesContext(
            connection,
        ) as asked_of:
            confirm(intake=intake, by=None)
        return len(asked_of)

    assert statements(2) == statements(20)


def test_missing_answers_of_a_return_without_rows(asked: ExpectedReturn) -> None:
    assert Missing.objects.count() == 0
    assert sent(asked).is_applied
