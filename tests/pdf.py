"""The words of a PDF that the house made, as somebody reads them: by the tables every font in it carries; its sheets,
and whether it says what each part is. Without a program that the machine might not have."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
FIRST = re.compile(rb"/First (\d+)")
NAMED = re.compile(rb"/([\w.+-]+) (\d+) 0 R")
UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
PAIR = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
SHOWN = re.compile(rb"/([\w.+-]+) [\d.]+ Tf|<([0-9a-fA-F]+)>|(T[jJ]|ET|T\*)")


def text_of(pdf: bytes) -> str:
    """All words in the order they are drawn, a space between what is drawn apart."""
    objects = _objects(pdf)
    letters = {
        name: _letters(objects, objects.get(int(number), b""))
        for name, number in NAMED.findall(b" ".join(objects.values()))
        if b"/ToUnicode" in objects.get(int(number), b"")
    }
    streams = (_stream(body) for body in objects.values())
    return re.sub(r"\s+", " ", " ".join(_shown(each, letters) for each in streams if b" Tf" in each)).strip()


def is_tagged(pdf: bytes) -> bool:
    """Does the document say that its parts are named for whoever hears it read out?"""
    return any(
        b"/StructTreeRoot" in each and b"/Marked true" in each
        for each in _objects(pdf).values()
        if b"/Type /Catalog" in each
    )


def sheets_of(pdf: bytes) -> int:
    """How many sheets it has."""
    return sum(1 for each in _objects(pdf).values() if SHEET.search(each))


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Everything numbered in the file, those packed together included."""
    found = {int(number): body for number, body in OBJECT.findall(pdf)}
    for packed in [body for body in found.values() if b"/ObjStm" in body]:
        first = int(FIRST.search(packed).group(1))
        content = _stream(packed)
        numbers = [int(each) for each in content[:first].split()]
        starts = [*numbers[1::2], len(content) - first]
        for number, start, end in zip(numbers[::2], starts, starts[1:], strict=False):
            found[number] = content[first + start : first + end]
    return found


def _stream(body: bytes) -> bytes:
    start = body.find(b"stream\n")
    if start < 0:
        return b""
    try:
        return zlib.decompressobj().decompress(body[start + 7 :].lstrip(b"\r\n"))
    except zlib.error:
        return body[start + 7 :]


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    found = UNICODE.search(font)
    table = _stream(objects.get(int(found.group(1)), b"")) if found else b""
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in PAIR.findall(table)
    }


def _shown(stream: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    words, letters = [], {}
    for font, codes, end in SHOWN.findall(stream):
        if font:
            letters = fonts.get(font, {})
        elif codes:
            pieces = (int(codes[at : at + 4], 16) for at in range(0, len(codes), 4))
            words.append("".join(letters.get(each, "?") for each in pieces))
        elif end:
            words.append(" ")
    return "".join(words)
