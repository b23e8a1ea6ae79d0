"""bin/drill --moment: is the database's archive any good? A moment of it is brought back into a server that is thrown
away, and timed. Nothing here touches the server in use: pgBackRest only reads its archive."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from neet.launch.drill import ELSEWHERE, said_in_time, taken
from neet.launch.postgres import OWNER, Postgres
from neet.launch.processes import end_quietly_on_signals

STANZA = "neet"
RECOVERS_WITHIN = 60 * 60
# The server in use asks who comes; this one is ours alone, on a socket nobody else can reach.
LET_IN = "local all all trust\n"


def fetched(data: Path, moment: str) -> None:
    """The files of the last copy before a moment, ready to run on to it; pgBackRest finds its archive by its own
    configuration (`PGBACKREST_CONFIG`). Raises SystemExit with its words."""
    asked = [
        *["pgbackrest", f"--stanza={STANZA}", f"--pg1-path={data}", "--archive-mode=off"],
        *["--type=time", f"--target={moment}", "--target-action=promote", "restore"],
    ]
    data.mkdir(mode=0o700)
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SystemExit("There is no pgbackrest on this machine: apt-get install pgbackrest.") from None
    if done.returncode:
        raise SystemExit(f"pgbackrest: {(done.stdout + done.stderr).strip()}")
    (data / "postgresql.conf").touch()  # Debian keeps its own elsewhere


def server_of(data: Path) -> Postgres:
    """A server of our own on those files; it answers once it has come to the moment."""
    hba = data.parent / "hba"
    hba.write_text(LET_IN)
    found = Postgres(data, settings={"hba_file": str(hba), "hot_standby": "off", "archive_mode": "off"})
    found.ready_within = RECOVERS_WITHIN
    return found


def looked_at(lists: Sequence[Path]) -> dict[str, list[str]]:
    """What is done once the moment is there, by the words for it."""
    return {
        "erased again whoever was": ["manage.py", "erase_again", *map(str, lists)],
        "tables are of this version": ["manage.py", "migrate", "--check"],
        "the audit trail is whole": ["manage.py", "verify_audit"],
        "digests of all facts": ["manage.py", "state_hash"],
    }


def drill(moment: str, lists: Sequence[Path]) -> int:
    """Bring a moment back beside everything else and look at it; says how long each step took. `moment` is a time with
    its zone, as `2026-11-23 02:10:00+00`. 0 where all went well."""
    with tempfile.TemporaryDirectory(prefix="neet-moment-") as folder:
        began = time.monotonic()
        data = Path(folder) / "pg"
        fetched(data, moment)
        print(f"-- the copy before it: {time.monotonic() - began:.1f} s", flush=True)
        started, server = time.monotonic(), server_of(data)
        try:
            server.start()
            print(f"-- run on to {moment}: {time.monotonic() - started:.1f} s", flush=True)
            well = taken(looked_at(lists), environment(server, Path(folder)))
        finally:
            server.stop()
        return said_in_time(time.monotonic() - began) if well else 1


def environment(server: Postgres, folder: Path) -> dict[str, str]:
    """Commands of ours turned to that server, as its owner, with files of nobody."""
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    url = server.url(OWNER)
    return kept | {
        "DATABASE_URL": url,
        "OWNER_DATABASE_URL": url,
        "AS_OWNER": "1",
        "VAR_DIR": str(folder / "var"),
    }


def main(arguments: list[str]) -> int:
    """`MOMENT`, and lists of who was erased since."""
    if not arguments:
        print('Say which moment: bin/drill --moment "2026-11-23 02:10:00+00" [ERASED ...].', file=sys.stderr)
        return 2
    return drill(arguments[0], [Path(each).absolute() for each in arguments[1:]])


if __name__ == "__main__":
    end_quietly_on_signals()
    sys.exit(main(sys.argv[1:]))
