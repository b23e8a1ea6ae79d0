"""bin/drill: is a backup any good? It is brought back into an installation that is thrown away, and timed."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from neet.launch.places import ROOT
from neet.launch.processes import end_quietly_on_signals, end_with_parent

AIM = 60 * 60
ELSEWHERE = {"DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "VAR_DIR", "DEMO"}


def steps(files: Sequence[Path]) -> dict[str, list[str]]:
    """What is done after one another, by the words for it."""
    return {
        "brought back, and erased again whoever was": [
            "-m",
            "neet.launch.backup",
            "restore",
            *map(str, files),
        ],
        "tables are of this version": ["manage.py", "migrate", "--check"],
        "the audit trail is whole": ["manage.py", "verify_audit"],
        "digests of all facts": ["manage.py", "state_hash"],
    }


def drill(files: Sequence[Path]) -> int:
    """Bring the backup back beside everything else and look at it; says how long each step took. 0 where all went well;
    the first that fails ends it with its words. The services of this machine are not touched."""
    with tempfile.TemporaryDirectory(prefix="neet-drill-") as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
        began = time.monotonic()
        well = taken(steps(files), kept | {"VAR_DIR": folder})
        return said_in_time(time.monotonic() - began) if well else 1


def taken(steps: Mapping[str, Sequence[str]], environment: Mapping[str, str]) -> bool:
    """Take the steps one after another and say how long each took; the first that fails ends it with its words."""
    for words, asked in steps.items():
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, *asked],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            preexec_fn=end_with_parent,
            check=False,
        )
        print(done.stdout.rstrip())
        if done.returncode:
            print(f"NOT so: {words}. {done.stderr.strip()}", file=sys.stderr)
            return False
        print(f"-- {words}: {time.monotonic() - started:.1f} s", flush=True)
    return True


def said_in_time(took: float) -> int:
    """Say how long the whole took; 0 within the aim."""
    print(f"The whole drill: {took:.1f} s; the aim is {AIM // 60} minutes.")
    return 0 if took <= AIM else 1


def main(arguments: list[str]) -> int:
    """`drill FILE`, and lists of who was erased since."""
    end_quietly_on_signals()
    if not arguments:
        print("Say which backup: bin/drill FILE [ERASED ...].", file=sys.stderr)
        return 2
    return drill([Path(each).absolute() for each in arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
