"""A register brought by its DfE return: all of it, once, and back again."""

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from neet.audit.models import AuditEvent
from returns.bring.actions import NotNow, take_return_at_once, undo_load
from returns.bring.models import Load
from returns.bring.outcome import CannotTake
from returns.models import Submission
from returns.nccis import xml
from returns.nccis.header import Header
from returns.nccis.reading import Reading
from returns.nccis.record import Record
from schools.models import Authority
from tests.factories import make_authority, make_note, make_user, seed_reference
from tracking.models import (
    Activity,
    Characteristic,
    Confirmation,
    FormerName,
    Residence,
    Situation,
    YoungPerson,
)

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "samples" / "nccis" / "return-2019-04.xml"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample return does not lie beside the project"
)

ADA = Record(
    young_persons_id="7770000000001",
    cohort_status="P",
    given_name="Ada",
    family_name="Lovelock",
    address_line_1="1 Mill Row",
    town="Wick",
    postcode="ZZ99 9ZZ",
    gender="F",
    dob="2009-05-01",
    ethnicity="WBRI",
    lead_lea="777",
    guarantee_status_indicator="N",
    level_of_need_code="3",
    send_flag="Y",
    sen_support_flag="N",
    characteristics=("110",),
    activity_code="230",
    start_date="2025-09-01",
    date_ascertained="2025-09-20",
    date_verified="2025-10-01",
    predicted_end_date="2027-07-15",
    establishment_name="Wick College",
)


@pytest.fixture
def authority() -> Authority:
    seed_reference()
    return make_authority(code="777", database_id="777")


def file_of(*given: Record, period_end: str = "2025-10-31") -> io.BytesIO:
    header = Header(("777",), ("390",), "2025-11-05", period_end, "Elsewhere", "1", "1")
    return io.BytesIO(b"".join(xml.chunks(header, given)))


def taken(authority: Authority, *given: Record, **header: Any) -> Load:
    return take_return_at_once(file=file_of(*given, **header), authorities={"777": authority}, by=None)


def facts() -> list[Any]:
    """The current facts, without keys and versions."""
    tables: Iterable[Any] = (
        YoungPerson.objects.values_list(
            "young_person_id", "given_name", "family_name", "upn", "cohort_status"
        ),
        Activity.objects.values_list(
            "person__young_person_id", "code", "starts_on", "ends_on", "predicted_end_on"
        ),
        Residence.objects.values_list("person__young_person_id", "line_1", "ends_on"),
        Characteristic.objects.values_list("person__young_person_id", "code", "ends_on"),
        Situation.objects.values_list("person__young_person_id", "code", "lapses_on"),
    )
    return [sorted(map(str, table)) for table in tables]


def test_a_record_becomes_a_person_with_all_that_is_known(authority: Authority) -> None:
    load = taken(authority, ADA)

    person = YoungPerson.objects.get()
    assert (person.full_name, person.date_of_birth, person.source) == (
        "Ada Lovelock",
        date(2009, 5, 1),
        "loaded",
    )
    assert person.residences.get().town == "Wick"
    assert sorted(person.characteristics.values_list("code", flat=True)) == ["110", "EHCP"]
    assert person.situation.lapses_on == date(2026, 8, 31)
    assert person.activities.get().confirmations.get().verified_on == date(2025, 10, 1)
    assert load.counts["people_added"] == 1
    assert AuditEvent.objects.get(pk=load.event_id).counts["people_added"] == 1


def test_the_same_file_twice_changes_nothing(authority: Authority) -> None:
    taken(authority, ADA)
    before, confirmations = facts(), Confirmation.objects.count()

    again = taken(authority, ADA)

    assert facts() == before
    assert Confirmation.objects.count() == confirmations
    assert {
        count for name, count in again.counts.items() if name not in ("read", "matched", "activities_known")
    } == {0}


