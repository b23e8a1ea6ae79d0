"""Figures in words: shares as whole per cent, and no small number where it may not be seen."""

from dataclasses import dataclass
from fractions import Fraction

from returns.leavers.queries.providers import Provider
from tracking.rules.disclosure import FEW, LEAST

NOTHING, NOT_SHOWN = "none", "not shown"


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
    """Words for every figure; with `hides` no count of people under five and no share that would tell it."""
    it = provider.figures
    people = _People(hides, it.left)
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
        days=NOTHING if it.days is None else NOT_SHOWN if people.are_few(it.told) else _days(it.days),
        reasons=people.share(it.with_reason, it.reasons),
        left=NOTHING if not it.left else NOT_SHOWN if people.are_few(it.left) else str(it.left),
        leavers=people.share(it.left, it.leaver_rate),
        there=FEW if hides and 0 < it.there < LEAST else str(it.there),
    )


@dataclass(frozen=True)
class _People:
    """What may be said of those who left."""

    hides: bool
    left: int

    def are_few(self, part: int) -> bool:
        """Whether a part, or the rest beside it, is so small that it may point at somebody."""
        return self.hides and any(0 < count < LEAST for count in (part, self.left - part, self.left))

    def share(self, part: int, of: Fraction | None) -> str:
        return NOT_SHOWN if of is not None and self.are_few(part) else percent(of)

    def of_all(self, part: int) -> str:
        if not self.left:
            return NOTHING
        return NOT_SHOWN if self.are_few(part) else f"{part} of {self.left}"


def percent(share: Fraction | None) -> str:
    """Whole per cent; that there is nothing to share out in a word."""
    return NOTHING if share is None else f"{round(share * 100)}%"


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
