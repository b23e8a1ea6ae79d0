"""What is to be reached: a target for a yearly figure, of a year, a council or one of its districts (R89)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Aimed(StrEnum):
    """The yearly figures a target can be set for."""

    TOGETHER = "together"
    NEET = "neet"
    NOT_KNOWN = "not_known"
    PARTICIPATION = "participation"
    GUARANTEE = "guarantee"


# The limit that is everybody's target where a council has set none, in tenths of a per cent.
LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "together": "target_neet_or_not_known",
        "neet": "target_neet",
        "not_known": "target_not_known",
        "participation": "target_participation",
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """A target in tenths of a per cent; without a district of the whole council, without a year of every year."""

    code: str
    indicator: Aimed
    authority: str
    district: str
    year: int | None
    tenths: int


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose figure: a council by its DfE number, the academic year by the one it begins in, and a district by its
    name (none: the whole council)."""

    authority: str
    year: int
    district: str = ""


def target(row: Mapping[str, str]) -> Target:
    """A row of the table `figure_targets`. Raises ValueError where it is no share, or no such figure."""
    tenths = int(row["tenths"])
    if not 0 < tenths <= 1000:
        raise ValueError(f"{tenths} tenths of a per cent is no share")
    return Target(
        code=row["code"],
        indicator=Aimed(row["indicator"]),
        authority=row["authority"],
        district=row["district"].strip(),
        year=int(row["year"]) if row["year"] else None,
        tenths=tenths,
    )


def aim(targets: Iterable[Target], limits: Mapping[str, int], indicator: str, whose: Whose) -> float | None:
    """The target of a figure in per cent: the district's own before the council's, a year's own before that of every
    year, the council's before everybody's; None where there is none. Of two alike the first by short name holds."""
    fitting = [
        each
        for each in targets
        if each.indicator == indicator
        and each.authority in ("", whose.authority)
        and (not each.district or each.district.casefold() == whose.district.casefold())
        and each.year in (None, whose.year)
    ]
    if fitting:
        best = min(
            fitting, key=lambda each: (not each.district, each.year is None, not each.authority, each.code)
        )
        return best.tenths / 10
    everybody = limits.get(LIMITS.get(indicator, ""))
    return everybody / 10 if everybody else None
