"""What keeps dying is started again less and less often, and does not keep the others from being looked after."""

import os
import sys
from pathlib import Path

import pytest

from neet.launch import places
from neet.launch.run import address
from neet.launch.supervisor import SHORTEST_WAIT, Program, Supervisor, Watched
from tests.neet.launch.installation import wait_for


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "VAR", tmp_path)


def program(name: str, code: str) -> Program:
    return Program(name, [sys.executable, "-c", code], dict(os.environ))


def test_what_keeps_dying_is_started_ever_later(capsys: pytest.CaptureFixture[str]) -> None:
    dying = Watched(program("dying", "raise SystemExit(3)"))
    dying.start()

    wait_for(lambda: dying.look() or dying.wait >= SHORTEST_WAIT * 8, "three deaths")

    said = capsys.readouterr().err
    assert "dying ended (3); starting it again in 0.2 s" in said
    assert "in 0.4 s" in said
    assert "in 0.8 s" in said
    dying.service.stop()


def test_what_cannot_be_started_does_not_stop_the_others() -> None:
    supervisor = Supervisor()
    steady = program("steady", "import time; time.sleep(60)")
    supervisor.start(steady)
    broken = Watched(Program("broken", ["/nowhere/program"], {}), due=0.0)
    supervisor.watched.append(broken)

    supervisor.look()

    assert broken.due is not None
    assert steady.process is not None
    assert steady.process.poll() is None
    supervisor.stop()
    assert steady.process.poll() is not None


@pytest.mark.parametrize("bind", ["8000", "localhost:", ":8000", "localhost:http"])
def test_an_address_that_is_none_is_said_plainly(bind: str) -> None:
    with pytest.raises(SystemExit, match="must look like"):
        address(bind)
