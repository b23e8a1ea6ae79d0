"""Sharing calls out: evenly; whoever works with somebody keeps them; a district stays in few hands (R68)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shared:
    """Somebody to be given to an officer: where they live, whose they are now, and how often that officer tried."""

    person_id: int
    district_id: int | None = None
    with_now: int | None = None
    tries: int = 0


def shared_out(people: Iterable[Shared], among: Sequence[int]) -> Mapping[int, int]:
    """An officer for each of these people, by person. No officer has more than one more than another.

    Whoever is one of these officers' already stays theirs as long as it is not more than their share, those they
    tried most first. The others go where most of their district are.
    """
    everybody = sorted(people, key=lambda each: (-each.tries, each.person_id))
    if not among:
        return {}
    room = _rooms(len(everybody), among)
    given: dict[int, int] = {}
    districts: dict[int | None, Counter[int]] = defaultdict(Counter)
    for each in everybody:
        if each.with_now is not None and room.get(each.with_now):
            _give(each, each.with_now, given, room, districts)
    rest = [each for each in everybody if each.person_id not in given]
    for each in sorted(rest, key=lambda one: (one.district_id or 0, one.person_id)):
        here = districts[each.district_id]
        officer = max(
            (user for user in among if room[user]), key=lambda user: (here[user], room[user], -user)
        )
        _give(each, officer, given, room, districts)
    return given


def _rooms(number: int, among: Sequence[int]) -> dict[int, int]:
    """How many each is to have; the first take one more where it does not come out even."""
    each, over = divmod(number, len(among))
    return {user: each + (place < over) for place, user in enumerate(among)}


def _give(
    each: Shared,
    officer: int,
    given: dict[int, int],
    room: dict[int, int],
    districts: dict[int | None, Counter[int]],
) -> None:
    given[each.person_id] = officer
    room[officer] -= 1
    districts[each.district_id][officer] += 1
