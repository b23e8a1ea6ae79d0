"""The embedded server on the machines there are: other programs, no user namespaces, after any death."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from neet.launch import places, postgres
from neet.launch.postgres import Postgres

DEBIANS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Postgres]]:
    """`server()`: a server of this test, stopped and taken away at its end."""
    monkeypatch.setattr(places, "VAR", tmp_path)
    made: list[Postgres] = []

    def make() -> Postgres:
        made.append(Postgres(tmp_path / "pg"))
        return made[-1]

    yield make
    for each in made:
        each.stop()
        each.remove()


def test_the_serving_role_is_no_owner(server: Callable[[], Postgres]) -> None:
    one = server()
    one.start()

    one.psql("neet", "-c", "CREATE TABLE fact (id int)", role=postgres.OWNER)

    assert one.psql("neet", "-c", "INSERT INTO fact VALUES (1) RETURNING id", role=postgres.APP) == "1"
    for forbidden in (
        "TRUNCATE fact",
        "DROP TABLE fact",
        "CREATE TABLE other (id int)",
        "SET ROLE neet_owner",
    ):
        with pytest.raises(subprocess.CalledProcessError):
            one.psql("neet", "-c", forbidden, role=postgres.APP)


@pytest.mark.parametrize(
    ("pages", "buffers"), [(1024**2 // 4, "128MB"), (1024**2, "512MB"), (16 * 1024**2, "1024MB")]
)
def test_the_server_takes_an_eighth_of_the_memory_within_bounds(
    pages: int, buffers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = {"SC_PHYS_PAGES": pages, "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(os, "sysconf", machine.__getitem__)

    assert postgres.sized()["shared_buffers"] == buffers


def test_extensions_are_there_in_every_database(server: Callable[[], Postgres]) -> None:
    one = server()
    one.start()

    one.psql("postgres", "-c", f"CREATE DATABASE another OWNER {postgres.OWNER}")

    found = one.psql("another", "-c", "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension")
    assert found == "btree_gist fuzzystrmatch pg_trgm plpgsql unaccent"


TALKATIVE = {
    "log_min_messages": "debug1", "log_min_error_statement": "error", "log_error_verbosity": "default",
    "log_statement": "all", "log_min_duration_statement": "0", "log_duration": "on", "log_lock_waits": "on",
}  # fmt: skip
TABLE = (
    "CREATE TABLE fact (upn text UNIQUE CHECK (length(upn) < 20), born date); GRANT ALL ON fact TO neet_app"
)
WRONG = (
    "INSERT INTO fact VALUES ('{0}', '{0}')",
    "INSERT INTO fact VALUES ('{0}', NULL), ('{0}', NULL)",
    "INSERT INTO fact VALUES ('{0} {0} {0}', NULL)",
    "SELECT '{0}'::uuid",
    "DO $$ BEGIN RAISE EXCEPTION '{0} is refused'; END $$",
    "SELECT '{0}'",
)


@pytest.mark.parametrize("role", [postgres.APP, postgres.OWNER])
def test_a_servers_log_holds_nothing_of_what_is_asked_however_much_it_is_told_to_write(
    server: Callable[[], Postgres], tmp_path: Path, role: str
) -> None:
    one = server()
    one.settings |= TALKATIVE
    one.start()
    one.psql("neet", "-c", TABLE, role=postgres.OWNER)

    for asked in (*WRONG, "SELECT 'Seencanary'"):
        others = postgres.SUPERUSER if "Seen" in asked else role
        with suppress(subprocess.CalledProcessError):
            one.psql("neet", "-c", asked.format("Quillcanary"), role=others)

    logged = (tmp_path / "log" / "postgres.log").read_text()
    assert "Seencanary" in logged  # the server does write what anybody else asks
    assert "Quillcanary" not in logged


def test_a_server_made_before_takes_what_its_roles_carry_now(server: Callable[[], Postgres]) -> None:
    one = server()
    one.start()
    one.psql("postgres", "-c", f"ALTER ROLE {postgres.APP} RESET ALL")
    assert one.psql("neet", "-c", "SHOW log_min_messages", role=postgres.APP) == "warning"
    one.stop()
    for mark in one.data.glob("neet.made*"):
        mark.rename(one.data / "neet.made")

    again = server()
    again.start()

    assert again.psql("neet", "-c", "SHOW log_min_messages", role=postgres.APP) == "log"


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_server_starts_again_after_its_death(server: Callable[[], Postgres], sign: int) -> None:
    one = server()
    process = one.start()
    one.psql("neet", "-c", "CREATE TABLE kept AS SELECT 42 AS answer", role=postgres.OWNER)

    process.send_signal(sign)
    process.wait()
    one.start()

    assert one.psql("neet", "-c", "SELECT answer FROM kept") == "42"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root asks for a namespace")
def test_where_namespaces_are_refused_another_user_runs_it(
    server: Callable[[], Postgres], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "namespaces_allowed", lambda: False)
    tmp_path.chmod(0o700)
    one = server()

    process = one.start()

    assert Path(f"/proc/{process.pid}").stat().st_uid != 0
    assert one.psql("neet", "-c", "SELECT 1", role=postgres.APP) == "1"
    assert one.data.parent.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not DEBIANS, reason="Debian's PostgreSQL is not installed")
def test_other_programs_are_used_when_named_and_another_version_is_refused(
    server: Callable[[], Postgres], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PG_BINDIR", str(DEBIANS[-1]))
    older = server()
    older.start()
    assert older.psql("neet", "-c", "SHOW server_version").startswith(DEBIANS[-1].parent.name)
    older.stop()
    monkeypatch.delenv("PG_BINDIR")

    with pytest.raises(SystemExit, match="was made by PostgreSQL"):
        server().start()
