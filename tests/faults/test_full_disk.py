"""The disk of an installation and its database is full while people work (F8): plain pages, nothing half done, and it
goes on by itself once there is room."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from neet.launch.places import ROOT
from tests.neet.launch.desk import NOTES, SOMEBODY, Desk, at_work
from tests.neet.launch.installation import Installation, wait_for

pytestmark = pytest.mark.assure
DISK = 900  # megabytes: what a new database and its log of changes take, and some room
FULL = 100


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Where the installation's files and its database will lie: a disk of their own, in memory."""
    place = tmp_path / "var"
    place.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=0700", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own takes the rights of root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def shell(here: Installation, code: str) -> str:
    return manage(here, "shell", "-v0", "-c", code).strip().splitlines()[-1]


def manage(here: Installation, *asked: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *asked],
        cwd=ROOT,
        env=here.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fill(disk: Path) -> Path:
    """Take all the room that is left, to the last page."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1_000_000, 8_192, 512):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return filler


def test_a_full_disk_costs_nobody_what_they_were_told_is_saved(small_disk: Path) -> None:
    here = Installation(small_disk)
    here.start()
    try:
        wait_for(here.is_whole, "the installation runs", 300)
        manage(here, "seed", "--size", "tiny")
        cookie, ref = shell(here, SOMEBODY).split()
        desk = Desk(cookie, ref, here.port)

        with at_work(desk):
            desk.wait_for_more()
            assert desk.went_wrong() == {}
            filler = fill(small_disk)
            wait_for(lambda: sum(desk.went_wrong().values()) >= FULL, "the disk is full")
            filler.unlink()
            wait_for(here.is_whole, "it goes on by itself")
            wait_for(lambda: desk.ask(f"/people/{ref}/") == 200, "pages are there again")
            wrong = desk.went_wrong()
            desk.wait_for_more()

        assert {status for _, status in wrong} <= {500, 503, "not taken"}, wrong
        assert desk.bodies, "nobody saw a page that said so"
        assert all("there is a problem with the service" in each for each in desk.bodies)
        kept = shell(here, NOTES).split("|")
        assert set(desk.told) <= set(kept), "what somebody was told is saved"
        assert len(kept) == len(set(kept))
        manage(here, "verify_audit")
    finally:
        here.stop()
