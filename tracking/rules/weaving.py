"""Two histories of activities made one: nobody has two main activities at a time, and no news is lost."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A main activity of one of two records: from when, until when (both days included), the last day somebody said it
    was so, and whether it counts as taking part."""

    id: int
    is_kept: bool
    code: str
    place: str
    starts_on: date
    ends_on: date | None
    verified_on: date | None
    participates: bool

    @property
    def end(self) -> date:
        """The last day, far ahead where there is none."""
        return self.ends_on or date.max

    @property
    def news(self) -> tuple[date, bool]:
        """What is believed where two begin on one day: the later word, and the kept record's where both are of one
        day."""
        return (self.verified_on or self.starts_on, self.is_kept)


@dataclass(frozen=True, slots=True)
class Woven:
    """What becomes of the main activities: `main` as they stand now, `beside` those that go on beside another,
    `same` by an activity that was recorded on both records the one that stands for it."""

    main: tuple[Spell, ...]
    beside: tuple[Spell, ...]
    same: dict[int, int]


def weave(spells: Iterable[Spell]) -> Woven:
    """One history of main activities without an overlap. The same activity on both records is one, from its first to
    its last day. Of two that overlap the earlier ends the day before the later begins; the later goes on beside it
    where it ended first, or where the earlier is taking part and nothing newer is known of the later."""
    joined, same = _joined(list(spells))
    main: list[Spell] = []
    beside: list[Spell] = []
    for spell in sorted(joined, key=lambda each: (each.starts_on, each.end, each.id)):
        while True:
            if not main or main[-1].end < spell.starts_on:
                main.append(spell)
            elif _goes_beside(main[-1], spell):
                beside.append(spell)
            elif main[-1].starts_on == spell.starts_on:
                beside.append(main.pop())
                continue
            else:
                main[-1] = replace(main[-1], ends_on=spell.starts_on - DAY)
                main.append(spell)
            break
    return Woven(tuple(main), tuple(beside), same)


def _goes_beside(earlier: Spell, later: Spell) -> bool:
    """Whether the later of two that overlap leaves the earlier as it is."""
    if earlier.starts_on == later.starts_on:
        return (earlier.participates, earlier.news) >= (later.participates, later.news)
    if later.end < earlier.end:
        return True
    return earlier.participates and not later.participates and earlier.news[0] >= later.news[0]


def _joined(spells: list[Spell]) -> tuple[list[Spell], dict[int, int]]:
    """Each activity once: the kept record's stands for the other's of the same code and place that overlaps it."""
    kept = [each for each in spells if each.is_kept]
    same: dict[int, int] = {}
    rest = []
    for other in (each for each in spells if not each.is_kept):
        place = next((place for place, mine in enumerate(kept) if _is_same(mine, other)), None)
        if place is None:
            rest.append(other)
        else:
            same[other.id] = kept[place].id
            kept[place] = _both(kept[place], other)
    return kept + rest, same


def _is_same(one: Spell, other: Spell) -> bool:
    alike = (one.code, one.place) == (other.code, other.place)
    return alike and one.starts_on <= other.end and other.starts_on <= one.end


def _both(kept: Spell, other: Spell) -> Spell:
    """From the earlier beginning to the end of whichever was said last."""
    later = max(kept, other, key=lambda each: each.news)
    said = [each.verified_on for each in (kept, other) if each.verified_on]
    return replace(
        kept,
        starts_on=min(kept.starts_on, other.starts_on),
        ends_on=later.ends_on,
        verified_on=max(said, default=None),
    )
