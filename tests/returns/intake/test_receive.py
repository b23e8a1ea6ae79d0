"""manage.py receive: the same road as the portal's."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from returns.calendar.models import Collection, ExpectedReturn
from returns.intake.models import Intake
from returns.management.commands.receive import Command
from schools.models import Authority, Establishment
from tests.factories import make_activity, make_person, make_school
from tests.returns.intake.conftest import HEADINGS
from tracking.models import YoungPerson

ADA = "Lark,Ada,01/05/2009,F,,1 Mill Lane,ZZ9 9ZZ,13,07700 900001"
BAD = "Ambler,Bram,31/06/2009,M,,2 Mill Lane,ZZ9 9ZZ,13,07700 900002"


def receive(path: Path, *rows: str, **options: object) -> tuple[str, int]:
    """What the command says and how it ends."""
    file, said = path / "enrolment.csv", StringIO()
    file.write_text("\n".join([HEADINGS, *rows]))
    try:
        call_command("receive", file, type="enrolment", stdout=said, **options)
    except SystemExit as end:
        return said.getvalue(), int(str(end.code))
    return said.getvalue(), 0


@pytest.mark.parametrize("said", ["123456", "{number}", "10012345", "Hill School", "hill school"])
def test_a_school_is_found_by_number_or_name(authority: Authority, tmp_path: Path, said: str) -> None:
    school = make_school(urn="123456", ukprn="10012345", name="Hill School", la_code=authority.code)

    answer, _ = receive(tmp_path, ADA, establishment=said.format(number=school.number))

    assert answer.splitlines()[1].startswith("Hill School")


def test_it_says_what_is_wrong_and_who_is_missing(
    authority: Authority, school: Establishment, tmp_path: Path
) -> None:
    gil = make_person(authority, date_of_birth=date(2009, 7, 3))
    make_activity(gil, "210", date(2025, 9, 1), establishment=school)

    said, end = receive(tmp_path, ADA, BAD, establishment="123456")

    assert end == 2
    assert "2 rows read" in said
    assert "1 person expected and not on the return" in said
    assert "1 error: Date of birth is a day that never was" in said
    assert "row 3:" in said
    assert not YoungPerson.objects.exclude(pk=gil.pk).exists()


def test_what_is_clear_goes_on_the_register_and_the_rest_waits(school: Establishment, tmp_path: Path) -> None:
    said, end = receive(tmp_path, ADA, BAD, establishment="123456", apply=True, notice=date(2026, 9, 1))

    assert (end, "Taken over." in said) == (2, True)
    assert YoungPerson.objects.get().given_name == "Ada"


def test_the_same_file_again_changes_nothing(school: Establishment, tmp_path: Path) -> None:
    given = {"establishment": "123456", "apply": True, "notice": date(2026, 9, 1)}
    receive(tmp_path, ADA, **given)

    said, end = receive(tmp_path, ADA, **given)

    assert (end, "nothing changed" in said) == (0, True)
    assert (Intake.objects.count(), StoredFile.objects.count(), YoungPerson.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"establishment": "999999"}, "No school or college has the number or name 999999."),
        ({"establishment": "123456", "authority": "001"}, "Say for which council"),
        ({"establishment": "123456", "apply": True}, "privacy notice.* --notice 2026-09-01"),
    ],
)
def test_what_cannot_be_taken_is_said(
    school: Establishment, tmp_path: Path, given: dict[str, object], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        receive(tmp_path, ADA, **given)


def test_a_file_that_is_no_table_is_refused(school: Establishment, tmp_path: Path) -> None:
    file = tmp_path / "return.pdf"
    file.write_text("%PDF-1.4")

    for _ in range(2):
        with pytest.raises(CommandError, match=r"This is a PDF.* Nothing was taken"):
            call_command("receive", file, type="enrolment", establishment="123456", apply=True)
    assert Intake.objects.get().state == "refused"


def everything(tmp_path: Path) -> tuple[int, ...]:
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    models = (Intake, StoredFile, Collection, ExpectedReturn, AuditEvent, YoungPerson)
    return (len(kept), *(model.objects.count() for model in models))


@pytest.mark.parametrize("rows", [(ADA,), (ADA, BAD), ("%PDF-1.4",)])
def test_without_apply_nothing_is_left_behind(
    school: Establishment, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    (tmp_path / "enrolment.csv").touch()
    before = everything(tmp_path)

    said, _ = receive(tmp_path, *rows, establishment="123456", notice=date(2026, 9, 1))

    assert "nothing of this is kept" in said
    assert everything(tmp_path) == before


def test_a_look_leaves_a_checked_return_as_it_is(
    school: Establishment, expected: ExpectedReturn, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="privacy notice"):
        receive(tmp_path, ADA, establishment="123456", apply=True)
    receive(tmp_path, ADA.replace("Ada", "Zoe"), establishment="123456")

    assert Intake.objects.get().state == "checked"


def test_the_help_names_the_day_of_the_privacy_notice() -> None:
    assert "--notice 2026-09-01 --apply" in Command.help


def test_a_list_from_elsewhere_names_its_sender(authority: Authority, tmp_path: Path) -> None:
    ada = make_person(authority, family_name="Lark", given_name="Ada", date_of_birth=date(2009, 5, 1))
    file, said = tmp_path / "care.csv", StringIO()
    row = f"{ada.young_person_id},Lark,Ada,01/05/2009,LAC,01/03/2026"
    file.write_text("\n".join(["CCIS number,Last name,First name,Date of birth,Status,Since", row]))
    given = {"type": "looked_after", "authority": authority.code, "stdout": said}

    with pytest.raises(CommandError, match="goes with --sender"):
        call_command("receive", file, establishment="123456", **given)
    call_command("receive", file, sender="Virtual school", on=date(2026, 9, 1), apply=True, **given)

    assert "Virtual school, Children in care and care leavers" in said.getvalue()
    assert list(ada.characteristics.values_list("code", "source")) == [("110", "Virtual school")]
    call_command("receive", file, sender="Virtual school", on=date(2026, 9, 1), apply=True, **given)
    assert "nothing changed" in said.getvalue()
