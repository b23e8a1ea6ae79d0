"""Lists from elsewhere: what each kind says of young people goes onto the register, and back again."""

from collections.abc import Callable
from datetime import date

import pytest

from neet.files.actions import store
from returns.calendar.actions.planning import ListSent, list_brought
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.taking_back import withdraw
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from schools.models import Authority
from tests.factories import (
    make_activity,
    make_characteristic,
    make_college,
    make_person,
    make_school,
)
from tests.returns.intake.ready import spells
from tracking.models import Activity, Characteristic, Objection, Task, YoungPerson
from tracking.state.queries import digests

pytestmark = pytest.mark.usefixtures("in_november")
DAY = date(2026, 11, 20)
SINCE = date(2026, 9, 1)
WHO = "CCIS number,Last name,First name,Date of birth"
Brought = Callable[..., Intake]


@pytest.fixture
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T10:00")


@pytest.fixture
def brought(authority: Authority) -> Brought:
    """A list of this kind, brought in and checked."""

    def made(type: str, *lines: str, whole: bool = False, on: date = DAY) -> Intake:
        layout = LAYOUTS[type]
        sent = ListSent(authority, layout.senders[0], type, on, whole)
        expected = list_brought(sent=sent, title=layout.title, by=None)
        file = store(
            source=["\n".join(lines).encode()],
            name="list.csv",
            purpose="return",
            by=None,
            authority_id=authority.pk,
        )
        intake = begin_with_file(expected=expected, file=file, by=None)
        return check(intake=intake, by=None) if intake.is_open else intake

    return made


@pytest.fixture
def young(authority: Authority) -> Callable[..., YoungPerson]:
    def made(name: str, born: date = date(2009, 5, 1), **fields: object) -> YoungPerson:
        return make_person(authority, family_name=name, given_name="Ada", date_of_birth=born, **fields)

    return made


def row(person: YoungPerson, *cells: str) -> str:
    who = [person.young_person_id, person.family_name, person.given_name]
    return ",".join([*who, f"{person.date_of_birth:%d/%m/%Y}", *cells])


def outcomes(intake: Intake) -> list[str]:
    return list(intake.rows.order_by("number").values_list("outcome", flat=True))


def problems(intake: Intake) -> list[str]:
    return sorted(intake.problems.values_list("kind", flat=True))


def needs(person: YoungPerson) -> list[tuple[str, date | None, date | None]]:
    held = Characteristic.objects.filter(person=person).order_by("code", "starts_on")
    return list(held.values_list("code", "starts_on", "ends_on"))


def test_children_in_care_go_in_and_back_again(
    authority: Authority, young: Callable[..., YoungPerson], brought: Brought
) -> None:
    new, leaver, over, known = (young(name) for name in ("Ambler", "Birch", "Cole", "Dale"))
    make_characteristic(leaver, "110", starts_on=date(2020, 1, 1))
    make_characteristic(over, "110", starts_on=date(2020, 1, 1))
    make_characteristic(known, "110", starts_on=SINCE)
    empty = digests()

    intake = brought(
        "looked_after",
        f"{WHO},Legal status,Date became looked after,To,UASC,Responsible LA",
        row(new, "LAC", "01/09/2026", "", "Yes", "Camden"),
        row(leaver, "Care leaver", "01/10/2026", "", "", ""),
        row(over, "no longer looked after", "", "30/10/2026", "", ""),
        row(known, "Section 31", "01/09/2026", "", "", ""),
        ",Eves,Eve,02/02/2010,CLA,01/03/2026,,No,999",
    )

    assert outcomes(intake) == ["records", "records", "records", "unchanged", "new_person"]
    assert problems(intake) == ["choice"]  # no council has the number 999

    confirm(intake=intake, by=None)

    new.refresh_from_db()
    assert (needs(new), new.corporate_parent_la) == ([("110", SINCE, None), ("UASC", SINCE, None)], "202")
    assert needs(leaver) == [
        ("110", date(2020, 1, 1), date(2026, 9, 30)),
        ("160", date(2026, 10, 1), None),
    ]
    assert needs(over) == [("110", date(2020, 1, 1), date(2026, 10, 30))]
    assert needs(known) == [("110", SINCE, None)]
    assert needs(YoungPerson.objects.get(family_name="Eves")) == [("110", date(2026, 3, 1), None)]
    assert Characteristic.objects.filter(source="Virtual school").count() == 4

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_the_same_list_again_changes_nothing(young: Callable[..., YoungPerson], brought: Brought) -> None:
    lines = (f"{WHO},Status", row(young("Ambler"), "LAC"))
    confirm(intake=brought("looked_after", *lines), by=None)
    once = digests()

    again = brought("looked_after", *lines)
    assert again.is_applied

    other = brought("looked_after", *lines, ",Birch,Bea,01/01/2015,LAC")
    assert outcomes(other) == ["unchanged", "left_out"]
    confirm(intake=other, by=None)

    assert digests() == once


