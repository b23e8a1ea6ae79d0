"""Figures in words: shares as whole per cent, and no small number where it may not be seen."""

from dataclasses import dataclass
from fractions import Fraction

from returns.leavers.queries.providers import Provider
from tracking.rules.disclosure import HIDDEN as NOT_SHOWN
from tracking.rules.disclosure import are_few, line_held_back

NOTHING = "none"


@dataclass(frozen=True)
class ShownProvider:
    """One line of the board, or of an establishment's own page."""

    pk: int
    name: str
    kind: str
    returns: str
    punctual: str
    late: int
    missing: int
    mend: str
    notified: str
    told: str
    days: str
    reasons: str
    left: str
    leavers: str
    there: str


def shown(provider: Provider, *, hides: bool = False) -> ShownProvider:
    """Words for every figure; with `hides` no count of people that is held back and no share that would tell it."""
    it = provider.figures
    people = _People(hides, it.there, it.left)
    return ShownProvider(
        pk=provider.pk,
        name=provider.name,
        kind=provider.kind,
        returns=f"{it.on_time} of {it.on_time + it.late + it.missing}"
        if it.punctual is not None
        else NOTHING,
        punctual=percent(it.punctual),
        late=it.late,
        missing=it.missing,
        mend=percent(it.error_rate),
        notified=people.share(it.told, it.notified),
        told=people.of_all(it.told),
        days=NOTHING if it.days is None else NOT_SHOWN if people.hide(it.told) else _days(it.days),
        reasons=people.share(it.with_reason, it.reasons),
        left=NOTHING if not it.left else NOT_SHOWN if people.hide_leavers else str(it.left),
        leavers=NOT_SHOWN if it.left and people.hide_leavers else percent(it.leaver_rate),
        there=NOT_SHOWN if hides and are_few(it.there) else str(it.there),
    )


LEFT, STAYED, SAID, REST = "left", "stayed", "said", "rest"


@dataclass(frozen=True)
class _People:
    """What may be said of those who were there and of those who left: each split of them is a line of its own, held
    back by the rule of all figures; they share nothing but their sum."""

    hides: bool
    there: int
    left: int

    @property
    def hide_leavers(self) -> bool:
        """Whether how many left is not said; nor is then anything of them."""
        stayed = max(0, self.there - self.left)
        return self.hides and bool(line_held_back({LEFT: self.left, STAYED: stayed}, telling=[LEFT]))

    def hide(self, part: int) -> bool:
        """Whether a part of those who left is not said."""
        if not self.hides or not self.left:
            return False
        return self.hide_leavers or bool(line_held_back({SAID: part, REST: self.left - part}))

    def share(self, part: int, of: Fraction | None) -> str:
        return NOT_SHOWN if of is not None and self.hide(part) else percent(of)

    def of_all(self, part: int) -> str:
        if not self.left:
            return NOTHING
        return NOT_SHOWN if self.hide(part) else f"{part} of {self.left}"


def percent(share: Fraction | None) -> str:
    """Whole per cent; that there is nothing to share out in a word."""
    return NOTHING if share is None else f"{round(share * 100)}%"


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
