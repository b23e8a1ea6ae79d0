"""A backup comes back into a server that is older than our programs, as PostgreSQL 16 of docker-compose.yml is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from neet.launch.backup import NOT_KNOWN, bring_back_by_words, run_program
from neet.launch.postgres import OWNER, Postgres

MANY = "CREATE TABLE many AS SELECT n, repeat(md5(n::text), 9) AS words FROM generate_series(1, 20000) AS n"
COUNT = "SELECT count(*) FROM many"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Postgres]:
    one = Postgres(tmp_path / "pg", durable=False)
    try:
        one.start()
        for name in ("here", "there"):
            one.psql("postgres", "-c", f"CREATE DATABASE {name} OWNER {OWNER}")
        one.psql("here", "-c", MANY, role=OWNER)
        yield one
    finally:
        one.stop()
        one.remove()


def dumped(server: Postgres, file: Path) -> Path:
    asked = ["--format=custom", "--no-owner", "--no-comments", f"--file={file}"]  # as a backup asks
    run_program("pg_dump", *asked, server.url(OWNER, "here"))
    return file


def test_all_of_it_comes_back_but_the_setting_that_older_servers_do_not_know(
    server: Postgres, tmp_path: Path
) -> None:
    file = dumped(server, tmp_path / "database.dump")
    words = tmp_path / "words.sql"
    run_program("pg_restore", "--no-owner", f"--file={words}", str(file))

    bring_back_by_words(server.url(OWNER, "there"), file)

    assert NOT_KNOWN in words.read_bytes()
    assert server.psql("there", "-c", COUNT) == "20000"


def test_of_a_dump_that_is_cut_off_nothing_comes_back(server: Postgres, tmp_path: Path) -> None:
    file = dumped(server, tmp_path / "database.dump")
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])

    with pytest.raises(SystemExit, match="pg_restore failed"):
        bring_back_by_words(server.url(OWNER, "there"), file)

    assert server.psql("there", "-c", "SELECT to_regclass('many') IS NULL") == "t"


def test_what_the_server_refuses_is_said_and_leaves_it_as_it_was(server: Postgres, tmp_path: Path) -> None:
    file = dumped(server, tmp_path / "database.dump")

    with pytest.raises(SystemExit, match="already exists"):
        bring_back_by_words(server.url(OWNER, "here"), file)
    with pytest.raises(SystemExit, match="does not exist"):
        bring_back_by_words(server.url(OWNER, "nowhere"), file)

    assert server.psql("here", "-c", COUNT) == "20000"
