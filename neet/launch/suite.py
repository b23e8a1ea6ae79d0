"""bin/test, bin/assure and bin/bench: against services of their own, thrown away afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neet.launch.places import ROOT
from neet.launch.postgres import OWNER, Postgres
from neet.launch.processes import end_quietly_on_signals, end_with_parent
from neet.launch.services import prepare
from neet.launch.valkey import Valkey

TESTS = ["-m", "not assure and not bench"]
# A worker has one module after the other, in the order of tests/conftest.py.
WHOLE_SUITE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *TESTS]


def compiled_in(folder: Path) -> dict[str, str]:
    """Where the environment keeps Python from leaving compiled code beside the sources, a run has a place of its own
    for it: else each of the many programs the tests start would compile everything anew, half of what starting costs.
    """
    if not sys.dont_write_bytecode:
        return {}
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def pattern_in(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The files of a server whose database has all its tables, made once for a run: what needs a database of its own
    begins with a copy of them. Where the server's files must belong to somebody else, everybody makes their own."""
    server = Postgres(folder / "pattern", durable=False)
    if server.user:
        return {}
    try:
        server.start()
        owner = server.url(OWNER)
        named = {"DATABASE_URL": owner, "OWNER_DATABASE_URL": owner, "VAR_DIR": str(folder)}
        subprocess.run(
            [sys.executable, ROOT / "manage.py", "migrate", "--skip-checks", "-v0"],
            cwd=ROOT,
            env=environment | named,
            preexec_fn=end_with_parent,
            check=True,
        )
    finally:
        server.stop()
    return {"TESTS_PATTERN": str(server.data)}


@contextmanager
def throw_away_services(*, durable: bool = False, pattern: bool = False) -> Iterator[dict[str, str]]:
    """A fresh PostgreSQL and Valkey for one command; the environment that names them."""
    with tempfile.TemporaryDirectory(prefix="neet-test-") as folder:
        environment = {**os.environ, **compiled_in(Path(folder))}
        made = pattern_in(Path(folder), environment) if pattern else {}
        server, valkey = Postgres(Path(folder) / "pg", durable=durable), Valkey()
        try:
            if made:
                shutil.copytree(made["TESTS_PATTERN"], server.data)
            server.start()
            valkey.start()
            server.psql("postgres", "-c", f"ALTER ROLE {OWNER} CREATEDB")
            owner = server.url(OWNER)
            yield {
                **environment,
                **made,
                "DATABASE_URL": owner,
                "OWNER_DATABASE_URL": owner,
                "REDIS_URL": valkey.url,
                "VAR_DIR": folder,
            }
        finally:
            valkey.stop()
            server.stop()
            server.remove()


def pytest(arguments: list[str]) -> int:
    """Run pytest in the project's folder against services of its own."""
    with throw_away_services(pattern=True) as environment:
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment, preexec_fn=end_with_parent, check=False
        ).returncode


def bench(names: list[str]) -> int:
    """Run the measurements named, or all: each is a file of tests/bench that prints its figures."""
    found = {path.stem: path for path in sorted((ROOT / "tests" / "bench").glob("[a-z]*.py"))}
    unknown = [name for name in names if name not in found]
    if unknown or not found:
        print(f"No such measurement: {', '.join(unknown)}. There are: {', '.join(found) or 'none yet'}.")
        return 2
    with throw_away_services(durable=True) as environment:
        environment |= {"PYTHONPATH": str(ROOT), "AS_OWNER": "1"}
        prepare(environment)
        results = []
        for name in names or found:
            print(f"== {name}", flush=True)
            done = subprocess.run(
                [sys.executable, "-m", f"tests.bench.{name}"], cwd=ROOT, env=environment, check=False
            )
            results.append(done.returncode)
    return max(results)


def main(arguments: list[str]) -> int:
    """The first argument says which of the three it is; the rest passes through."""
    end_quietly_on_signals()
    kind, rest = arguments[0], arguments[1:]
    try:
        if kind == "bench":
            return bench(rest)
        if kind == "assure":
            return pytest(["-m", "assure", *rest])
        return pytest(rest or WHOLE_SUITE)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