def test_next_months_file_closes_what_ended_and_opens_what_began(authority: Authority) -> None:
    taken(authority, ADA)
    november = ADA._replace(
        activity_code="310", start_date="2025-11-10", date_ascertained="2025-11-12", date_verified="2025-11-12",
        address_line_1="2 Hill Row", family_name="Byronson", characteristics=(),
    )  # fmt: skip

    taken(authority, november, period_end="2025-11-30")

    spells = Activity.objects.order_by("starts_on").values_list("code", "ends_on")
    assert list(spells) == [("230", date(2025, 11, 9)), ("310", None)]
    assert list(Residence.objects.order_by("pk").values_list("ends_on", flat=True)) == [
        date(2025, 11, 29),
        None,
    ]
    assert FormerName.objects.get().family_name == "Lovelock"
    assert Characteristic.objects.get(code="110").ends_on == date(2025, 11, 29)


def test_a_number_put_together_with_another_means_the_record_that_stands(authority: Authority) -> None:
    load = taken(authority, ADA, ADA._replace(young_persons_id="7770000000002"))
    stands, gone = YoungPerson.objects.order_by("young_person_id")
    YoungPerson.objects.filter(pk=gone.pk).update(merged_into=stands)
    of_gone = ADA._replace(young_persons_id=gone.young_person_id, given_name="Adela")

    taken(authority, of_gone, period_end="2025-11-30")
    stands.refresh_from_db()
    gone.refresh_from_db()
    assert (load.counts["matched"], stands.given_name, gone.given_name) == (2, "Adela", "Ada")

    taken(authority, ADA, of_gone._replace(cohort_status="M"), period_end="2025-12-31")
    stands.refresh_from_db()
    gone.refresh_from_db()
    assert (stands.given_name, stands.cohort_status) == ("Ada", "P")
    assert (gone.given_name, gone.cohort_status) == ("Adela", "M")


def test_an_empty_field_never_erases_what_is_known(authority: Authority) -> None:
    taken(authority, ADA._replace(unique_pupil_number="A777000014001"))

    taken(authority, ADA._replace(given_name="", ethnicity=""), period_end="2025-11-30")

    person = YoungPerson.objects.get()
    assert (person.given_name, person.ethnicity, person.upn) == ("Ada", "WBRI", "A777000014001")


def test_an_activity_older_than_what_is_known_stays_outside_and_is_named(authority: Authority) -> None:
    taken(authority, ADA)

    load = taken(authority, ADA._replace(activity_code="110", start_date="2024-09-01"))

    assert Activity.objects.get().code == "230"
    assert "later activity" in load.not_taken.get().why


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"young_persons_id": "12"}, "13 digits"),
        ({"lead_lea": "888"}, "no register here"),
    ],
)
def test_what_cannot_be_taken_is_listed_with_the_reason(
    authority: Authority, change: dict[str, str], words: str
) -> None:
    load = taken(authority, ADA._replace(**change), ADA._replace(young_persons_id="7770000000009"))

    refused = load.not_taken.get()
    assert (refused.row, refused.whole_row) == (1, True)
    assert words in refused.why
    assert YoungPerson.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dob": "31/02/2009"}, "not a date"),
        ({"start_date": ""}, "no start"),
        ({"activity_code": ""}, "names none"),
        ({"given_name": "A" * 101}, "Longer than"),
    ],
)
def test_a_record_is_taken_without_the_field_that_cannot_be_read(
    authority: Authority, change: dict[str, str], words: str
) -> None:
    load = taken(authority, ADA._replace(**change))

    remark = load.not_taken.get()
    assert words in remark.why
    assert not remark.whole_row
    assert YoungPerson.objects.count() == 1


def test_the_second_of_two_equal_numbers_stays_outside(authority: Authority) -> None:
    load = taken(authority, ADA, ADA._replace(given_name="Eve"))

    assert YoungPerson.objects.get().given_name == "Ada"
    assert load.not_taken.get().row == 2


@pytest.mark.parametrize("cut", [0.5, 0.99])
def test_a_truncated_file_loads_nothing(authority: Authority, cut: float) -> None:
    whole = file_of(*[ADA._replace(young_persons_id=f"777{n:010d}") for n in range(50)]).getvalue()

    with pytest.raises(CannotTake):
        cut_short = io.BytesIO(whole[: int(len(whole) * cut)])
        take_return_at_once(file=cut_short, authorities={"777": authority}, by=None)

    assert not YoungPerson.objects.exists()
    assert not AuditEvent.objects.exists()


