"""A new version comes while people work, and goes again: what docs/operations/upgrade-and-rollback.md promises, done
with the version before the newest change of the tables and this one."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from neet.launch.places import ROOT
from neet.launch.processes import end_with_parent
from tests.neet.launch.desk import LONGEST, NOTES, SOMEBODY, Desk, at_work
from tests.neet.launch.installation import Installation, free_port, wait_for

pytestmark = pytest.mark.assure
MIGRATIONS = ["*/migrations/0*.py"]


def git(*asked: str) -> str:
    done = subprocess.run(["git", *asked], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The checkout before the newest change of the tables."""
    newest = git("log", "-1", "--format=%H", "--diff-filter=A", "--", *MIGRATIONS)
    tree = git("rev-parse", "--verify", f"{newest}^") if newest else ""
    if not tree:
        pytest.skip("the history of this checkout does not reach back to the version before")
    made = tmp_path / "before"
    made.mkdir()
    kept = tmp_path / "before.tar"
    subprocess.run(["git", "archive", "-o", kept, tree], cwd=ROOT, check=True)
    subprocess.run(["tar", "-x", "-C", made, "-f", kept], check=True)
    (made / "build").symlink_to(ROOT / "build")
    return made


@dataclass
class Version:
    """One checkout's code against the installation's services."""

    root: Path
    named: dict[str, str]

    def run(self, *asked: str) -> str:
        done = subprocess.run(
            [sys.executable, *asked], cwd=self.root, env=self.environment(), capture_output=True, text=True, check=False
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.run("manage.py", "shell", "-v0", "-c", code).strip().splitlines()[-1]

    def environment(self) -> dict[str, str]:
        return {**os.environ, **self.named, "PYTHONPATH": str(self.root)}

    @contextmanager
    def serving(self, port: int) -> Iterator[subprocess.Popen[bytes]]:
        """A web server of this version beside the other."""
        gunicorn = [
            "-m",
            "gunicorn",
            "--config",
            "python:neet.launch.gunicorn",
            "--bind",
            f"127.0.0.1:{port}",
        ]
        server = subprocess.Popen(
            [sys.executable, *gunicorn, "neet.wsgi"], cwd=self.root, env=self.environment(), preexec_fn=end_with_parent
        )  # fmt: skip
        try:
            yield server
        finally:
            server.terminate()
            server.wait(30)


def facts(said: str) -> set[str]:
    """Digests of the tables nobody writes to meanwhile."""
    return {line for line in said.splitlines() if not line.startswith("tracking.Note ")}


def test_people_work_on_while_a_new_version_comes_and_goes(before: Path, tmp_path: Path) -> None:
    here = Installation(tmp_path / "var", root=before)
    here.start()
    try:
        wait_for(here.is_whole, "the version before runs", 300)
        running = json.loads((here.folder / "services.json").read_text())
        services = {
            "DATABASE_URL": running["database_url"], "OWNER_DATABASE_URL": running["owner_database_url"],
            "REDIS_URL": running["redis_url"], "VAR_DIR": str(here.folder),
        }  # fmt: skip
        old, new = Version(before, services), Version(ROOT, services)
        old.run("manage.py", "seed", "--size", "tiny")
        cookie, ref = old.shell(SOMEBODY).split()
        desk, kept = Desk(cookie, ref, here.port), facts(old.run("manage.py", "state_hash"))

        with at_work(desk):
            desk.wait_for_more()
            new.run("-m", "neet.launch.prepare")
            desk.wait_for_more()  # the version before, on the tables of this one
        assert desk.went_wrong() == {}
        assert kept <= facts(new.run("manage.py", "state_hash"))

        beside = free_port()
        with new.serving(beside) as server:
            wait_for(lambda: desk.ask("/ready", port=beside) == 200, "the new version is ready")
            with at_work(desk):
                desk.port = beside
                desk.wait_for_more()
            assert desk.went_wrong() == {}, "signed in before, and at work now"
            with at_work(desk):
                desk.wait_for_more()
                server.send_signal(signal.SIGTERM)  # asked to end while pages are on their way
                wait_for(lambda: server.poll() is not None, "the new version ends", LONGEST)
        assert {status for _, status in desk.went_wrong()} <= {"not taken"}, desk.answers

        desk.port = here.port  # back: the version before serves again, on the tables as they are
        desk.answers.clear()
        with at_work(desk):
            desk.wait_for_more()
        assert desk.went_wrong() == {}
        assert sorted(old.shell(NOTES).split("|")) == sorted(desk.told)
        new.run("manage.py", "migrate", "--check")
        new.run("manage.py", "verify_audit")
    finally:
        here.stop()
