"""Headings as they are compared: without capitals, spaces and signs."""

import re

SIGNS = re.compile(r"[^a-z0-9]+")


def folded(heading: str) -> str:
    """A heading without capitals, spaces and signs."""
    return SIGNS.sub("", heading.lower())
