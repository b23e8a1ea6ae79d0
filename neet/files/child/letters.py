"""In which letters a text was written: the mark at its start, the pattern of its bytes, else the likeliest reading."""

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Code pages of Windows, Macintosh, DOS and old databases, with what speaks against each before a letter is read.
OLD = {"cp1252": 0.0, "iso8859-15": 0.5, "mac_roman": 1.0, "cp850": 1.0}
COMMON = frozenset("éèëêáàâäãåæçíìîïñóòôöõøúùûüýßðþÿ")
SAMPLE = 1 << 20


def decoded(data: bytes) -> tuple[str, str]:
    """The text and what its letters are called."""
    name = _wide(data)
    if name:
        return data.decode(name), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _mixed(data) or _old(data)


def _wide(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    sample = data[:4000]
    if sample[1::2].count(0) > len(sample) // 5:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > len(sample) // 5 else ""


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Lines of two programs pasted together: most that are not plain are UTF-8."""
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    old = [line for line in lines if not _is_utf8(line)]
    if len(old) * 2 > len(lines):
        return None
    _, name = _old(b"".join(old))
    whole = (
        line.decode("utf-8" if _is_utf8(line) else name, errors="replace")
        for line in data.splitlines(keepends=True)
    )
    return "".join(whole), "utf-8"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _old(data: bytes) -> tuple[str, str]:
    readings: list[tuple[float, int, str, str]] = []
    for name, against in OLD.items():
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        readings.append((against + _oddness(text[:SAMPLE]), len(readings), text, name))
    _, _, text, name = min(readings)
    return text, name


def _oddness(text: str) -> float:
    """How unlike names and addresses a reading looks: signs within words, capitals in their middle, rare letters."""
    odd = 0.0
    for at, letter in enumerate(text):
        if letter > "\x7f":
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            odd += (
                _odd_letter(letter, before, after) if letter.isalpha() else _odd_sign(letter, before, after)
            )
    return odd


def _odd_letter(letter: str, before: str, after: str) -> float:
    odd = 0.0 if letter.lower() in COMMON else 0.5
    if letter.isupper():
        return odd + 2 * (before.islower() or (before.isupper() and after.islower()))
    among_capitals = after.isupper() and (before.isupper() or not before.isalpha())
    begins_a_word = not before.isalpha() and after.isalpha()
    return odd + 2 * among_capitals + begins_a_word


def _odd_sign(letter: str, before: str, after: str) -> float:
    if letter in "’‘–€£\u00a0":
        return 0.0
    return 3.0 if before.isalnum() or after.isalnum() else 1.0
