"""Commands find the database that runs, share the one somebody started, and start one where there is none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from neet.launch import services
from neet.launch.places import ROOT
from neet.launch.processes import birth, is_alive, locked
from tests.neet.launch.installation import Installation

ASK = "from django.conf import settings; print(settings.DATABASE_URL)"


def test_two_commands_at_once_share_one_database_and_leave_none(tmp_path: Path) -> None:
    one = Installation(tmp_path)
    asked = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", ASK]
    both = [
        subprocess.Popen(
            asked, env=one.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]

    said = [each.communicate(timeout=120) for each in both]

    assert [each.returncode for each in both] == [0, 0], said
    assert said[0][0] == said[1][0] != ""
    assert sum("Preparing a fresh database" in words for _, words in said) == 1
    assert not (tmp_path / "services.json").exists()
    assert not (tmp_path / "pg" / "postmaster.pid").exists()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pid": 1}'])
def test_a_torn_record_is_no_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str) -> None:
    monkeypatch.setattr(services, "VAR", tmp_path)
    (tmp_path / "services.json").write_text(left)

    assert services.running() is None


def test_the_record_of_a_recycled_pid_is_no_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "VAR", tmp_path)
    about = {"pid": os.getpid(), "born": "1", "database_url": "", "owner_database_url": ""}
    (tmp_path / "services.json").write_text(json.dumps(about))

    assert services.running() is None


def test_a_zombie_is_not_alive() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)

    found = birth(child)
    os.waitpid(child, 0)

    assert found is None
    assert is_alive(os.getpid(), birth(os.getpid()) or "")


def test_a_lock_is_freed_by_the_death_of_its_holder(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    hold = f"""
import sys
from pathlib import Path
from neet.launch.processes import locked
with locked(Path({str(lock)!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", hold],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with locked(lock, wait=False) as got:
            assert not got
        holder.kill()

    with locked(lock, wait=False) as got:
        assert got
