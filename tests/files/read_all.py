"""Reads files one after another and tells what the hungriest of the reading processes took: `... FILE...`."""

import json
import resource
import sys
from pathlib import Path

from neet.files.reader import Unreadable, open_table


def spent() -> float:
    """Seconds of processor time of all children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(paths: list[Path]) -> None:
    outcomes, longest = {"read": 0, "refused": 0}, 0.0
    for path in paths:
        before = spent()
        try:
            with open_table(path) as table:
                for _ in table.rows:
                    pass
            outcomes["read"] += 1
        except Unreadable:
            outcomes["refused"] += 1
        longest = max(longest, spent() - before)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    print(json.dumps({**outcomes, "seconds": longest, "memory": memory}))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
