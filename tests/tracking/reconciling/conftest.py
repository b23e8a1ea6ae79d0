"""A county of two districts with a dozen invented postcodes, and one postcode of its neighbour."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from neet.accounts.models import User
from schools.models import Authority, District
from tests.factories import make_authority, make_district, make_user, seed_reference

KENT, MEDWAY = "E10000016", "E06000035"
NORTH, SOUTH = "E07000106", "E07000107"
HEADINGS = "pcd,pcds,doterm,oscty,oslaua,osward"
DIRECTORY = [
    HEADINGS,
    f"ZZ1  1AA,ZZ1 1AA,,{KENT},{NORTH},E05000001",
    f"ZZ1  1AB,ZZ1 1AB,,{KENT},{NORTH},E05000001",
    f"ZZ1  1AD,ZZ1 1AD,201512,{KENT},{NORTH},E05000002",
    f"ZZ2  1AA,ZZ2 1AA,,{KENT},{SOUTH},E05000003",
    f"ZZ2  1AB,ZZ2 1AB,,{KENT},{SOUTH},E05000003",
    f"ZZ3  1AA,ZZ3 1AA,,E99999999,{MEDWAY},E05000004",
    "ZZ4  1AA,ZZ4 1AA,,S99999999,S12000033,S13002845",
    "ZZ5  1AA,ZZ5 1AA,199901,,,",
]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def here(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority(code="886", name="Invented County")


@pytest.fixture
def north(authority: Authority) -> District:
    return make_district(authority, name="North", ons_code=NORTH)


@pytest.fixture
def south(authority: Authority) -> District:
    return make_district(authority, name="South", ons_code=SOUTH)


@pytest.fixture
def officer(authority: Authority) -> User:
    return make_user("mi_officer", authority)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file of these lines."""

    def written(*lines: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return written
