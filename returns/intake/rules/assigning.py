"""Giving each of some things one of many others so that the whole is worth most."""

from collections import deque
from collections.abc import Sequence

STEP = 0.001  # what a bid rises by; the whole is worth most to within this much for each row


def assign(worth: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row of a table of worths its column, no column twice; None where nothing of worth is left for it.

    An auction: each row without a column bids for the one it gains most by, as much more as it would lose by its
    second choice; whoever is outbid bids again.
    """
    columns = range(len(worth[0])) if worth else range(0)
    prices, holders = [0.0 for _ in columns], [-1 for _ in columns]
    given: list[int | None] = [None] * len(worth)
    bidding = deque(range(len(worth)))
    while bidding:
        row = bidding.popleft()
        gains = sorted(((worth[row][column] - prices[column], -column) for column in columns), reverse=True)
        if not gains or gains[0][0] <= 0:
            continue
        gain, column = gains[0][0], -gains[0][1]
        prices[column] += gain - max(gains[1][0] if len(gains) > 1 else 0.0, 0.0) + STEP
        if holders[column] >= 0:
            given[holders[column]] = None
            bidding.append(holders[column])
        holders[column], given[row] = row, column
    return given
