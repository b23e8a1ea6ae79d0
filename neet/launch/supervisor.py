"""Keeps an installation running: starts its programs in order, restarts what dies, ends them in reverse."""

import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from neet.launch.places import ROOT, log_file
from neet.launch.processes import end_with_parent, stop, sweep

SHORTEST_WAIT, LONGEST_WAIT = 0.2, 30.0
STEADY_AFTER = 20.0


class Service(Protocol):
    """Something with a process that can be started again."""

    name: str
    process: subprocess.Popen[bytes] | None

    def start(self) -> subprocess.Popen[bytes]: ...

    def stop(self) -> None: ...


@dataclass
class Program:
    """A program of ours: its words go to its own log. What it is `listening` on is ours and outlives it, so that who
    comes while it begins anew waits for it."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    patience: float = 10.0
    listening: socket.socket | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start it in a group of its own, so that Ctrl-C reaches only the supervisor."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.arguments),
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,
                pass_fds=[self.listening.fileno()] if self.listening else [],
            )
        return self.process

    def ask_to_end(self) -> None:
        """It may begin to end; `stop` waits for it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Let it finish what it is doing, for a while."""
        if self.process:
            stop(self.process, patience=self.patience)

    @property
    def log(self) -> Path:
        """Where its words go."""
        return log_file(self.name)


@dataclass
class Watched:
    """One service and its history of deaths."""

    service: Service
    started: float = 0.0
    wait: float = SHORTEST_WAIT
    due: float | None = None

    def start(self) -> None:
        """Start now."""
        self.started, self.due = time.monotonic(), None
        self.service.start()

    def look(self) -> None:
        """Restart what died: at once the first time, later and later when it keeps dying."""
        process, now = self.service.process, time.monotonic()
        if self.due is not None:
            if now >= self.due:
                self._restart()
        elif process is not None and process.poll() is not None:
            sweep(process)
            self._plan(f"{self.service.name} ended ({process.returncode})")

    def _restart(self) -> None:
        try:
            self.start()
        except Exception as problem:  # whatever kept it down, the others go on and it is tried again
            self._plan(str(problem))

    def _plan(self, why: str) -> None:
        if time.monotonic() - self.started > STEADY_AFTER:
            self.wait = SHORTEST_WAIT
        self.due = time.monotonic() + self.wait
        print(f"{why}; starting it again in {self.wait:.1f} s", file=sys.stderr, flush=True)
        self.wait = min(self.wait * 2, LONGEST_WAIT)


@dataclass
class Supervisor:
    """All services of one installation."""

    watched: list[Watched] = field(default_factory=list)

    def start(self, service: Service) -> None:
        """Start one more service and look after it."""
        one = Watched(service)
        self.watched.append(one)
        one.start()

    def look(self) -> None:
        """One round over all of them."""
        for one in self.watched:
            one.look()

    def stop(self) -> None:
        """End all, the last started first; our own programs are asked at once, as each takes its time."""
        for one in self.watched:
            if isinstance(one.service, Program):
                one.service.ask_to_end()
        for one in reversed(self.watched):
            one.service.stop()
        self.watched.clear()
