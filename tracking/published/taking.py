"""A file of published figures or of neighbours, from a person or a command, into its table."""

from pathlib import Path

from neet.accounts.models import User
from neet.files.reader import Limits, Unreadable, open_table
from neet.ui.words import many
from tracking.published.actions import NEEDED, load_neighbours, load_published
from tracking.published.rules import NotPublished

EXPECTED = ("time_period", "old_la_code", "la_name", "measure", "year", "value", "la_number", *NEEDED)
LONG = Limits(rows=200_000)


def take_in(path: Path, name: str, by: User | None) -> str:
    """Take a file in by what its headings say it is; what came of it in a sentence. Raises NotPublished."""
    try:
        with open_table(path, expects=EXPECTED, limits=LONG) as table:
            headings = [each.strip() for each in table.headings]
            lines = [{key.strip(): value for key, value in cells.items()} for _, cells in table.rows]
    except Unreadable as reason:
        raise NotPublished(str(reason)) from None
    if set(NEEDED) <= set(headings):
        pairs = load_neighbours(headings=headings, lines=lines, by=by)
        return f"{many(pairs, 'pair,pairs')} of neighbours taken in."
    loaded = load_published(name=name, headings=headings, lines=lines, by=by)
    years = ", ".join(map(str, loaded.years))
    return f"{many(loaded.figures, 'figure,figures')} taken in, of {years}."
