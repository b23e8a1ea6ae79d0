"""Which of five shades a number is drawn in on a map: about as many areas in each, equal numbers never in two."""

from collections.abc import Collection, Mapping

SHADES = 5
LIGHTEST, DARKEST = 0, SHADES - 1


def shades(numbers: Collection[int]) -> Mapping[int, int]:
    """The shade of every number, the highest the darkest. None has a shade of its own, the lightest, so nobody takes it
    for few."""
    ordered = sorted(number for number in numbers if number)
    steps = SHADES - 1 if 0 in numbers else SHADES
    rough = {number: ordered.index(number) * steps // len(ordered) for number in ordered}
    used = sorted(set(rough.values()))
    found = {number: DARKEST - (len(used) - 1 - used.index(step)) for number, step in rough.items()}
    return {0: LIGHTEST, **found} if steps < SHADES else found


def ranges(shade_of: Mapping[int, int]) -> Mapping[int, tuple[int, int]]:
    """The lowest and the highest number of each shade in use, lightest first."""
    by_shade: dict[int, list[int]] = {}
    for number, shade in sorted(shade_of.items()):
        by_shade.setdefault(shade, []).append(number)
    return {shade: (held[0], held[-1]) for shade, held in sorted(by_shade.items())}
