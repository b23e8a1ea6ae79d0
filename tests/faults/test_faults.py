"""Whatever dies while a return is checked and taken over: the register is as before or as after, nothing stands there
twice, and nobody has to lend a hand (assurance: the fault suite)."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from neet.launch import places
from tests.faults.installation import CHECKED, Faulty


@dataclass(frozen=True)
class Size:
    """How many rows the return has, and how many random points it is killed at."""

    rows: int
    points: int


LONG = Size(int(os.environ.get("FAULT_ROWS", "15000")), int(os.environ.get("FAULT_POINTS", "50")))
SIZES = [
    pytest.param(Size(200, 1), id="short"),
    pytest.param(LONG, id="long", marks=pytest.mark.assure),
]


@dataclass
class Tried:
    """An installation, what its register is before and after the return, and how long the return takes: all of it, and
    its way into the register alone."""

    size: Size
    here: Faulty
    before: dict[str, Any]
    after: dict[str, Any]
    seconds: float
    applying: float
    record: list[str]

    def say(self, what: str, seconds: float) -> None:
        """A line of the record: what was proved of a return of this size, and how long that took."""
        self.record.append(f"{self.size.rows:,} rows: {what} ({seconds:.0f} s)")

    def send(self) -> None:
        """The whole way of a return, whoever dies on it: checked, sent, taken over."""
        self.check()
        self.apply()

    def check(self) -> None:
        """The file is read and checked, whoever dies on it."""
        self._done(self.here.ask("begin", rows=self.size.rows))
        while self.here.ask("return_state") != "checked":
            self._done(self.here.ask("go_on"))

    def apply(self) -> None:
        """A checked return goes into the register, whoever dies on it."""
        self._done(self.here.ask("go_on"))
        assert self.here.ask("return_state") == "confirmed"

    def _done(self, job: int) -> None:
        done = self.here.over(job)
        assert done["state"] == "done", done

    def stands(self) -> None:
        """The register is as it was, or as the return makes it; nothing between and nothing twice."""
        state = self.here.ask("state")
        assert state["twice"] == 0
        assert state in (self.before, self.after), differing(state, self.after)

    def killed(self, at: float, work: Callable[[], None]) -> float:
        """The worker dies so many seconds into the work, another one is coming; seconds until all is as it should."""
        victim = self.here.worker()
        self.here.after(0, lambda: self.here.worker(wait=False))
        self.here.after(at, lambda: self.here.kill(victim))
        self.here.after(at + 0.1, self.stands)
        began = time.monotonic()
        work()
        took = time.monotonic() - began
        assert differing(self.here.ask("state"), self.after) == []
        return took


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in one if one[name] != other[name]]


@pytest.fixture(scope="module", params=SIZES)
def tried(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, record: list[str]
) -> Iterator[Tried]:
    """One undisturbed run tells what is right; where its file is checked, the register is kept to begin from again."""
    folder, kept = tmp_path_factory.mktemp("faults"), places.VAR
    places.VAR = folder
    here, began = Faulty(folder, request.param.rows), time.monotonic()
    try:
        here.start()
        here.fresh()
        found = Tried(request.param, here, here.ask("state"), {}, 0, 0, record)
        here.worker()
        checking = timed(found.check)
        here.keep(CHECKED)
        here.worker()
        found.applying = timed(found.apply)
        found.seconds, found.after = checking + found.applying, here.ask("state")
        assert found.after != found.before
        undisturbed = (
            f"undisturbed: checked in {checking:.1f} s, taken over in {found.applying:.1f} s; made ready"
        )
        found.say(undisturbed, time.monotonic() - began)
        yield found
    finally:
        here.end()
        places.VAR = kept


def timed(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


@pytest.fixture
def told(tried: Tried) -> Iterator[list[str]]:
    """What a test proved, for the record, where it was proved."""
    words, began = list[str](), time.monotonic()
    yield words
    for each in words:
        tried.say(each, time.monotonic() - began)


def test_a_worker_killed_at_any_point_of_the_apply(tried: Tried, told: list[str]) -> None:
    chance, ends = random.Random(1), list[float]()
    for _ in range(tried.size.points):
        tried.here.fresh(CHECKED)
        at = chance.uniform(0, tried.applying)
        ends.append(tried.killed(at, tried.apply))
    told.append(times_killed("taken over", ends))


def test_a_worker_killed_at_any_point_of_the_way(tried: Tried, told: list[str]) -> None:
    chance, ends = random.Random(2), list[float]()
    for _ in range(max(1, tried.size.points // 10)):
        tried.here.fresh()
        at = chance.uniform(0, tried.seconds)
        ends.append(tried.killed(at, tried.send))
    told.append(times_killed("checked and taken over", ends))


def times_killed(what: str, ends: list[float]) -> str:
    return f"worker killed {len(ends)} times while it was {what}: as after every time, over within {max(ends):.0f} s"


def test_the_same_task_delivered_twice(tried: Tried, told: list[str]) -> None:
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
    told.append("each task delivered twice and three times, to two workers: done once")


def test_a_worker_that_slept_past_its_turn(tried: Tried, told: list[str]) -> None:
    tried.here.fresh(CHECKED)
    sleeper = tried.here.worker()
    assert sleeper.process
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
    told.append("a worker slept past its turn and woke up while another had it: done once")


def test_a_broker_that_forgets_and_goes_away(tried: Tried, told: list[str]) -> None:
    tried.here.fresh(CHECKED)
    tried.here.worker()
    tried.here.kill_broker()
    job = tried.here.ask("go_on")
    assert tried.here.ask("look", job=job)["state"] == "waiting"

    tried.here.valkey.start()  # it keeps nothing: what it was told before is forgotten

    assert tried.here.over(job)["state"] == "done"
    assert differing(tried.here.ask("state"), tried.after) == []
    told.append("the broker gone and come back empty: done all the same")


def test_a_database_that_crashes_meanwhile(tried: Tried, told: list[str]) -> None:
    shares = (0.3, 0.7, 0.9)[-1 if tried.size.points < 3 else 0 :]
    for share in shares:
        tried.here.fresh()
        tried.here.worker()
        tried.here.after(tried.seconds * share, tried.here.crash_database)

        tried.send()

        assert differing(tried.here.ask("state"), tried.after) == []
    told.append(f"the database crashed {len(shares)} times on the way: done once it was back")
