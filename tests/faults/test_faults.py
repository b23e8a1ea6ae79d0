"""Whatever dies while a return is checked and taken over: the register is as before or as after, nothing stands there
twice, and nobody has to lend a hand (assurance: the fault suite)."""

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from neet.launch import places
from tests.faults.installation import Faulty


@dataclass(frozen=True)
class Size:
    """How many rows the return has, and how many random points it is killed at."""

    rows: int
    points: int


LONG = Size(int(os.environ.get("FAULT_ROWS", "15000")), int(os.environ.get("FAULT_POINTS", "50")))
SIZES = [
    pytest.param(Size(300, 2), id="short"),
    pytest.param(LONG, id="long", marks=pytest.mark.assure),
]


@dataclass
class Tried:
    """An installation, what its register is before and after the return, and how long the return takes."""

    size: Size
    here: Faulty
    before: dict[str, Any]
    after: dict[str, Any]
    seconds: float

    def send(self) -> None:
        """The whole way of a return, whoever dies on it: checked, sent, taken over."""
        job = self.here.ask("begin", rows=self.size.rows)
        for _ in range(4):
            done = self.here.over(job)
            assert done["state"] == "done", done
            if self.here.ask("return_state") == "confirmed":
                return
            job = self.here.ask("go_on")
        raise AssertionError("the return was never taken over")

    def stands(self) -> None:
        """The register is as it was, or as the return makes it; nothing between and nothing twice."""
        state = self.here.ask("state")
        assert state["twice"] == 0
        assert state in (self.before, self.after), differing(state, self.after)


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in one if one[name] != other[name]]


@pytest.fixture(scope="module", params=SIZES)
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """One undisturbed run tells what is right."""
    folder, kept = tmp_path_factory.mktemp("faults"), places.VAR
    places.VAR = folder
    here = Faulty(folder, request.param.rows)
    try:
        here.start()
        here.fresh()
        found = Tried(request.param, here, here.ask("state"), {}, 0)
        here.worker()
        began = time.monotonic()
        found.send()
        found.seconds, found.after = time.monotonic() - began, here.ask("state")
        assert found.after != found.before
        yield found
    finally:
        here.end()
        places.VAR = kept


def test_a_worker_killed_at_any_point(tried: Tried) -> None:
    chance, ends = random.Random(1), []
    for _ in range(tried.size.points):
        tried.here.fresh()
        victim, at = tried.here.worker(), chance.uniform(0, tried.seconds)
        tried.here.after(at, lambda victim=victim: (tried.here.kill(victim), tried.here.worker(wait=False)))
        tried.here.after(at + 0.1, tried.stands)
        began = time.monotonic()
        tried.send()
        ends.append((round(at, 1), round(time.monotonic() - began, 1)))
        assert differing(tried.here.ask("state"), tried.after) == []
    print(
        f"{len(ends)} killed of {tried.size.rows} rows ({tried.seconds:.1f} s undisturbed): (at, over after) {ends}"
    )


def test_the_same_task_delivered_twice(tried: Tried) -> None:
    tried.here.fresh()
    tried.here.worker()
    tried.here.worker()
    job = tried.here.ask("begin", rows=tried.size.rows)
    tried.here.ask("again", job=job)
    tried.here.over(job)
    job = tried.here.ask("go_on")
    tried.here.ask("again", job=job)
    tried.here.ask("again", job=job)

    done = tried.here.over(job)

    assert (done["state"], done["attempt"]) == ("done", 1)
    tried.here.ask("again", job=job)
    time.sleep(1)
    assert differing(tried.here.ask("state"), tried.after) == []


def test_a_worker_that_slept_past_its_turn(tried: Tried) -> None:
    tried.here.fresh()
    sleeper = tried.here.worker()
    assert sleeper.process
    tried.here.over(tried.here.ask("begin", rows=tried.size.rows))
    job = tried.here.ask("go_on")
    while tried.here.ask("look", job=job)["state"] == "waiting":
        time.sleep(0.01)
    os.killpg(sleeper.process.pid, signal.SIGSTOP)
    tried.here.worker()
    until = time.monotonic() + 60
    while tried.here.ask("look", job=job)["attempt"] < 2 and time.monotonic() < until:
        if tried.here.ask("look", job=job)["state"] != "running":
            break
        time.sleep(0.2)

    os.killpg(sleeper.process.pid, signal.SIGCONT)

    assert tried.here.over(job)["state"] == "done"
    assert differing(tried.here.ask("state"), tried.after) == []


def test_a_broker_that_forgets_and_goes_away(tried: Tried) -> None:
    tried.here.fresh()
    tried.here.worker()
    tried.here.over(tried.here.ask("begin", rows=tried.size.rows))
    tried.here.kill_broker()
    job = tried.here.ask("go_on")
    assert tried.here.ask("look", job=job)["state"] == "waiting"

    tried.here.valkey.start()  # it keeps nothing: what it was told before is forgotten

    assert tried.here.over(job)["state"] == "done"
    assert differing(tried.here.ask("state"), tried.after) == []


def test_a_database_that_crashes_meanwhile(tried: Tried) -> None:
    for share in (0.3, 0.7, 0.9)[-1 if tried.size.points < 3 else 0 :]:
        tried.here.fresh()
        tried.here.worker()
        tried.here.after(tried.seconds * share, tried.here.crash_database)

        tried.send()

        assert differing(tried.here.ask("state"), tried.after) == []
