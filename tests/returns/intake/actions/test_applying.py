"""A return is sent: what each kind of row does to what a young person does, and what stands in its way."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection

from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.models import Intake, IntakeRow
from tests.factories import (
    APPRENTICE,
    CANNOT_BE_FOUND,
    COLLEGE,
    IN_YEAR_11,
    SIXTH_FORM,
    make_activity,
    make_college,
    make_intake,
)
from tests.factories import confirm as confirmed
from tests.returns.intake.ready import (
    AS_AT,
    YEAR_START,
    looked_at,
    problems,
    pupil,
    sent,
    spells,
)
from tracking.models import Activity, Confirmation, Task, YoungPerson
from tracking.state.queries import digests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_of_the_return")]


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


def test_whoever_a_return_touched_is_noted_once_for_the_figures(asked: ExpectedReturn) -> None:
    person = pupil(asked)
    make_activity(person, IN_YEAR_11, date(2025, 9, 1))
    noted()

    sent(asked, (person, {"activity": SIXTH_FORM, "line_1": "9 New Row"}), (None, {}))

    newcomer = YoungPerson.objects.exclude(pk=person.pk).get()
    assert noted() == {person.pk: 1, newcomer.pk: 1}
    YoungPerson.objects.filter(pk=person.pk).update(gender="F")
    assert noted() == {person.pk: 1}


def noted() -> dict[int, int]:
    """How often whom something happened to is noted since this was last asked."""
    with connection.cursor() as cursor:
        cursor.execute("delete from tracking_stirred returning person_id")
        return Counter(person for (person,) in cursor.fetchall())
