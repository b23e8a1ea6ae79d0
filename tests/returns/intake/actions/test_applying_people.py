"""A return is sent: what it may say of who somebody is, of homes, objections and the September Guarantee."""

from datetime import date

import pytest

from neet.audit.models import AuditEvent
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.taking_back import withdraw
from tests.factories import (
    SIXTH_FORM,
    make_activity,
    make_characteristic,
    make_contact,
    make_objection,
    make_residence,
)
from tests.returns.intake.ready import (
    AS_AT,
    problems,
    pupil,
    sent,
)
from tracking.models import Characteristic, Objection, Residence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_of_the_return")]


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


EHCP, SENS = Characteristic.EHCP, Characteristic.SEN_SUPPORT


@pytest.mark.parametrize(
    ("known", "said", "now", "is_told"),
    [
        (None, "Y", [(EHCP, AS_AT, None)], False),
        (None, "N", [], False),
        (None, "", [], False),
        ((EHCP, None), "Y", [(EHCP, date(2022, 1, 1), None)], False),
        ((EHCP, None), "N", [(EHCP, date(2022, 1, 1), None)], True),
        ((EHCP, date(2025, 7, 31)), "Y", [(EHCP, date(2022, 1, 1), date(2025, 7, 31))], True),
        ((SENS, None), "Y", [(SENS, date(2022, 1, 1), None)], True),
        ((SENS, date(2025, 7, 31)), "Y", [(SENS, date(2022, 1, 1), date(2025, 7, 31)), (EHCP, AS_AT, None)], False),
    ],
)  # fmt: skip
def test_a_plan_is_taken_where_none_is_known_and_never_ended(
    asked: ExpectedReturn,
    known: tuple[str, date | None] | None,
    said: str,
    now: list[tuple[str, date, date | None]],
    is_told: bool,
) -> None:
    person = pupil(asked)
    if known:
        make_characteristic(person, known[0], ends_on=known[1])

    intake = sent(asked, (person, {"has_plan": said} if said else {}))

    found = person.characteristics.order_by("starts_on").values_list("code", "starts_on", "ends_on")
    assert list(found) == now
    assert intake.problems.filter(column="has_plan", kind="register_keeps").exists() is is_told


def test_a_plan_goes_back_with_its_return(asked: ExpectedReturn) -> None:
    person = pupil(asked)

    withdraw(intake=sent(asked, (person, {"has_plan": "Y"})), by=None)

    assert not person.characteristics.exists()