def test_youth_justice_orders_and_custody(young: Callable[..., YoungPerson], brought: Brought) -> None:
    referral, held, over = young("Ambler"), young("Birch", date(2010, 5, 1)), young("Cole")
    make_characteristic(over, "170", starts_on=date(2026, 1, 1))
    make_activity(held, "210", SINCE, verified_on=SINCE)
    empty = digests()

    intake = brought(
        "youth_justice",
        f"{WHO},Order type,Order start date,Order end date,In custody",
        row(referral, "Referral Order", "12/10/2026", "11/04/2027", ""),
        row(held, "DTO", "02/11/2026", "", "Yes"),
        row(over, "Completed", "", "01/11/2026", ""),
    )
    confirm(intake=intake, by=None)

    assert needs(referral) == [("170", date(2026, 10, 12), date(2027, 4, 11))]
    assert needs(held) == [("170", date(2026, 11, 2), None)]
    assert spells(held) == [("210", SINCE, date(2026, 11, 1)), ("290", date(2026, 11, 2), None)]
    assert needs(over) == [("170", date(2026, 1, 1), date(2026, 11, 1))]

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_a_plan_takes_the_place_of_sen_support(young: Callable[..., YoungPerson], brought: Brought) -> None:
    planned, ceased, assessed = young("Ambler"), young("Birch"), young("Cole")
    make_characteristic(planned, "SENS", starts_on=date(2024, 1, 1))
    make_characteristic(ceased, "EHCP", starts_on=date(2024, 1, 1))
    empty = digests()

    intake = brought(
        "plans",
        f"{WHO},Placement status,Date plan issued,Plan ceased on",
        row(planned, "consulting", "01/09/2026", ""),
        row(ceased, "Ceased", "", ""),
        row(assessed, "In assessment", "", ""),
    )
    assert outcomes(intake) == ["records", "records", "unchanged"]
    confirm(intake=intake, by=None)

    assert needs(planned) == [("EHCP", SINCE, None), ("SENS", date(2024, 1, 1), date(2026, 8, 31))]
    assert needs(ceased) == [("EHCP", date(2024, 1, 1), DAY)]
    assert needs(assessed) == []

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_children_taught_at_home_by_age(young: Callable[..., YoungPerson], brought: Brought) -> None:
    """A child of school age is taught at home under one code, somebody past it under another; who went back left."""
    child, older, back = young("Ambler", date(2012, 5, 1)), young("Birch"), young("Cole", date(2012, 5, 1))
    school = make_school()
    make_activity(child, "110", date(2025, 9, 1), establishment=school, verified_on=SINCE)
    make_activity(back, "120", date(2025, 9, 1), verified_on=SINCE, source="service")
    empty = digests()

    intake = brought(
        "home_educated",
        f"{WHO},Date removed from roll,Date returned to school",
        row(child, "05/10/2026", ""),
        row(older, "01/01/2024", ""),
        row(back, "01/09/2025", "30/10/2026"),
        ",Eves,Eve,02/02/2012,01/09/2026,",
        ",Fox,Finn,02/02/2015,01/09/2026,",
    )
    assert outcomes(intake) == ["records", "records", "records", "new_person", "left_out"]
    assert "below_the_years" in problems(intake)
    confirm(intake=intake, by=None)

    assert spells(child) == [("110", date(2025, 9, 1), date(2026, 10, 4)), ("120", date(2026, 10, 5), None)]
    assert spells(older) == [("270", date(2025, 9, 1), None)]
    assert spells(back) == [("120", date(2025, 9, 1), date(2026, 10, 30))]
    assert spells(YoungPerson.objects.get(family_name="Eves")) == [("120", SINCE, None)]
    assert Task.objects.filter(person=back, kind="left").exists()

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_children_missing_education(young: Callable[..., YoungPerson], brought: Brought) -> None:
    child, ill, past = young("Ambler", date(2012, 5, 1)), young("Birch", date(2012, 5, 1)), young("Cole")
    empty = digests()

    intake = brought(
        "missing_education",
        f"{WHO},Situation,Date first known",
        row(child, "CME", "05/10/2026"),
        row(ill, "Hospital school", "12/10/2026"),
        row(past, "Off roll", "12/10/2026"),
    )
    confirm(intake=intake, by=None)

    assert spells(child) == [("140", date(2026, 10, 5), None)]
    assert spells(ill) == [("110", date(2026, 10, 12), None)]
    assert spells(past) == []
    assert "apply_not_of_that_age" in problems(intake)

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_apprenticeships_name_provider_and_employer(
    young: Callable[..., YoungPerson], brought: Brought
) -> None:
    starts, leaves, moves = young("Ambler"), young("Birch"), young("Cole")
    wick = make_college(name="Wick Training", ukprn="10012345")
    make_activity(leaves, "310", SINCE, establishment=wick, verified_on=SINCE)
    make_activity(moves, "230", SINCE, establishment=make_college(), verified_on=DAY, source="provider")
    empty = digests()

    intake = brought(
        "apprenticeships",
        f"{WHO},Programme type,Learning aim,Employer name,UKPRN,Learning start date,Expected end,Date left",
        row(starts, "Level 3", "Bricklaying", "Bell Builders", "10012345", "05/10/2026", "31/07/2028", ""),
        row(leaves, "Apprenticeship", "", "", "10012345", "", "", "30/10/2026"),
        row(moves, "Advanced apprenticeship", "Care", "", "10012345", "02/11/2026", "", ""),
        ",Eves,Eve,02/02/2009,Apprenticeship,,,10012345,01/09/2026,,",
        ",Fox,Finn,02/02/2009,Apprenticeship,,,10099999,01/09/2026,,",
    )
    assert outcomes(intake) == ["records", "records", "records", "beside", "stopped"]
    confirm(intake=intake, by=None)

    made = Activity.objects.get(person=starts)
    assert (made.code, made.establishment, made.starts_on) == ("310", wick, date(2026, 10, 5))
    assert (made.course, made.predicted_end_on) == ("Bricklaying, with Bell Builders", date(2028, 7, 31))
    assert spells(leaves) == [("310", SINCE, date(2026, 10, 30))]
    assert spells(moves) == [("230", SINCE, date(2026, 11, 1)), ("310", date(2026, 11, 2), None)]
    assert not YoungPerson.objects.filter(family_name="Eves").exists()

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_a_claim_is_evidence_since_when_somebody_is_neet(
    young: Callable[..., YoungPerson], brought: Brought
) -> None:
    idle, ill, studies, refused, young_one = (
        young(name, date(2008, 5, 1)) for name in ("Ambler", "Birch", "Cole", "Dale", "Eves")
    )
    young_one.date_of_birth = date(2010, 1, 1)
    young_one.save()
    make_activity(ill, "640", SINCE, verified_on=SINCE)
    make_activity(studies, "230", SINCE, establishment=make_college(), verified_on=date(2026, 11, 10))
    empty = digests()

    intake = brought(
        "claimants",
        f"{WHO},Claim date,Consent",
        row(idle, "12/10/2026", "Yes"),
        row(ill, "12/10/2026", "Yes"),
        row(studies, "12/10/2026", "Yes"),
        row(refused, "12/10/2026", "No"),
        row(young_one, "12/10/2026", "Yes"),
    )
    assert [kind for kind in problems(intake) if kind in {"no_consent", "other_age"}] == [
        "no_consent",
        "other_age",
    ]
    assert outcomes(intake)[3] == "stopped"
    confirm(intake=intake, by=None)

    made = Activity.objects.get(person=idle)
    assert (made.code, made.starts_on, made.neet_since_on) == ("619", date(2026, 10, 12), date(2026, 10, 12))
    same = Activity.objects.get(person=ill)
    assert (same.code, same.neet_since_on) == ("640", date(2026, 10, 12))
    assert spells(studies) == [("230", SINCE, None)]  # the college knew better after the claim
    assert Task.objects.filter(person=studies, kind="return_differs").exists()

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_another_council_hands_young_people_on(young: Callable[..., YoungPerson], brought: Brought) -> None:
    gone = young("Ambler", cohort_status="T", transferred_to_la="202")
    works, known = young("Birch"), young("Cole")
    make_activity(known, "230", SINCE, establishment=make_college(), verified_on=SINCE)
    empty = digests()

    intake = brought(
        "transfers",
        f"{WHO},Transfer type,Previous identifier,Activity code,Date moved in",
        row(gone, "Arrival", "2020000000001", "", "02/11/2026"),
        row(works, "Moved in", "2020000000002", "310", "02/11/2026"),
        row(known, "Unknown", "", "", ""),
        ",Eves,Eve,02/02/2009,Unknown resident,,,",
    )
    confirm(intake=intake, by=None)

    gone.refresh_from_db()
    assert (gone.cohort_status, gone.transferred_to_la, gone.previous_id) == ("P", "", "2020000000001")
    assert spells(works) == [("310", date(2026, 11, 2), None)]
    assert spells(known) == [("230", SINCE, None)]
    assert spells(YoungPerson.objects.get(family_name="Eves")) == [("810", DAY, None)]

    withdraw(intake=intake, by=None)

    assert digests() == empty


