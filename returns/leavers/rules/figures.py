"""How well a school or college tells us: in time, without mistakes, and of everybody who leaves (R121, R125, R126)."""

from dataclasses import dataclass
from fractions import Fraction

FEW_TOLD, FEW_REASONS, MANY_TO_MEND = Fraction(4, 5), Fraction(4, 5), Fraction(1, 20)
LATE_BY = 14  # days from leaving to telling, from which on it is worth a word


@dataclass(frozen=True)
class Figures:
    """One establishment in one period. Rates are shares of what stands beside them; None where there is nothing to
    share out.

    `mend` are the rows that needed a change or an answer when their file was first checked. `left` are those who left
    before their course was to end, however we learnt it; `told` those of them a return named; `days` is the median from
    the last day there to the day of that return.
    """

    asked: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    rows: int = 0
    mend: int = 0
    there: int = 0
    left: int = 0
    told: int = 0
    with_reason: int = 0
    days: int | None = None

    @property
    def punctual(self) -> Fraction | None:
        """Of the returns that were due, those that came in time."""
        return share(self.on_time, self.on_time + self.late + self.missing)

    @property
    def error_rate(self) -> Fraction | None:
        return share(self.mend, self.rows)

    @property
    def notified(self) -> Fraction | None:
        """Of those who left, those we were told of (R121)."""
        return share(self.told, self.left)

    @property
    def reasons(self) -> Fraction | None:
        """Of those who left, those of whom it was said why (R126)."""
        return share(self.with_reason, self.left)

    @property
    def leaver_rate(self) -> Fraction | None:
        """Of those who were there, those who left early (R125)."""
        return share(self.left, self.there)


def share(part: int, whole: int) -> Fraction | None:
    """A share; None of nothing."""
    return Fraction(part, whole) if whole else None


def what_would_help(figures: Figures) -> str:
    """One line to the establishment itself: the one thing that would help most."""
    if figures.missing:
        return "Send what is missing. If there is nobody to report, say so with one click."
    if figures.notified is not None and figures.notified < FEW_TOLD:
        return "Tell us of each leaver when they go: “Somebody left” on your first page takes a minute."
    if figures.days is not None and figures.days > LATE_BY:
        return "Tell us sooner: the first weeks after leaving are when help works best."
    if figures.reasons is not None and figures.reasons < FEW_REASONS:
        return "Say why they left: whoever helps them next begins with it."
    if figures.error_rate is not None and figures.error_rate > MANY_TO_MEND:
        return "Begin with our file: its lists and days are right from the start."
    if figures.late:
        return "Send by the day it is due; reminders come three days before."
    return "Nothing: thank you."
