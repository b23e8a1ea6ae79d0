"""The files beside the return: contacts, earlier activities, caseload; tried out first, taken in, taken back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from neet.files.actions import store
from returns.bring.actions import NotNow, bring, discard, take_in, try_out, undo_load
from returns.bring.layouts import ACTIVITIES, CONTACTS, placed
from returns.bring.models import Load
from schools.models import Authority
from tests.factories import (
    confirm,
    make_activity,
    make_authority,
    make_person,
    make_service,
    make_user,
    seed_reference,
)
from tracking.models import Activity, Confirmation, ContactPoint, Responsibility, YoungPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority() -> Authority:
    seed_reference()
    return make_authority()


@pytest.fixture
def ada(authority: Authority) -> YoungPerson:
    return make_person(
        authority,
        given_name="Ada",
        family_name="O'Dowd-Lark",
        date_of_birth=date(2009, 5, 1),
        upn="A123456789012",
    )


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def brought(authority: Authority, kind: str, *lines: str) -> Load:
    by = make_user("mi_officer", authority)
    file = store(
        source=["\n".join(lines).encode()], name="file.csv", purpose="bring", by=by, authority_id=authority.pk
    )
    return bring(kind=kind, file=file, authority=authority, by=by)


def taken(authority: Authority, kind: str, *lines: str) -> Load:
    load = try_out(load=brought(authority, kind, *lines), by=None)
    assert load.state == Load.State.TRIED, load.refusal
    return take_in(load=load, by=None)


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("YoungPersonsID,Mobile phone", "{number},07700 900001"),
        ("UPN,Surname,Mobile", "a123456789012,odowdlark,07700 900001"),
        ("UPN,DOB,Mobile", "A123456789012,01/05/2009,07700 900001"),
        ("Forename,Surname,Date of birth,Mobile", "ada,ODOWD-LARK,1 May 2009,07700 900001"),
    ],
)
def test_a_row_finds_its_young_person(authority: Authority, ada: YoungPerson, heading: str, row: str) -> None:
    taken(authority, "contacts", heading, row.format(number=ada.young_person_id))

    assert ContactPoint.objects.get(person=ada).value == "07700 900001"


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("UPN,Surname,Mobile", "A123456789012,Ambler,07700 900001"),  # a UPN alone is not enough
        ("Forename,Surname,DOB,Mobile", "Ada,Lark,01/05/2009,07700 900001"),
        ("CCIS number,Mobile", "9990000000001,07700 900001"),
    ],
)
def test_a_row_that_finds_nobody_is_listed(
    authority: Authority, ada: YoungPerson, heading: str, row: str
) -> None:
    load = taken(authority, "contacts", heading, row)

    assert not ContactPoint.objects.exists()
    assert "Nobody on the register" in load.not_taken.get().why


def test_two_of_the_same_name_and_birth_are_not_guessed_between(
    authority: Authority, ada: YoungPerson
) -> None:
    make_person(authority, given_name="Ada", family_name="O'Dowd-Lark", date_of_birth=date(2009, 5, 1))

    load = taken(
        authority, "contacts", "Forename,Surname,DOB,Mobile", "Ada,O'Dowd-Lark,01/05/2009,07700 900001"
    )

    assert load.not_taken.count() == 1


def test_trying_out_changes_nothing_and_says_what_would_happen(
    authority: Authority, ada: YoungPerson
) -> None:
    load = try_out(
        load=brought(
            authority, "contacts", "CCIS number,Mobile", f"{ada.young_person_id},07700 900001", "1,2"
        ),
        by=None,
    )

    assert (load.state, load.counts["contacts_added"], load.not_taken.count()) == ("tried", 1, 1)
    assert not ContactPoint.objects.exists()


def test_contacts_twice_change_nothing(authority: Authority, ada: YoungPerson) -> None:
    lines = ("CCIS number,Mobile,Parent,Parent phone", f"{ada.young_person_id},07700 900001,Una,01632 960001")
    taken(authority, "contacts", *lines)

    again = taken(authority, "contacts", *lines)

    assert again.counts["contacts_added"] == 0
    assert ContactPoint.objects.count() == 2


def test_earlier_activities_fill_the_room_before_what_is_known(
    authority: Authority, ada: YoungPerson
) -> None:
    make_activity(ada, "310", date(2026, 9, 7))

    taken(
        authority,
        "activities",
        "CCIS number,Activity code,Start date,End date,Confirmed on",
        f"{ada.young_person_id},110,01/09/2024,,02/09/2024",
        f"{ada.young_person_id},210,01/09/2025,31/07/2026,",
    )

    spells = Activity.objects.order_by("starts_on").values_list("code", "ends_on")
    assert list(spells) == [("110", date(2025, 8, 31)), ("210", date(2026, 7, 31)), ("310", None)]
    assert Confirmation.objects.get().verified_on == date(2024, 9, 2)


def test_activities_never_go_over_what_is_known(authority: Authority, ada: YoungPerson) -> None:
    confirm(make_activity(ada, "310", date(2026, 9, 7)), date(2026, 9, 8))

    load = taken(
        authority,
        "activities",
        "CCIS number,Activity code,Start date,End date",
        f"{ada.young_person_id},210,01/10/2026,01/11/2026",
        f"{ada.young_person_id},210,01/03/2026,01/02/2026",
        f"{ada.young_person_id},,01/03/2025,",
        f"{ada.young_person_id},619,soon,",
    )

    assert Activity.objects.count() == 1
    assert [problem.row for problem in load.not_taken.order_by("row")] == [2, 3, 4, 5]


def test_a_caseload_says_who_works_with_whom(authority: Authority, ada: YoungPerson) -> None:
    service = make_service(authority, name="Youth Justice Service", short_name="YJ")
    worker = make_user("caseworker", authority, service=service)

    load = taken(
        authority,
        "caseload",
        "CCIS number,Service,Worker,Since",
        f"{ada.young_person_id},yj,{worker.email},01/10/2026",
        f"{ada.young_person_id},Gardening,,01/10/2026",
        f"{ada.young_person_id},,nobody@example.org,01/10/2026",
    )

    held = Responsibility.objects.get()
    assert (held.service, held.user, held.kind, held.starts_on) == (
        service,
        worker,
        "lead",
        date(2026, 10, 1),
    )
    assert load.not_taken.count() == 2


def test_a_load_is_taken_back_whole(authority: Authority, ada: YoungPerson) -> None:
    load = taken(authority, "contacts", "CCIS number,Mobile", f"{ada.young_person_id},07700 900001")

    undo_load(load=load, by=None, why="The wrong file")

    assert not ContactPoint.objects.exists()
    assert YoungPerson.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("Colour,Mobile", "red,07700 900001"), "No column names the young people"),
        (("CCIS number,Start date", "1,2"), "Activity code"),
        (("",), "empty"),
    ],
)
def test_a_file_without_the_columns_is_refused_in_words(
    authority: Authority, lines: tuple[str, ...], words: str
) -> None:
    load = try_out(load=brought(authority, "activities", *lines), by=None)

    assert load.state == Load.State.REFUSED
    assert words in load.refusal


def test_each_step_happens_once(authority: Authority, ada: YoungPerson) -> None:
    load = taken(authority, "contacts", "CCIS number,Mobile", f"{ada.young_person_id},07700 900001")

    with pytest.raises(NotNow):
        take_in(load=load, by=None)
    with pytest.raises(NotNow):
        discard(load=load, by=make_user("mi_officer", authority))


def test_columns_are_known_by_many_names_and_used_once() -> None:
    assert placed(CONTACTS, ["dob", "E-Mail Address", "YOUNG PERSON ID"]) == {
        "number": "YOUNG PERSON ID",
        "born_on": "dob",
        "email": "E-Mail Address",
    }
    assert placed(ACTIVITIES, ["Start", "StartDate"])["starts_on"] == "StartDate"
