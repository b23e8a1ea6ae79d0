"""Which database and doorbell a command uses: those it was told, those that run, else its own for its life.

What runs is recorded in var/services.json by the process that started it. Every user of those services holds
a shared lock; the process that started them ends last, so that no database disappears under its user.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from neet.launch.places import ROOT, VAR, var
from neet.launch.postgres import OWNER, Postgres
from neet.launch.processes import birth, end_with_parent, is_alive, locked


@dataclass(frozen=True)
class Running:
    """The services somebody started, and who."""

    pid: int
    born: str
    database_url: str
    owner_database_url: str
    redis_url: str = ""
    address: str = ""

    def environment(self) -> dict[str, str]:
        """What a command of ours reads."""
        named = {"DATABASE_URL": self.database_url, "OWNER_DATABASE_URL": self.owner_database_url}
        return named | ({"REDIS_URL": self.redis_url} if self.redis_url else {})


def started_by_us(server: Postgres, redis_url: str = "", address: str = "") -> Running:
    """The record of services this process has started."""
    pid = os.getpid()
    return Running(pid, birth(pid) or "", server.url(), server.url(OWNER), redis_url, address)


def running() -> Running | None:
    """What another process has started and still holds; None when that process is gone."""
    found = recorded()
    return found if found and is_alive(found.pid, found.born) else None


def recorded() -> Running | None:
    """What was written down last, whether it still runs or not."""
    try:
        return Running(**json.loads((VAR / "services.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def record(what: Running) -> None:
    """Let other commands find these services; what a killed predecessor left in /tmp goes."""
    if left := recorded():
        for name in re.findall(r"/tmp/neet-(?:pg|vk)-\w+", left.database_url + " " + left.redis_url):
            shutil.rmtree(name, ignore_errors=True)
    half_written = var() / "services.json.new"
    half_written.touch(mode=0o600)
    half_written.write_text(json.dumps(asdict(what)))
    half_written.rename(VAR / "services.json")


def forget() -> None:
    """These services are about to end."""
    (VAR / "services.json").unlink(missing_ok=True)


def cluster_folder() -> Path:
    """The embedded server's data."""
    return VAR / "pg"


def prepare(environment: Mapping[str, str], *options: str) -> None:
    """Tables, reference data, static files and what the options ask, in one process of its own."""
    command = [sys.executable, "-m", "neet.launch.prepare", *options]
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(command, cwd=ROOT, env=whole, preexec_fn=end_with_parent, check=False)
    if done.returncode:
        raise SystemExit("The database could not be prepared; what went wrong stands above.")


def prepare_once(server: Postgres, environment: Mapping[str, str]) -> None:
    """A database just made has no tables; whoever comes first makes them, and the others wait for it."""
    mark = server.data / "neet.prepared"
    if not mark.exists():
        print("Preparing a fresh database (once) ...", file=sys.stderr, flush=True)
        prepare(environment)
        mark.touch()


@contextmanager
def services(*, prepared: bool = True) -> Iterator[dict[str, str]]:
    """The environment that names the services, for the life of one command; with tables unless told otherwise."""
    if os.environ.get("DATABASE_URL"):
        yield {}
        return
    with ExitStack() as stack:
        with locked(var() / "services.lock"):
            found = running()
            own = None if found else Postgres(cluster_folder())
            if own:
                own.start()
                found = started_by_us(own)
                if prepared:
                    prepare_once(own, found.environment())
                record(found)
            stack.enter_context(_ending_last(own) if own else locked(VAR / "services.users", shared=True))
        assert found
        yield found.environment()


@contextmanager
def _ending_last(own: Postgres) -> Iterator[None]:
    """Stop our server at the end, after the last other command that uses it."""
    try:
        yield
    finally:
        if not _stopped_if_alone(own):
            print("Waiting for another command that uses this database ...", file=sys.stderr)
            while not _stopped_if_alone(own):
                time.sleep(0.2)


def _stopped_if_alone(own: Postgres) -> bool:
    with locked(VAR / "services.lock"), locked(VAR / "services.users", wait=False) as alone:
        if alone:
            forget()
            own.stop()
        return alone
