"""Sentences of the chase that several pages say."""

from collections.abc import Sequence

from caseload.chase.queries.waiting import Awaited
from neet.ui.words import many, number


def waiting_words(rows: Sequence[Awaited]) -> str:
    """How many wait on how many returns (R155); empty where nobody does. Whoever waits for two returns of one place
    waits once."""
    if not rows:
        return ""
    people = sum({each.establishment_id: each.people for each in rows}.values())
    return f"{number(people)} {'waits' if people == 1 else 'wait'} on {many(len(rows), 'return,returns')}"
