"""Writes every hostile and awkward file, with the verdicts beside them: `python -m tests.files.make_hostile FOLDER`."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.files.hostile import books, carried, letters, older, returns, spoilt, strangers
from tests.files.hostile.case import Case

CASES: tuple[Case, ...] = tuple(
    case
    for module in (letters, strangers, books, carried, spoilt, older, returns)
    for case in module.FILES.cases
)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (folder / case.name).write_bytes(case.make())
    verdicts = {case.name: {"about": case.about, **asdict(case.verdict)} for case in CASES}
    (folder / "verdicts.json").write_text(json.dumps(verdicts, indent=1, ensure_ascii=False))
    print(f"{len(CASES)} files in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
