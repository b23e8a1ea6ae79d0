"""Whoever was erased stays erased: the list beside the database, and erasing again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_authority, make_person
from tracking.register.models import YoungPerson
from tracking.retention.actions.stones import erase_again, keep_list, listed_in
from tracking.retention.actions.taking_away import take_away
from tracking.retention.models import LegalHold, Tombstone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, settings: Any) -> Path:
    settings.ERASED_LIST = tmp_path / "erased.csv"
    return settings.ERASED_LIST


def test_who_came_back_with_a_backup_is_erased_again_whatever_it_still_held(beside: Path) -> None:
    back, stays = make_person(make_authority()), make_person(make_authority())
    LegalHold.objects.create(authority=back.authority, reason="Lifted after the backup was made")
    beside.write_text(f"{back.ref},2026-11-22T10:00:00+00:00\n")

    assert erase_again() == 1

    assert list(YoungPerson.objects.all()) == [stays]
    assert Tombstone.objects.get().ref == back.ref
    assert erase_again() == 0


def test_the_list_beside_the_database_keeps_whom_it_names_already(beside: Path) -> None:
    person, earlier = make_person(make_authority()), "4d4a4a5e-8f3c-4b57-9d7e-3f2c1b0a9d8e"
    beside.write_text(f"{earlier},2020-01-01T00:00:00+00:00\n")
    take_away(people=[person.pk], run=None, by=None)

    assert keep_list() == 2

    assert {str(ref) for ref in listed_in(beside)} == {earlier, str(person.ref)}
    assert beside.stat().st_mode & 0o077 == 0


def test_the_command_says_what_it_did_and_what_it_cannot_read(
    beside: Path, capsys: Any, tmp_path: Path
) -> None:
    person, other = make_person(make_authority()), tmp_path / "other.csv"
    other.write_text(f"{person.ref},\n")

    call_command("erase_again", other)
    assert capsys.readouterr().out == "1 person erased again.\n"
    call_command("erase_again")
    assert "Nobody who was erased" in capsys.readouterr().out

    other.write_text("Ada Ambler\n")
    with pytest.raises(CommandError, match="line 1"):
        call_command("erase_again", other)
    with pytest.raises(CommandError, match="no file"):
        call_command("erase_again", tmp_path / "nowhere.csv")
