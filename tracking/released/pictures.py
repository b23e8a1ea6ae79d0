"""A month's wards as a map, drawn from the lines everybody is shown and from nothing else (R107)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from neet.ui.charts import Drawing
from neet.ui.maps import Place, choropleth
from tracking.reconciling.models import Boundary
from tracking.reconciling.queries.boundaries import boundaries
from tracking.released.queries_wards import UNKNOWN, Hotspot, Hotspots
from tracking.rules.shades import ranges, shades

TOO_FEW = "Too few to show"


@dataclass(frozen=True)
class WardMap:
    """The map with what it says, from which day its borders hold, and the wards with a number that it cannot show."""

    message: str
    subtitle: str
    drawing: Drawing
    borders: Boundary
    not_drawn: Sequence[Hotspot]


def ward_map(found: Hotspots) -> WardMap | None:
    """Where wards end that have a number, five shades; None where no borders were taken in, or no number may be shown.

    A ward without a number shown is drawn the same whether it is held back, lies in a district of which nothing is
    shown, or nobody lives there. Somebody may be written down in another district than the ward lies in: the map draws
    the line of the ward's own district. One statement.
    """
    areas = boundaries(found.freeze.authority_id, found.freeze.month)
    wards = [each for each in areas if each.kind == Boundary.Kind.WARD]
    lines = _lines(found, wards)
    if not lines:
        return None
    numbers = {code: each.line.neet for code, each in lines.items() if each.line.neet is not None}
    shade_of = shades(numbers.values())
    subtitle = f"NEET by ward, {found.month.words}"
    message = _message(numbers, lines)
    drawn = choropleth(
        [_place(each, numbers.get(each.code), shade_of) for each in wards],
        legend=_legend(shade_of, is_whole=len(numbers) == len(wards)),
        borders=[Place(each.name, each.rings) for each in areas if each.kind == Boundary.Kind.DISTRICT],
        title=f"Map: {subtitle}",
        description=f"{message}. The table below says the same in numbers.",
    )
    return WardMap(message, subtitle, drawn, wards[0], _not_drawn(found, set(lines)))


def _not_drawn(found: Hotspots, drawn: set[str]) -> list[Hotspot]:
    """Wards that have a number and no border."""
    told = (each for each in found.wards if each.line.neet is not None and each.line.part != UNKNOWN)
    return [each for each in told if each.line.part not in drawn]


def _lines(found: Hotspots, wards: Sequence[Boundary]) -> Mapping[str, Hotspot]:
    """The line of each ward that has a number to be shown."""
    shown = {(each.line.part, each.district_id): each for each in found.wards if each.line.neet is not None}
    own = {each.code: shown.get((each.code, each.district_id or 0)) for each in wards}
    return {code: line for code, line in own.items() if line}


def _message(numbers: Mapping[str, int], lines: Mapping[str, Hotspot]) -> str:
    highest = max(numbers.values())
    if not highest:
        return "Nobody is NEET in any ward that can be shown"
    most = sorted(lines[code].line.words for code, number in numbers.items() if number == highest)
    return f"Most are NEET in {' and '.join(most[:2])}: {highest:,}" + (" each" if most[1:] else "")


def _place(ward: Boundary, number: int | None, shade_of: Mapping[int, int]) -> Place:
    if number is None:
        return Place(f"{ward.name}: {TOO_FEW.lower()}", ward.rings)
    return Place(f"{ward.name}: {number:,} NEET", ward.rings, shade_of[number])


def _legend(shade_of: Mapping[int, int], *, is_whole: bool) -> Mapping[int | None, str]:
    words = words_of_shades(shade_of)
    return words if is_whole else {**words, None: TOO_FEW}


def words_of_shades(shade_of: Mapping[int, int]) -> Mapping[int | None, str]:
    """What a legend says of each shade: the numbers drawn in it."""
    return {
        shade: f"{low:,}" if low == high else f"{low:,} to {high:,}"
        for shade, (low, high) in ranges(shade_of).items()
    }
