"""National files are taken in whole or not at all, and addresses get the district of their postcode."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from schools.models import Authority, District
from tests.factories import make_authority, make_district, make_person, make_residence, make_user
from tests.tracking.reconciling.conftest import DIRECTORY, HEADINGS, KENT, MEDWAY, NORTH, SOUTH, Write
from tracking.reconciling.actions.districts import place_addresses, places_of_the_day, take_district
from tracking.reconciling.models import Area, DirectoryFile, PopulationEstimate, Postcode
from tracking.reconciling.queries.addresses import counted, living, perhaps_moved, shown, ward_names
from tracking.reconciling.queries.coverage import estimates_of
from tracking.reference.queries import ruleset
from tracking.register.refusals import NotPermitted

RULES_ON = date(2026, 11, 23)


def load(name: str, *args: object, **options: object) -> str:
    out = StringIO()
    call_command(name, *map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_postcodes_come_in_however_they_are_written_and_once(
    authority: Authority, write: Write, encoding: str
) -> None:
    path = write(*DIRECTORY, DIRECTORY[1], encoding=encoding)

    assert "8 rows, 7 of them new or different" in load("load_postcodes", path)
    assert "8 rows, 0 of them new or different" in load("load_postcodes", path)

    assert Postcode.objects.count() == 7
    ended = Postcode.objects.get(pk="ZZ11AD")
    assert (ended.authority_code, ended.district_code, ended.ended_on) == (KENT, NORTH, date(2015, 12, 1))
    assert Postcode.objects.get(pk="ZZ31AA").authority_code == MEDWAY
    assert DirectoryFile.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"ZZ1 1AA,ZZ1 1AA,,{KENT},{SOUTH},E05000001", "names a postcode that stands in another row"),
        (
            f"ZZ9 1AA,ZZ9 1AA,,{KENT},Canterbury,E05000001",
            "Row 10 cannot be taken in: the code of its district",
        ),
        ("ZZ9 1AA", "Row 10 cannot be taken in: it has fewer cells"),
    ],
)
def test_nothing_of_a_directory_with_a_wrong_row_is_taken_in(
    write: Write, db: None, line: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        load("load_postcodes", write(*DIRECTORY, line))

    assert not Postcode.objects.exists()
    assert not DirectoryFile.objects.exists()
    assert not AuditEvent.objects.filter(kind__startswith="reconciling").exists()


def test_files_that_are_something_else_are_refused_in_plain_words(
    write: Write, db: None, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="not the directory of postcodes"):
        load("load_postcodes", write("Name,Town", "A,B"))
    with pytest.raises(CommandError, match="holds no postcode"):
        load("load_postcodes", write(HEADINGS))
    with pytest.raises(CommandError, match="no text with columns"):
        load("load_postcodes", write(*DIRECTORY, "\x00" + "x" * 200_000 + '"', name="nul.csv"))
    with pytest.raises(CommandError, match="There is no file"):
        load("load_postcodes", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="no list of names"):
        load("load_postcodes", write(*DIRECTORY), names=[write("A,B", "1,2", name="names.csv")])
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(CommandError, match="not the directory"):
        load("load_postcodes", tmp_path / "empty.csv")


@pytest.fixture
def town(authority: Authority, north: District, south: District) -> Callable[..., int]:
    """Somebody who lives at a postcode, with the district that was written down."""

    def lives(postcode: str, district: District | None = None, **fields: object) -> int:
        person = make_person(authority, **fields)
        make_residence(person, postcode=postcode, district=district)
        return person.pk

    return lives


def test_only_addresses_without_a_district_get_one(
    authority: Authority, town: Callable[..., int], north: District, south: District, write: Write
) -> None:
    empty, typed = town("zz11aa"), town("ZZ2 1AA", north)
    other = make_authority()
    make_district(other, name="Theirs")
    elsewhere = make_person(other)
    make_residence(elsewhere, postcode="ZZ1 1AB")
    before = make_residence(make_person(authority), postcode="ZZ1 1AB", ends_on=date(2025, 1, 1))

    assert "Invented County: 1 address given a district" in load("load_postcodes", write(*DIRECTORY))

    held = {each.person_id: each.district for each in authority.young_people.get(pk=empty).residences.all()}
    assert held == {empty: north}
    assert authority.young_people.get(pk=typed).residences.get().district == north
    assert elsewhere.residences.get().district is None
    before.refresh_from_db()
    assert before.district is None
    event = AuditEvent.objects.get(kind="reconciling.districts_found_by_postcode")
    assert (event.authority_id, event.subjects, event.user_id) == (authority.pk, [empty], None)
    assert place_addresses(by=None) == []
    assert places_of_the_day(day=RULES_ON) == {"addresses": 0}


def test_districts_get_their_codes_from_names(authority: Authority, write: Write) -> None:
    plain, twice, kept = (make_district(authority, name=name) for name in ("Canterbury", "Newtown", "Dover"))
    District.objects.filter(pk=kept.pk).update(ons_code="E07000999")
    names = write(
        "LAD25CD,LAD25NM", f"{NORTH},Canterbury", "E07000001,Newtown", "E07000002,Newtown", "E07000108,Dover",
        name="names.csv",
    )  # fmt: skip

    load("load_postcodes", write(*DIRECTORY), names=[names])

    codes = dict(District.objects.filter(authority=authority).values_list("pk", "ons_code"))
    assert codes == {plain.pk: NORTH, twice.pk: "", kept.pk: "E07000999"}
    assert Area.objects.get(pk=NORTH).name == "Canterbury"


def test_addresses_elsewhere_are_counted_listed_and_suggested_as_moves(
    authority: Authority, town: Callable[..., int], officer: User, north: District, write: Write,
    django_assert_num_queries,
) -> None:  # fmt: skip
    fine, differs, outside = town("ZZ1 1AA", north), town("ZZ2 1AA", north), town("ZZ3 1AA")
    scotland, unknown = town("ZZ4 1AA"), town("XX1 1XX")
    without = make_person(authority).pk
    town("ZZ3 1AA", cohort_status="T")
    hidden = town("ZZ2 1AA", north, restricted_on=date(2026, 1, 1), restricted_reason="Safety")
    rules = ruleset(RULES_ON)
    assert not counted(authority.pk, authority.code, rules).is_known
    load("load_postcodes", write(*DIRECTORY))

    with django_assert_num_queries(1):
        found = counted(authority.pk, authority.code, rules)
    assert (found.people, dict(found.parts)) == (7, {"outside": 2, "differs": 2, "unknown": 1, "none": 1})

    def of(part: str) -> list[tuple[int, str, str]]:
        return living(officer, authority.pk, authority.code, part, rules)

    assert of("differs") == [(differs, "North", "South")]
    assert {person: says for person, _, says in of("outside")}[outside] == rules.areas["887"].label
    assert [person for person, _, _ in of("unknown")] == [unknown]
    assert [person for person, _, _ in of("none")] == [without]
    assert hidden not in [each.person.pk for each in shown(of("differs"))]
    assert perhaps_moved(authority.pk, authority.code, rules) == {outside: "887", scotland: ""}
    assert ward_names([fine, unknown]) == {fine: "E05000001"}


def test_the_district_of_the_postcode_is_taken_for_the_ticked(
    authority: Authority,
    town: Callable[..., int],
    officer: User,
    north: District,
    south: District,
    write: Write,
) -> None:
    one, other = town("ZZ2 1AA", north), town("ZZ2 1AB", north)
    load("load_postcodes", write(*DIRECTORY))
    with pytest.raises(NotPermitted):
        take_district(authority_id=authority.pk, people=[one], by=make_user("manager", authority))

    assert take_district(authority_id=authority.pk, people=[one], by=officer) == 1
    assert take_district(authority_id=authority.pk, people=[one], by=officer) == 0

    held = {
        person: authority.young_people.get(pk=person).residences.get().district for person in (one, other)
    }
    assert held == {one: south, other: north}


def test_estimates_replace_their_year_and_leave_others(authority: Authority, write: Write) -> None:
    assert "2 figures, 2 of them new" in load(
        "load_population", write("Code,Age,2024,2025", f"{KENT},16,100,110")
    )
    again = write("Code,Year,Age,People", f"{KENT},2025,16,115", encoding="utf-16")
    assert "1 figure, 1 of them new or different" in load("load_population", again)
    assert "1 figure, 0 of them new or different" in load("load_population", again)

    assert estimates_of(authority, ruleset(RULES_ON)) == {(2024, 16): 100, (2025, 16): 115}


def test_a_county_without_estimates_is_the_sum_of_its_districts(
    authority: Authority, north: District, south: District, write: Write
) -> None:
    load("load_population", write("Code,Year,Age,People", f"{NORTH},2025,16,50"))
    assert estimates_of(authority, ruleset(RULES_ON)) == {}

    load("load_population", write("Code,15,16", f"{SOUTH},61,60"), year=2025)
    assert estimates_of(authority, ruleset(RULES_ON)) == {(2025, 16): 110}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Code,Year,Age,People", f"{KENT},2025,16,-4"], "Row 2 needs a number of people"),
        (
            ["Code,Year,Age,People", f"{KENT},2025,16,4", f"{KENT},2025,16,5"],
            "Row 3 gives a figure that stands",
        ),
        (["Code,Age,People", f"{KENT},16,4"], "of which year"),
        (["Council,Year,Age,People", "Kent,2025,16,4"], "code of an area"),
        ([""], "load_population|empty|holds no"),
    ],
)
def test_nothing_of_wrong_estimates_is_taken_in(write: Write, db: None, lines: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        load("load_population", write(*lines))

    assert not PopulationEstimate.objects.exists()
    assert not DirectoryFile.objects.exists()
