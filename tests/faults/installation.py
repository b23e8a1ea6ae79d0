"""A real PostgreSQL, a real Valkey, real workers and somebody at the desk, to be killed and stopped at will."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neet.launch.places import ROOT
from neet.launch.postgres import DATABASE, OWNER, SUPERUSER, Postgres
from neet.launch.processes import end_with_parent
from neet.launch.services import prepare
from neet.launch.supervisor import Program
from neet.launch.valkey import Valkey
from tests.neet.launch.installation import lay_pattern

BEFORE, CHECKED, RUN = "fault_before", "fault_checked", "fault_run"
PATIENCE = 180


@dataclass
class Faulty:
    """The services of one fault test. `fresh()` puts the register back to what it was: before any
    return, or where its file is checked."""

    folder: Path
    rows: int
    server: Postgres = field(init=False)
    valkey: Valkey = field(init=False)
    desk: subprocess.Popen[str] | None = None
    workers: list[Program] = field(default_factory=list)
    due: list[tuple[float, Callable[[], object]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server, self.valkey = Postgres(self.folder / "pg"), Valkey()

    def environment(self, role: str = "neet_app", database: str = RUN) -> dict[str, str]:
        named = {
            "DATABASE_URL": self.server.url(role, database),
            "OWNER_DATABASE_URL": self.server.url(OWNER, database),
        }
        where = {
            "VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "neet.settings",
            "PYTHONPATH": str(ROOT),
        }
        return {**os.environ, **named, **where, "REDIS_URL": self.valkey.url}

    def start(self) -> None:
        """The services, and a register that stays as a pattern."""
        made = lay_pattern(self.server.data)
        self.server.start()
        self.valkey.start()
        self._copy(DATABASE if made else "template1", BEFORE)
        prepare(self.environment(OWNER, BEFORE))
        self._open_desk(self.environment(OWNER, BEFORE))
        self.ask("make", rows=self.rows)
        self._close_desk()

    def fresh(self, pattern: str = BEFORE) -> None:
        """The register as it was; nobody works on it yet."""
        self._leave_alone()
        self._copy(pattern, RUN)
        if self.desk is None:
            self._open_desk(self.environment())

    def keep(self, pattern: str) -> None:
        """The register as it stands, to begin from again; whoever worked on it goes."""
        self._leave_alone()
        self._copy(RUN, pattern)

    def _leave_alone(self) -> None:
        self.end_workers()
        if self.desk:
            self.ask("let_go")

    def _copy(self, pattern: str, made: str) -> None:
        """By files, with a checkpoint after: a copy by log keeps the sequences' head start, and a crash would hand the
        same numbers out twice."""
        self.server.psql("postgres", "-c", f"DROP DATABASE IF EXISTS {made} WITH (FORCE)", role=SUPERUSER)
        copy = f"CREATE DATABASE {made} TEMPLATE {pattern} OWNER {OWNER} STRATEGY FILE_COPY"
        self.server.psql("postgres", "-c", copy, role=SUPERUSER)

    def ask(self, what: str, **about: Any) -> Any:
        """Have somebody at the desk do it; their answer."""
        assert self.desk
        assert self.desk.stdin
        assert self.desk.stdout
        self.desk.stdin.write(json.dumps({"do": what, "with": about}) + "\n")
        self.desk.stdin.flush()
        line = self.desk.stdout.readline()
        assert line, "the desk has gone: see its words above"
        return json.loads(line)["answer"]

    def worker(self, *, wait: bool = True) -> Program:
        """One more worker, ready to work unless told not to wait for that.

        Always from the main thread: the kernel ends a child with the thread that started it.
        """
        name = f"w{time.monotonic_ns()}"
        made = Program("worker", [sys.executable, "-m", "tests.faults.worker", name], self.environment())
        made.start()
        self.workers.append(made)
        until = time.monotonic() + PATIENCE
        while wait and not (self.folder / name).exists():
            assert time.monotonic() < until, "the worker did not start"
            time.sleep(0.02)
        return made

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        """Do this once so many seconds have gone by, while somebody waits for a job."""
        self.due.append((time.monotonic() + seconds, act))

    def now_due(self) -> None:
        """Do what is due by now."""
        while ready := [each for each in self.due if each[0] <= time.monotonic()]:
            self.due.remove(ready[0])
            ready[0][1]()

    def kill(self, worker: Program) -> None:
        """As the kernel kills: at once, with everything it started."""
        assert worker.process
        os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait()

    def kill_broker(self) -> None:
        """The doorbell is gone, with all it was told."""
        assert self.valkey.process
        self.valkey.process.kill()
        self.valkey.process.wait()

    def crash_database(self) -> None:
        """No shutdown: the server recovers from its log when it starts again."""
        assert self.server.process
        self.server.process.send_signal(signal.SIGQUIT)
        self.server.process.wait()
        self.server.start()

    def end(self) -> None:
        self.end_workers()
        self._close_desk()
        self.valkey.stop()
        self.server.stop()
        self.server.remove()

    def end_workers(self) -> None:
        for each in self.workers:
            if each.process and each.process.poll() is None:
                each.process.send_signal(signal.SIGCONT)
                self.kill(each)
        self.workers.clear()
        self.due.clear()

    def over(self, job: int) -> dict[str, Any]:
        """Wait until a job is over, as people wait: nobody lends a hand."""
        until = time.monotonic() + PATIENCE
        while (found := self.ask("look", job=job))["state"] in ("waiting", "running"):
            assert time.monotonic() < until, found
            self.now_due()
            time.sleep(0.05)
        return found

    def _open_desk(self, environment: dict[str, str]) -> None:
        self.desk = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.driver"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=end_with_parent,
        )

    def _close_desk(self) -> None:
        if self.desk:
            assert self.desk.stdin
            self.desk.stdin.close()
            self.desk.wait(60)
            assert self.desk.stdout
            self.desk.stdout.close()
        self.desk = None
