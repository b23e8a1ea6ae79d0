"""Where things lie in this checkout. Standard library only: read before the packages are there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
BUILD = ROOT / "build"


def var() -> Path:
    """The folder of everything this installation keeps; made closed to other people."""
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    return VAR


def log_file(name: str) -> Path:
    """The log of one process, in a folder of their own."""
    folder = var() / "log"
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"
