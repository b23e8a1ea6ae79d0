"""bin/backup and bin/restore: the whole installation in one file, and back into an empty one.

The file is a tar of the database (pg_dump's own format, one moment of it), the stored files, and a list of
what is in it. A stored file never changes, so those copied after the database hold all that its rows speak of.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg.sql import SQL, Identifier

from neet.launch import prepare
from neet.launch.places import VAR
from neet.launch.postgres import plain_environment, programs
from neet.launch.services import services

Counts = dict[str, int]
KNOWS_TRANSACTION_TIMEOUT = (
    170_000  # the version of a server that pg_restore of PostgreSQL 18 takes for granted
)
NOT_KNOWN = b"SET transaction_timeout = 0;\n"
COUNTED = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""


def backup(file: Path) -> Counts:
    """Write the backup; the file appears whole or not at all. Returns the rows of each table."""
    if file.exists():
        raise SystemExit(f"{file} is already there; a backup never writes over another.")
    with owner_url() as url, tempfile.TemporaryDirectory(prefix="neet-backup-", dir=file.parent) as folder:
        dump, half_written = Path(folder) / "database.dump", Path(folder) / "backup.tar"
        counts = dump_one_moment(url, dump)
        about = {"made_at": datetime.now(UTC).isoformat(), "rows": counts, "database_sha256": digest(dump)}
        listed = Path(folder) / "about.json"
        listed.write_text(json.dumps(about, indent=1))
        half_written.touch(mode=0o600)
        with tarfile.open(half_written, "w") as archive:
            archive.add(listed, "about.json")
            archive.add(dump, "database.dump")
            if (VAR / "files").exists():
                archive.add(VAR / "files", "files")
        half_written.rename(file)
    return counts


def dump_one_moment(url: str, dump: Path) -> Counts:
    """pg_dump and the counts see the same snapshot."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot
        asked = [
            "--format=custom",
            "--no-owner",
            "--no-comments",
            f"--snapshot={snapshot[0]}",
            f"--file={dump}",
        ]
        run_program("pg_dump", *asked, url)
        return count(connection)


def count(connection: psycopg.Connection) -> Counts:
    """Rows of every table."""
    names = [row[0] for row in connection.execute(COUNTED)]
    counted = {}
    for name in names:
        row = connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(name))).fetchone()
        counted[name] = row[0] if row else 0
    return counted


def restore(file: Path, erased: Sequence[Path] = ()) -> tuple[Counts, Counts]:
    """Bring an empty installation to what the backup holds: the rows it promised, and the rows it brought. Whoever was
    erased since it was made is erased again: as the list beside the database says, and these lists."""
    with tempfile.TemporaryDirectory(prefix="neet-restore-") as folder:
        about, dump, files = unpack(file, Path(folder))
        with owner_url(prepared=False) as url:
            refuse_what_is_in_use()
            replace_database(url, dump)
            if files.exists():
                shutil.copytree(files, VAR / "files", dirs_exist_ok=True)
            with psycopg.connect(url) as connection:
                found = count(connection)
            prepare.migrate()
            call_command("erase_again", *erased)
    return about["rows"], found


def unpack(file: Path, folder: Path) -> tuple[dict[str, Any], Path, Path]:
    """The parts of a backup, looked at before anything is touched."""
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        about, dump = json.loads((folder / "about.json").read_text()), folder / "database.dump"
        whole = about["database_sha256"] == digest(dump)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError):
        raise SystemExit(f"{file} is not a backup of this system.") from None
    if not whole:
        raise SystemExit(f"{file} is damaged: the database in it is not what was written.")
    return about, dump, folder / "files"


def refuse_what_is_in_use() -> None:
    """Only a database without an account and without a young person may be replaced; a demonstration has both."""
    django.setup()
    migrated = "accounts_user" in connections["default"].introspection.table_names()
    empty = not migrated or prepare.is_empty()
    connections.close_all()
    if not empty:
        raise SystemExit(
            "There are accounts or young people here. A backup is restored only into an empty database."
        )
    if any(path.is_file() for path in (VAR / "files").rglob("*")):
        raise SystemExit(f"There are stored files in {VAR / 'files'}: move them away before a restore.")


def replace_database(url: str, dump: Path) -> None:
    """Drop the empty tables and bring back those of the backup."""
    with psycopg.connect(url) as connection:
        connection.execute("DROP OWNED BY CURRENT_USER CASCADE")
        older = connection.info.server_version < KNOWS_TRANSACTION_TIMEOUT
    if older:
        bring_back_by_words(url, dump)
        return
    asked = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={url}"]
    run_program("pg_restore", *asked, str(dump))


def bring_back_by_words(url: str, dump: Path) -> None:
    """What pg_restore would do, without the one setting that a server older than our programs does not know; whole or
    not at all, since the last word is only said when all the others were written."""
    asked = [str(programs() / "pg_restore"), "--no-owner", "--file=-", str(dump)]
    told = [str(programs() / "psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={url}"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=said, env=plain_environment()) as reads,
        subprocess.Popen(
            told, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=plain_environment()
        ) as writes,
    ):
        assert reads.stdout
        assert writes.stdin
        try:
            writes.stdin.write(b"BEGIN;\n")
            for line in reads.stdout:
                if line == NOT_KNOWN:
                    break
                writes.stdin.write(line)
            shutil.copyfileobj(reads.stdout, writes.stdin)
            if reads.wait() == 0:
                writes.stdin.write(b"COMMIT;\n")
            writes.stdin.close()
        except BrokenPipeError:
            reads.kill()
            with suppress(BrokenPipeError):
                writes.stdin.close()
        failed = writes.wait() or reads.wait()
        said.seek(0)
        if failed:
            raise SystemExit(f"pg_restore failed: {said.read().decode(errors='replace').strip()}")


@contextmanager
def owner_url(*, prepared: bool = True) -> Iterator[str]:
    """The address of the database as its owner, with the settings of this process turned to it."""
    with services(prepared=prepared) as environment:
        os.environ.update({**environment, "AS_OWNER": "1", "DJANGO_SETTINGS_MODULE": "neet.settings"})
        yield os.environ.get("OWNER_DATABASE_URL") or os.environ["DATABASE_URL"]


def run_program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; its own words when it fails."""
    done = subprocess.run(
        [programs() / name, *arguments], env=plain_environment(), capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr.strip()}")


def digest(file: Path) -> str:
    """SHA-256 of a file of any size."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def main(arguments: list[str]) -> int:
    """`backup FILE`, or `restore FILE` and lists of who was erased since."""
    kind, files = (arguments[0], arguments[1:]) if arguments else ("", [])
    if not ((kind == "backup" and len(files) == 1) or (kind == "restore" and files)):
        print("Say which file: bin/backup FILE, or bin/restore FILE [ERASED ...].", file=sys.stderr)
        return 2
    file = Path(files[0]).absolute()
    if kind == "backup":
        said = backup(file)
        print(f"{sum(said.values()):,} rows of {len(said)} tables, {file.stat().st_size:,} bytes: {file}")
        return 0
    promised, found = restore(file, [Path(each).absolute() for each in files[1:]])
    for name in sorted(promised.keys() | found.keys()):
        mark = "" if promised.get(name) == found.get(name) else f"   the backup says {promised.get(name)}"
        print(f"{found.get(name, 0):>12,}  {name}{mark}")
    return 0 if promised == found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