def test_a_census_of_many_schools(
    authority: Authority, young: Callable[..., YoungPerson], brought: Brought
) -> None:
    hill = make_school(name="Hill School", number="8864001", la_code="886")
    dale = make_school(name="Dale School", number="8864002", la_code="886", kind="special")
    pupil, sixth, mover = young("Ambler", date(2012, 5, 1)), young("Birch"), young("Cole", date(2012, 5, 1))
    make_activity(mover, "110", date(2025, 9, 1), establishment=hill, verified_on=SINCE)
    empty = digests()

    intake = brought(
        "census",
        "Estab,CCIS number,Surname,Forename,DoB,EnrolStatus,EntryDate,NCyearActual,"
        "Youth support services agreement,Postcode",
        f"8864001,{pupil.young_person_id},Ambler,Ada,01/05/2012,C,01/09/2023,9,Yes,ZZ9 9ZZ",
        f"886/4001,{sixth.young_person_id},Birch,Ada,01/05/2009,C,01/09/2020,13,No,",
        f"8864002,{mover.young_person_id},Cole,Ada,01/05/2012,M,02/11/2026,9,UNS,",
        "8864002,,Dale,Dan,01/05/2012,S,02/11/2026,9,Yes,",
        "8869999,,Eves,Eve,01/05/2012,C,02/11/2026,9,Yes,",
        "8864001,,Fox,Finn,01/05/2015,C,02/11/2026,6,Yes,",
    )
    assert outcomes(intake) == ["records", "records", "records", "new_person", "stopped", "left_out"]
    confirm(intake=intake, by=None)

    assert spells(pupil) == [("110", date(2023, 9, 1), None)]
    made = Activity.objects.get(person=sixth)
    assert (made.code, made.establishment, made.starts_on) == ("210", hill, date(2025, 9, 1))
    assert Objection.objects.filter(person=sixth, withdrawn_on=None).exists()
    assert spells(mover) == [("110", date(2025, 9, 1), date(2026, 11, 1)), ("110", date(2026, 11, 2), None)]
    assert Activity.objects.filter(person=mover).latest("starts_on").establishment == dale
    assert spells(YoungPerson.objects.get(family_name="Dale")) == []

    withdraw(intake=intake, by=None)

    assert digests() == empty
