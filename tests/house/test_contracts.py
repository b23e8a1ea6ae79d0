"""Every package with shelves stands in the import contracts, so that a new room cannot forget them."""

import tomllib
from pathlib import Path

from tests.house.sources import FLOORS, ROOT

SHELVES = {"actions", "queries", "models", "forms", "views", "tasks", "rules", "api", "urls"}


def test_every_package_with_shelves_is_in_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    contained = next(each["containers"] for each in contracts if each["name"].startswith("Shelves"))
    packages = {path.parent for floor in FLOORS for path in (ROOT / floor).rglob("__init__.py")}

    missing = {dotted(package) for package in packages if has_shelves(package)} - set(contained)

    assert not missing


def has_shelves(package: Path) -> bool:
    """Two shelves make a room; a shelf that is a package itself is none, nor is the shell around the apps."""
    if package == ROOT / "neet":
        return False
    found = {path.stem for path in package.iterdir() if path.suffix == ".py" or path.is_dir()}
    return len(found & SHELVES) >= 2 and not SHELVES & set(package.relative_to(ROOT).parts)


def dotted(package: Path) -> str:
    """The name Python knows a folder by."""
    return ".".join(package.relative_to(ROOT).parts)
