"""What is no spreadsheet, told from how it begins."""

from collections.abc import Mapping

from neet.files.child import words
from neet.files.child.words import Refused

MARKS: Mapping[tuple[bytes, ...], str] = {
    (b"%pdf",): words.PDF,
    (b"\x1f\x8b", b"7z\xbc\xaf", b"rar!", b"bzh", b"\xfd7zxz"): words.PACKED,
    (b"\x89png", b"gif8", b"\xff\xd8\xff", b"{\\rtf", b"mz\x90", b"\x7felf", b"sqlite"): words.NO_SPREADSHEET,
}
STARTS: Mapping[tuple[str, ...], str] = {
    ("<!doctype html", "<html", "<table", "mime-version:"): words.WEB_PAGE,
    ("<",): words.XML,
    ("[{", '{"'): words.FOR_PROGRAMS,
    ("[internetshortcut]",): words.LINK,
}
SIGNALS = frozenset(chr(code) for code in (*range(1, 9), *range(14, 32)))
LOOKED_AT = 4_000
BEARABLE_SIGNALS = 4


def refuse_stranger(head: bytes) -> None:
    """Raise Refused for a file whose first bytes are those of something else."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for marks, said in MARKS.items():
        if start.startswith(marks):
            raise Refused(said)


def refuse_other_text(text: str) -> None:
    """Raise Refused for text that is meant for a browser or a program, and for noise."""
    start = text[:LOOKED_AT].lstrip("\ufeff \r\n\t").lower()
    if 'progid="excel.sheet"' in start or "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Refused(words.OLD_XML)
    for starts, said in STARTS.items():
        if start.startswith(starts):
            raise Refused(said)
    if sum(letter in SIGNALS for letter in text[:LOOKED_AT]) > BEARABLE_SIGNALS:
        raise Refused(words.NO_SPREADSHEET)
