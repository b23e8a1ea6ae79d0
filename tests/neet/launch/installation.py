"""A real installation in a folder of its own, started as people start it, and what is alive of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from neet.launch.places import ROOT
from neet.launch.processes import birth

PROGRAMS = {
    "postgres": "bin/postgres -D",
    "valkey": "valkey-server",
    "web": "gunicorn",
    "worker-small": "small@",
    "worker-large": "large@",
    "beat": " beat ",
}
PATIENCE = 150


@dataclass
class Installation:
    """`bin/run` without its set-up of tools, which the tests themselves have been through; of this checkout, or of
    another one at `root`."""

    folder: Path
    root: Path = ROOT
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[str] | None = None
    seen: set[tuple[int, str | None]] = field(default_factory=set)

    def environment(self) -> dict[str, str]:
        kept = {
            k: v
            for k, v in os.environ.items()
            if k not in {"DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL"}
        }
        here = {"VAR_DIR": str(self.folder), "BIND": f"127.0.0.1:{self.port}", "PYTHONPATH": str(self.root)}
        return {**kept, **here, "WEB_WORKERS": "1"}

    def with_tables(self) -> "Installation":
        """Begin with the files of a database that has its tables, where bin/test has made such; else from nothing."""
        lay_pattern(self.folder / "pg")
        return self

    def start(self) -> subprocess.Popen[str]:
        """Start without waiting; what it says can be read from its standard output."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "neet.launch.run", "--empty"],
            cwd=self.root,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self.process

    def stop(self, sign: int = signal.SIGTERM) -> None:
        """End it, and wait until it has ended."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(sign)
            self.process.communicate(timeout=90)

    @property
    def exit_code(self) -> int | None:
        """How it ended."""
        return self.process.returncode if self.process else None

    def alive(self) -> dict[int, str]:
        """Every living process ever seen below this supervisor, and its command line."""
        below = {self.process.pid} if self.process else set()
        for pid, above in sorted(parents().items()):
            if above in below:
                below.add(pid)
        self.seen |= {(pid, birth(pid)) for pid in below}
        return {pid: command_line(pid) for pid, born in self.seen if born and birth(pid) == born}

    def pids(self, program: str) -> set[int]:
        """The processes of one program, its own children included."""
        return {pid for pid, command in self.alive().items() if PROGRAMS[program] in command}

    def main_pid(self, program: str) -> int:
        """The process the supervisor started for a program."""
        assert self.process
        above = parents()
        return next(pid for pid in self.pids(program) if above.get(pid) == self.process.pid)

    def answers(self) -> bool:
        """Does the web answer, with the database behind it?"""
        with suppress(OSError, HTTPException):
            return self.asked("/health", patience=5) == 200
        return False

    def asked(self, path: str, patience: int = PATIENCE) -> int:
        """What a browser is told that comes now and waits: the status; OSError or HTTPException where nothing is."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=patience)) as browser:
            browser.request("GET", path)
            return browser.getresponse().status

    def is_whole(self) -> bool:
        """Everything runs and the web answers."""
        return all(self.pids(program) for program in PROGRAMS) and self.answers()


def lay_pattern(data: Path) -> bool:
    """The files of a server whose `neet` has all its tables are copied there; False where this run has none."""
    pattern = os.environ.get("TESTS_PATTERN")
    if pattern:
        shutil.copytree(pattern, data)
    return bool(pattern)


def parents() -> dict[int, int]:
    """Every process and the one that started it."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found[int(place.name)] = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
    return found


def command_line(pid: int) -> str:
    """What a process was started with, or calls itself."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], object], words: str, patience: float = PATIENCE) -> None:
    """Look until it is so; real processes take their time, and a test must not guess how much."""
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, f"{words}: not within {patience} s"
        time.sleep(0.05)
