"""The database's archive brings back a moment: what was there is there, what came later is not."""

import configparser
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from neet.launch.moment import STANZA, environment
from neet.launch.places import ROOT
from neet.launch.postgres import Postgres
from tests.neet.launch.installation import wait_for
from tests.neet.launch.test_backup import ERASE, PEOPLE

DEBIAN = Path("/usr/lib/postgresql/15/bin")  # the newest that Debian's pgbackrest knows
PRODUCTION = ROOT / "neet" / "launch" / "archive" / "pgbackrest.conf"
SECRET = "only-of-this-test"
NAMES = """
from tracking.register.models import YoungPerson
print(*YoungPerson.objects.order_by("given_name").values_list("given_name", flat=True))
"""
LATER = """
from schools.models import Authority
from tests.factories import make_person
authority = Authority.objects.get(code="886")
number = f"{authority.database_id}{9_000_001:010d}"  # each process counts from one
make_person(authority, young_person_id=number, given_name="Later", family_name="Come")
"""


def settings_of_production() -> dict[str, str]:
    """What docker-compose.yml tells PostgreSQL."""
    asked = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["postgres"]["command"]
    return dict(line.split("=", 1) for line in asked if "=" in line)


@dataclass(frozen=True)
class Kept:
    """A server that archives as in production, with its places and its password in this test's folder."""

    server: Postgres
    folder: Path
    configuration: Path

    def command(self, *asked: str) -> str:
        done = subprocess.run(
            [sys.executable, *asked],
            cwd=ROOT,
            env=environment(self.server, self.folder) | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        """What code of ours prints, less what the shell says first."""
        return self.command("manage.py", "shell", "-v0", "-c", code)

    def pgbackrest(self, *asked: str) -> str:
        line = ["pgbackrest", f"--config={self.configuration}", f"--stanza={STANZA}", *asked]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def state(self) -> tuple[str, str]:
        """Digests of all facts, and what is said of the audit trail."""
        return self.command("manage.py", "state_hash"), self.command("manage.py", "verify_audit")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    if not shutil.which("pgbackrest") or not DEBIAN.is_dir():
        pytest.skip("pgBackRest and Debian's PostgreSQL 15 are not on this machine")
    monkeypatch.setenv("PG_BINDIR", str(DEBIAN))
    configuration = tmp_path / "pgbackrest.conf"
    monkeypatch.setenv("PGBACKREST_CONFIG", str(configuration))
    said = settings_of_production()
    said["archive_command"] = said["archive_command"].replace(
        "pgbackrest ", f"pgbackrest --config={configuration} "
    )
    server = Postgres(tmp_path / "pg", settings=said)
    if server.user:
        pytest.skip("this machine lets nobody but another user run a database")
    elsewhere(configuration, server, tmp_path)
    try:
        server.start()
        yield Kept(server, tmp_path, configuration)
    finally:
        server.stop()


def elsewhere(configuration: Path, server: Postgres, folder: Path) -> None:
    """The configuration of production with the places of this test."""
    read = configparser.ConfigParser()
    read.read(PRODUCTION)
    read["global"].update(
        {
            "repo1-path": str(folder / "archive"),
            "lock-path": str(folder / "lock"),
            "repo1-cipher-pass": SECRET,
        }
    )
    read[STANZA].update(
        {"pg1-path": str(server.data), "pg1-socket-path": str(server.socket), "pg1-user": "postgres"}
    )
    with configuration.open("w") as file:
        read.write(file, space_around_delimiters=False)


def moment_of(server: Postgres) -> str:
    """Now, by the database's clock, in another second than what went before; what is written after it is later."""
    server.psql("neet", "-c", "SELECT pg_sleep(1.1)")
    said = server.psql("neet", "-c", "SELECT clock_timestamp()")
    server.psql("neet", "-c", "SELECT pg_sleep(0.05)")
    return said


@pytest.mark.assure
def test_a_moment_comes_back_without_what_came_later_and_without_whoever_was_erased(kept: Kept) -> None:
    kept.command("-m", "neet.launch.prepare")
    kept.pgbackrest("stanza-create")
    kept.pgbackrest("check")
    kept.pgbackrest("--type=full", "backup")
    kept.shell(PEOPLE)
    moment, before = moment_of(kept.server), kept.state()
    kept.shell(LATER)
    assert "listed 1" in kept.shell(ERASE)
    assert kept.shell(NAMES).split() == ["Later", "Still"]
    assert kept.state()[0] != before[0]
    archived(kept.server)
    kept.server.stop()

    unerased, erased = drilled(kept, moment), drilled(kept, moment, kept.folder / "var" / "erased.csv")

    assert before[0].strip() in unerased
    assert before[1].strip() in unerased
    assert "1 person erased again" in erased
    assert before[0].strip() not in erased
    assert no_secret(kept)


@pytest.mark.assure
def test_what_is_written_is_in_the_archive_within_five_minutes(kept: Kept) -> None:
    assert int(settings_of_production()["archive_timeout"]) <= 60
    kept.pgbackrest("stanza-create")
    began = time.monotonic()
    kept.server.psql("neet", "-c", "CREATE TABLE written (one int); INSERT INTO written VALUES (1)")
    position = kept.server.psql("neet", "-c", "SELECT pg_walfile_name(pg_current_wal_lsn())")

    wait_for(lambda: last_archived(kept.server) >= position, "the change is in the archive", patience=300)

    assert time.monotonic() - began <= 300


def last_archived(server: Postgres) -> str:
    return server.psql("neet", "-c", "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver")


def archived(server: Postgres) -> None:
    """Wait until all that was written is in the archive, without waiting for the minute to pass."""
    position = server.psql("neet", "-c", "SELECT pg_walfile_name(pg_switch_wal())")
    wait_for(lambda: last_archived(server) >= position, "everything is in the archive")


def drilled(kept: Kept, moment: str, *lists: Path) -> str:
    """What bin/drill --moment says."""
    done = subprocess.run(
        [sys.executable, "-m", "neet.launch.moment", moment, *map(str, lists)],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(kept.folder / "drill")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def no_secret(kept: Kept) -> bool:
    """No name of a person can be read in the archive: it is encrypted."""
    files = [path for path in (kept.folder / "archive").rglob("*") if path.is_file()]
    return bool(files) and not any(b"Still" in path.read_bytes() for path in files)


def test_a_machine_without_the_program_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "neet.launch.moment", "2026-11-23 02:10:00+00"],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(tmp_path), "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "There is no pgbackrest on this machine" in done.stderr
    assert "Traceback" not in done.stderr
