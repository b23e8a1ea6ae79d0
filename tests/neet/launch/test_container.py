"""What docker-compose.yml starts works as it is written there: on a distribution's PostgreSQL and Redis, without
rights, from files that nobody may change."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from neet.launch.backup import unpack
from tests.neet.launch.container import Container, database_programs
from tests.neet.launch.installation import wait_for

PROGRAMS = database_programs()
pytestmark = [
    pytest.mark.assure,
    pytest.mark.skipif(
        not PROGRAMS or not shutil.which("redis-server"), reason="needs a distribution's PostgreSQL and Redis"
    ),
]
PATIENCE = 600  # seconds: each question starts a program of its own, on a machine that may be busy
HEALTHY = "import sys; from neet.launch.healthy import says_ready; sys.exit(not says_ready({!r}, {!r}))"
RUNG = "SELECT count(*) FROM jobs_duework WHERE done_at > now() - interval '10 minutes'"


@pytest.fixture
def container() -> Iterator[Container]:
    """In a folder of its own: whoever owns nothing has to get through to it, and what lies in pytest's own is closed
    again by each further run that starts meanwhile."""
    with tempfile.TemporaryDirectory(prefix="neet-container-") as folder:
        Path(folder).chmod(0o711)
        one = Container(Path(folder))
        one.build()
        assert PROGRAMS
        try:
            one.start_servers(PROGRAMS)
            yield one
        finally:
            one.stop()


def test_every_program_does_its_work_without_rights(container: Container) -> None:
    assert_nothing_can_be_changed(container)
    for _ in ("the first time", "again"):
        prepared = container.once(program="prepare")
        assert prepared.returncode == 0, prepared.stderr

    for program in ("web", "worker-small", "worker-large", "beat"):
        container.start(program)
    asked = HEALTHY.format(f"http://127.0.0.1:{container.web_port}", "neet.example.gov.uk")
    wait_for(
        lambda: container.once(sys.executable, "-c", asked).returncode == 0, "the health check", PATIENCE
    )
    with psycopg.connect(container.environment("web")["DATABASE_URL"], autocommit=True) as database:
        wait_for(lambda: database.execute(RUNG).fetchone() != (0,), "work that the timer rang for", PATIENCE)
    assert [each.args for each in container.running if each.poll() is not None] == []

    assert_runbooks_work(container)


def assert_nothing_can_be_changed(container: Container) -> None:
    tried = container.once("python", "-c", "open('neet/settings.py', 'a')")

    assert "PermissionError" in tried.stderr


def assert_runbooks_work(container: Container) -> None:
    file = container.own("backups") / "backup.tar"
    made = container.once("python", "-m", "django", "mkuser", "--role", "system_admin")
    walked = container.once("python", "-m", "django", "verify_audit")
    kept = container.once("python", "-m", "neet.launch.backup", "backup", str(file), program="prepare")

    assert made.returncode == 0, made.stderr
    assert walked.returncode == 0, walked.stderr
    assert kept.returncode == 0, kept.stderr
    about, _, _ = unpack(file, container.own("tmp"))
    assert about["rows"]["accounts_user"] == 1
    assert_backup_comes_back(container, file)


def assert_backup_comes_back(container: Container, file: Path) -> None:
    """By the commands of the runbook, into the empty database and the empty folder of a new machine."""
    assert PROGRAMS
    digests = container.once("python", "-m", "django", "state_hash")
    container.begin_anew(PROGRAMS)

    back = container.once("python", "-m", "neet.launch.backup", "restore", str(file), program="prepare")

    assert back.returncode == 0, back.stderr
    assert "the backup says" not in back.stdout
    for asked in (["migrate", "--check"], ["verify_audit"]):
        looked = container.once("python", "-m", "django", *asked)
        assert looked.returncode == 0, looked.stderr
    again = container.once("python", "-m", "django", "state_hash")
    assert digests.returncode == again.returncode == 0, again.stderr
    assert again.stdout == digests.stdout != ""
    assert container.once(program="prepare").returncode == 0  # the next start finds it as it has to be
