"""A cell of a file that is handed out must not run in somebody's spreadsheet, and comes back as it was."""

# With these a spreadsheet begins to compute; the wide ones are what some programs fold to them.
STARTS_A_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
MARK = "'"
# Letters nobody sees, signals to a terminal, and marks that turn the direction of what stands beside them.
INVISIBLE = dict.fromkeys(
    [
        *map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"),
        *(code for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\v\f\r"),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)


def disarmed(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would compute it."""
    return MARK + cell if cell.startswith(STARTS_A_FORMULA) else cell


def tidied(cell: str) -> str:
    """What somebody typed or re-sent: without odd spaces, invisible letters and the apostrophe of `disarmed`."""
    if cell.isascii() and cell.isprintable():
        plain = cell.strip(" ")
    else:
        plain = cell.translate(INVISIBLE).replace("\u00a0", " ").strip(" \n\v\f")
    return plain[1:] if plain.startswith(MARK) and plain[1:].startswith(STARTS_A_FORMULA) else plain.strip()
