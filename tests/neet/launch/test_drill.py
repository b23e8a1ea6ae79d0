"""The drill says whether a backup is any good, and how long it took to know."""

import subprocess
import sys
from pathlib import Path

import pytest

from neet.launch.places import ROOT
from tests.neet.launch.installation import Installation


def ran(one: Installation, *asked: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *asked], cwd=ROOT, env=one.environment(), capture_output=True, text=True, check=False
    )


def test_a_file_that_is_no_backup_fails_the_drill_in_plain_words(tmp_path: Path) -> None:
    none = tmp_path / "none.tar"
    none.write_text("nothing of the kind")

    said = ran(Installation(tmp_path), "-m", "neet.launch.drill", str(none))

    assert said.returncode == 1
    assert "is not a backup of this system" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.assure
def test_a_register_comes_back_with_the_same_digests(tmp_path: Path) -> None:
    one, file = Installation(tmp_path), tmp_path / "kept.tar"
    assert (
        ran(one, "manage.py", "seed", "--size", "small", "--seed", "1", "--on", "2026-11-22").returncode == 0
    )
    assert ran(one, "-m", "neet.launch.backup", "backup", str(file)).returncode == 0
    digests = ran(one, "manage.py", "state_hash").stdout.strip()

    said = ran(one, "-m", "neet.launch.drill", str(file))

    assert said.returncode == 0, said.stderr
    assert digests
    assert digests in said.stdout
