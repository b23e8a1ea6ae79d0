"""The trail stands in another place too: whoever changes or cuts it here, or there, is found out."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from neet.audit.copying import CannotCopy, copy_seals, numbers
from neet.audit.models import AuditEvent, Seal
from neet.audit.tasks import seal
from tests.neet.audit.test_sealing import happened, sealed, tampered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(tmp_path: Path, settings) -> Path:
    folder = tmp_path / "trail"
    folder.mkdir()
    settings.TRAIL_COPY = str(folder)
    return folder


def of(folder: Path, number: int) -> Path:
    return folder / f"seal-{number:012}.jsonl"


def test_each_seal_is_copied_once_with_its_events_and_is_never_written_again(elsewhere: Path, capsys) -> None:
    sealed(events := happened(3))
    assert copy_seals(elsewhere) >= 1
    first = numbers(elsewhere)
    before = of(elsewhere, first[-1]).stat()
    sealed(happened(2))
    seal()

    texts = "".join(of(elsewhere, number).read_text() for number in first)
    assert [str(pk) for pk in events] == re.findall(r"^(\d+) \{", texts, re.MULTILINE)
    assert of(elsewhere, first[-1]).stat().st_mtime_ns == before.st_mtime_ns
    assert numbers(elsewhere) == list(Seal.objects.order_by("pk").values_list("pk", flat=True))
    assert [each.name for each in elsewhere.iterdir() if each.name.startswith(".")] == []
    assert oct(before.st_mode)[-3:] == "440"
    call_command("verify_audit")
    assert "and is the same" in capsys.readouterr().out


def test_a_trail_that_was_cut_or_made_anew_here_is_told_from_the_copy(elsewhere: Path) -> None:
    """Whoever owns the database can write a whole new trail with right digests: not into the other place."""
    sealed(happened(3))
    copy_seals(elsewhere)
    tampered("DELETE FROM audit_seal WHERE true")
    call_command("verify_audit", copy="")

    with pytest.raises(CommandError, match=r"seal \d+: the copy has it, and here it is gone"):
        call_command("verify_audit")


def test_an_event_changed_and_sealed_anew_here_is_told_from_the_copy(elsewhere: Path) -> None:
    sealed(events := happened(3))
    copy_seals(elsewhere)
    number = Seal.objects.get().pk
    tampered("UPDATE audit_auditevent SET why = 'nothing' WHERE id = %s", events[1])
    tampered("DELETE FROM audit_seal WHERE true")
    sealed(events)
    tampered("UPDATE audit_seal SET id = %s WHERE true", number)
    call_command("verify_audit", copy="")

    with pytest.raises(CommandError, match=rf"seal {number}: it is not what was copied"):
        call_command("verify_audit")


@pytest.mark.parametrize("what", ["changed", "missing", "garbled"])
def test_a_copy_that_is_not_whole_is_named(elsewhere: Path, what: str) -> None:
    sealed(happened(2))
    sealed(happened(2))
    copy_seals(elsewhere)
    first = of(elsewhere, numbers(elsewhere)[0])
    words = first.read_text()
    first.unlink()
    if what == "changed":
        first.write_text(words.replace("number 1", "number 7"))
    if what == "garbled":
        first.write_text("{")

    with pytest.raises(CommandError, match=r"of the copy|copy cannot be read"):
        call_command("verify_audit")


def test_a_place_that_is_away_stops_no_sealing_and_is_caught_up_with(elsewhere: Path, caplog) -> None:
    elsewhere.rmdir()
    happened(2)
    with pytest.raises(CannotCopy):
        copy_seals(elsewhere)

    seal()
    assert "the trail was not copied" in caplog.text
    elsewhere.mkdir()
    sealed(list(AuditEvent.objects.values_list("pk", flat=True)))
    seal()

    assert numbers(elsewhere) == list(Seal.objects.order_by("pk").values_list("pk", flat=True))


def test_a_copy_holds_numbers_and_no_value_of_a_record(elsewhere: Path) -> None:
    sealed(happened(1))
    copy_seals(elsewhere)

    line = of(elsewhere, numbers(elsewhere)[0]).read_text().splitlines()[1]
    said = json.loads(line.partition(" ")[2])

    assert set(said) == {
        "id", "at", "kind", "user_id", "role", "authority_id", "subjects", "counts", "why", "request_id", "transaction",
    }  # fmt: skip
