"""A backup holds everything, a restore brings it back, and neither touches what it must not."""

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from neet.launch.places import ROOT
from tests.neet.launch.installation import Installation

ACCOUNT = """
from neet.accounts.models import User
User.objects.create_user(email="kept@example.org", name="Kept Account")
"""
PEOPLE = """
from tests.factories import make_authority, make_person
authority = make_authority(code="886")
make_person(authority, given_name="Erased", family_name="Since")
make_person(authority, given_name="Still", family_name="Here")
"""
ERASE = """
from django.db import transaction
from tracking.register.models import YoungPerson
from tracking.retention.actions.stones import keep_list
from tracking.retention.actions.taking_away import take_away
with transaction.atomic():
    take_away(people=[YoungPerson.objects.get(given_name="Erased").pk], run=None, by=None)
print("listed", keep_list())
"""
WHO = """
from django.db import connection
from tracking.register.models import YoungPerson
print(*YoungPerson.objects.values_list("given_name", flat=True))
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM tracking_youngperson_history WHERE given_name = 'Erased'")
    print("remembered", cursor.fetchone()[0])
"""
# The serving role still works, and still may not rewrite the trail.
RIGHTS = """
from django.db import connection
with connection.cursor() as cursor:
    for wanted in ("SELECT", "UPDATE"):
        cursor.execute("SELECT has_table_privilege('neet_app', 'audit_auditevent', %s)", [wanted])
        print(wanted, cursor.fetchone()[0])
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, Path]:
    """An installation with an account and a stored file, and the backup of it."""
    one = Installation(tmp_path_factory.mktemp("kept")).with_tables()
    command(one, "manage.py", "shell", "-c", ACCOUNT + PEOPLE)
    stored = one.folder / "files" / "2026" / "original"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"as it was sent")
    file = tmp_path_factory.mktemp("backups") / "backup.tar"
    said = command(one, "-m", "neet.launch.backup", "backup", str(file))
    assert str(file) in said.stdout
    return one, file


def test_restore_brings_back_rows_and_files(kept: tuple[Installation, Path], tmp_path: Path) -> None:
    other = Installation(tmp_path)

    said = command(other, "-m", "neet.launch.backup", "restore", str(kept[1]))

    assert "1  accounts_user\n" in said.stdout
    assert "the backup says" not in said.stdout
    assert (tmp_path / "files" / "2026" / "original").read_bytes() == b"as it was sent"
    assert "SELECT True\nUPDATE False" in command(other, "manage.py", "shell", "-c", RIGHTS).stdout


def test_whoever_was_erased_after_the_backup_is_not_brought_back(
    kept: tuple[Installation, Path], tmp_path: Path
) -> None:
    one, file = kept
    other = Installation(tmp_path)
    assert "listed 1" in command(one, "manage.py", "shell", "-c", ERASE).stdout

    said = command(other, "-m", "neet.launch.backup", "restore", str(file), str(one.folder / "erased.csv"))

    assert "1 person erased again" in said.stdout
    assert "Still\nremembered 0" in command(other, "manage.py", "shell", "-c", WHO).stdout
    beside, there = ((folder / "erased.csv").read_text() for folder in (tmp_path, one.folder))
    assert beside.partition(",")[0] == there.partition(",")[0]


def test_restore_refuses_a_database_in_use(kept: tuple[Installation, Path]) -> None:
    said = command(kept[0], "-m", "neet.launch.backup", "restore", str(kept[1]), code=1)

    assert "only into an empty database" in said.stderr
    assert "Traceback" not in said.stderr


def test_backup_never_writes_over_a_file(kept: tuple[Installation, Path]) -> None:
    said = command(kept[0], "-m", "neet.launch.backup", "backup", str(kept[1]), code=1)

    assert "already there" in said.stderr


def test_restore_refuses_a_damaged_backup(kept: tuple[Installation, Path], tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    with tarfile.open(kept[1]) as archive:
        archive.extractall(inside, filter="data")
    dump = inside / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-7] + b"damaged")
    damaged = tmp_path / "damaged.tar"
    with tarfile.open(damaged, "w") as archive:
        archive.add(inside, "")

    said = command(kept[0], "-m", "neet.launch.backup", "restore", str(damaged), code=1)

    assert "is damaged" in said.stderr


def command(one: Installation, *asked: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """What a command says in an installation of its own."""
    done = subprocess.run(
        [sys.executable, *asked], cwd=ROOT, env=one.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done
