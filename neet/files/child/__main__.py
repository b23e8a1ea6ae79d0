"""Opens one file within its limits. It may be killed by what it reads, and then nobody else is.

Writes JSON lines: what the file is, then rows, some to a line, as [[number, [cells]], ...], then {"end": true}; or
{"refused": words}.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from neet.files.child import words
from neet.files.child.strangers import refuse_stranger
from neet.files.child.words import Refused

SNIFFED = 64 << 10


def main(path: Path, asked: dict[str, Any]) -> None:
    """Read one file within its limits."""
    _limit(asked["memory"], asked["seconds"])
    try:
        _tell(path, asked)
    except Refused as refusal:
        _say({"refused": str(refusal)})
    except MemoryError:
        _say({"refused": words.TOO_MUCH_MEMORY})
    except (
        BaseException
    ) as problem:  # a panic of calamine is no Exception, and a damaged archive raises anything
        _say({"refused": words.DAMAGED, "problem": type(problem).__name__})


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _tell(path: Path, asked: dict[str, Any]) -> None:
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from neet.files.child.books import read_book as read  # each kind loads only its own libraries
    else:
        refuse_stranger(head)
        from neet.files.child.text import read_text as read
    about, rows = read(path, asked)
    _say(about)
    sys.stdout.writelines(rows)
    _say({"end": True})


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
