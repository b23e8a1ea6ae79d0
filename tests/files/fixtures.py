"""The hostile and awkward files, made once for all tests of a run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files.hostile.case import Case

Kept = Callable[[Case], Path]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Where a case's file lies, made when it is first asked for."""
    folder = tmp_path_factory.mktemp("hostile")

    def path_of(case: Case) -> Path:
        path = folder / case.name
        if not path.exists():
            path.write_bytes(case.make())
        return path

    return path_of
