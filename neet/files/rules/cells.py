"""A cell of a file that is handed out must not run in somebody's spreadsheet, and comes back as it was."""

# With these a spreadsheet begins to compute; the wide ones are what some programs fold to them.
STARTS_A_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
MARK = "'"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00"))


def disarmed(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would compute it."""
    return MARK + cell if cell.startswith(STARTS_A_FORMULA) else cell


def tidied(cell: str) -> str:
    """What somebody typed or re-sent: without odd spaces, invisible letters and the apostrophe of `disarmed`."""
    plain = cell.translate(INVISIBLE).replace("\u00a0", " ").strip(" \n\v\f")
    return plain[1:] if plain.startswith(MARK) and plain[1:].startswith(STARTS_A_FORMULA) else plain.strip()