def test_taking_a_load_back_leaves_what_was_there_before(authority: Authority) -> None:
    taken(authority, ADA)
    before = facts()
    second = taken(
        authority,
        ADA._replace(
            activity_code="310", start_date="2025-11-10", address_line_1="2 Hill Row", given_name="Adah"
        ),
        ADA._replace(young_persons_id="7770000000002", given_name="Eve"),
        period_end="2025-11-30",
    )

    undo_load(load=second, by=None, why="The wrong month")

    assert facts() == before


def test_taking_back_keeps_what_somebody_changed_since(authority: Authority) -> None:
    load = taken(authority, ADA, ADA._replace(young_persons_id="7770000000002"))
    ada, other = YoungPerson.objects.order_by("young_person_id")
    YoungPerson.objects.filter(pk=ada.pk).update(known_as="Addie")
    make_note(other, written_by=make_user("tracking_officer", authority))

    undone = {each.table: each for each in undo_load(load=load, by=None)}

    assert set(YoungPerson.objects.values_list("pk", flat=True)) == {ada.pk, other.pk}
    assert undone["tracking_youngperson"].left == 2


def test_a_load_is_taken_back_once(authority: Authority) -> None:
    load = taken(authority, ADA)
    undo_load(load=load, by=None)

    with pytest.raises(NotNow):
        undo_load(load=load, by=None)


def test_loading_again_after_taking_back_confirms_again(authority: Authority) -> None:
    before = (taken(authority, ADA), facts())[1]
    undo_load(load=Load.objects.get(), by=None)

    taken(authority, ADA)

    assert facts() == before
    assert YoungPerson.objects.get().situation.verified_on == date(2025, 10, 1)


def test_statements_do_not_grow_with_the_file(authority: Authority, django_assert_max_num_queries) -> None:
    many = [ADA._replace(young_persons_id=f"777{number:010d}") for number in range(1, 201)]

    with django_assert_max_num_queries(45):
        taken(authority, *many)

    assert YoungPerson.objects.count() == 200


@needs_sample
def test_the_sample_goes_in_whole_and_comes_out_as_it_went_in(tmp_path: Path) -> None:
    seed_reference()
    call_command("load_nccis", str(SAMPLE))
    assert YoungPerson.objects.count() == 204

    for code in Authority.objects.values_list("code", flat=True):
        build(code, tmp_path / f"{code}.xml")

    given = {record.young_persons_id: record for record in _read(SAMPLE)}
    made = [record for path in tmp_path.glob("*.xml") for record in _read(path)]
    # Where the two differ, the lapse date follows the rules of the day and not the other system's.
    same = [replace_lapse(record) == replace_lapse(given[record.young_persons_id]) for record in made]
    assert all(same)
    assert len(made) == 182  # the rest are over age without an EHC plan: error 40


@needs_sample
def test_the_same_month_built_twice_is_the_same_file_but_for_the_day_it_is_sent(tmp_path: Path) -> None:
    seed_reference()
    call_command("load_nccis", str(SAMPLE))

    for name in ("first", "second"):
        build("390", tmp_path / name)

    first, second = ((tmp_path / name).read_bytes().splitlines() for name in ("first", "second"))
    different = [one for one, other in zip(first, second, strict=True) if one != other]
    assert all(b"DateOfSend" in line for line in different)
    assert Submission.objects.count() == 2


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    seed_reference()
    (tmp_path / "letter.xml").write_text("Dear Sir")

    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_nccis", str(tmp_path / "letter.xml"))


def build(code: str, out: Path) -> None:
    call_command("build_nccis", "--authority", code, "--month", "2019-04", "--out", str(out))


def _read(path: Path) -> list[Record]:
    with path.open("rb") as file:
        return list(Reading(file))


def replace_lapse(record: Record) -> Record:
    return record._replace(due_to_lapse_date="", currency_lapsed="")
