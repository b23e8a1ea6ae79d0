"""Taking in the national register of schools and colleges."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from schools.models import Establishment
from schools.rules.national_register import NEEDED, kind_of

pytestmark = pytest.mark.django_db


def line(urn: str, **changes: str) -> dict[str, str]:
    return {
        "URN": urn,
        "LA (code)": "886",
        "EstablishmentNumber": "4001",
        "EstablishmentName": "Heronwood School",
        "TypeOfEstablishment (name)": "Academy converter",
        "EstablishmentTypeGroup (name)": "Academies",
        "EstablishmentStatus (name)": "Open",
        "CloseDate": "",
        "PhaseOfEducation (name)": "Secondary",
        "StatutoryHighAge": "18",
        "Town": "Heronwood",
        "Postcode": "ZZ99 1AA",
        "UKPRN": "10099999",
        **changes,
    }


def load(folder: Path, *lines: dict[str, str], encoding: str = "cp1252") -> None:
    file = folder / "register.csv"
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, NEEDED)
        writer.writeheader()
        writer.writerows(lines)
    call_command("load_establishments", file, verbosity=0)


def test_an_open_school_is_added(tmp_path: Path) -> None:
    load(tmp_path, line("900001", EstablishmentName="St Zoë’s School"))

    school = Establishment.objects.get(urn="900001")
    assert (school.number, school.name, school.kind) == ("8864001", "St Zoë’s School", "school")
    assert school.highest_year_group == 13


def test_a_second_load_changes_the_same_row(tmp_path: Path) -> None:
    load(tmp_path, line("900001"))

    load(tmp_path, line("900001", EstablishmentName="Heronwood Academy"))

    assert [school.name for school in Establishment.objects.all()] == ["Heronwood Academy"]


def test_a_closed_school_stays_and_lets_its_successor_have_the_number(tmp_path: Path) -> None:
    load(tmp_path, line("900001"))
    closed = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}

    load(tmp_path, line("900001", **closed), line("900002"))

    before, after = Establishment.objects.order_by("urn")
    assert (before.number, before.closed_on) == ("", date(2026, 8, 31))
    assert (after.number, after.closed_on) == ("8864001", None)


def test_a_place_entered_by_hand_is_adopted_by_its_number(tmp_path: Path) -> None:
    Establishment.objects.create(name="Heronwood", kind="school", la_code="886", number="8864001")

    load(tmp_path, line("900001"))

    assert [place.urn for place in Establishment.objects.all()] == ["900001"]


def test_a_primary_school_is_left_out(tmp_path: Path) -> None:
    load(tmp_path, line("900001", **{"PhaseOfEducation (name)": "Primary"}))

    assert not Establishment.objects.exists()


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    closed = {"EstablishmentStatus (name)": "Closed", "CloseDate": "soon", "EstablishmentNumber": "4002"}

    load(tmp_path, line("900001", **closed), line("900002"))

    assert [school.urn for school in Establishment.objects.all()] == ["900002"]


def test_another_file_is_refused_with_the_missing_columns(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("Name,Town\nA,B\n")

    with pytest.raises(CommandError, match="UKPRN"):
        call_command("load_establishments", file)


@pytest.mark.parametrize(
    ("type_name", "group", "kind"),
    [
        ("Further education", "Colleges", "college"),
        ("Special post 16 institution", "Special schools", "special_college"),
        ("Free schools 16 to 19", "Free Schools", "sixth_form_college"),
        ("Academy special converter", "Academies", "special"),
        ("Pupil referral unit", "Local authority maintained schools", "alternative"),
        ("Community school", "Local authority maintained schools", "school"),
        ("Voluntary aided", "Local authority maintained schools", "school"),
        ("Miscellaneous", "Other types", "other"),
    ],
)
def test_types_become_our_kinds(type_name: str, group: str, kind: str) -> None:
    assert kind_of(type_name, group) == kind
