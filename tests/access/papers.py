"""Looking into a file that was handed out: what must be in none, whatever people, schools and notes are called."""

import csv
import io
import re
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from django.http import HttpResponse
from lxml import etree
from openpyxl import load_workbook

from neet.files.content import TYPES
from neet.launch.places import ROOT
from tests.access.asking import body_of, unsafe_headers

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
A_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
A_NAME = re.compile(r'attachment; filename="([A-Za-z0-9][\w .-]*)\.([a-z]+)"')
# Parts of a workbook that bring in, run or carry something else.
FOREIGN_PARTS = re.compile(
    r"externalLink|vba|macro|connections|embeddings|activeX|customXml|ctrlProps|queryTable"
)
RUNS = re.compile(
    rb"/JavaScript|/JS[\s(<]|/Launch|/OpenAction\s*<<|/EmbeddedFile|/RichMedia|/AA[\s<]|/SubmitForm"
)
# Where this project and this Python lie, whatever machine it is, and where files lie on most.
HERE = b"|".join(
    re.escape(str(each).encode()) for each in (ROOT, Path(sys.prefix), Path(tempfile.gettempdir()))
)
A_PATH = re.compile(HERE + rb"|file:/|/home/|/root/|/tmp/|/usr/|/var/|[A-Z]:\\\\")
A_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
ENDINGS = {kind.partition(";")[0]: each.value for each, kind in TYPES.items()}
ENDINGS |= {"text/markdown": "md", "text/plain": "txt"}


def faults_of(answer: HttpResponse, *, but_its_name: bool = False) -> list[str]:
    """What is wrong with a file handed out: its headers, its name, and what it holds."""
    kind = answer["Content-Type"].partition(";")[0]
    body = body_of(answer)
    wrong = unsafe_headers(dict(answer.items()), signed_in=True)
    if not but_its_name:
        wrong += _faults_of_name(answer, kind)
    return wrong + looked_into(kind, body)


def _faults_of_name(answer: HttpResponse, kind: str) -> list[str]:
    said = answer.get("Content-Disposition", "")
    named = A_NAME.fullmatch(said)
    if not named:
        return [f"not a plain attachment: {said}"]
    return [] if named[2] == ENDINGS.get(kind) else [f"{named[0]} is said to be {kind}"]


def looked_into(kind: str, body: bytes) -> list[str]:
    if body.startswith(b"PK"):
        return faults_of_workbook(body)
    if body.startswith(b"%PDF"):
        return faults_of_pdf(body)
    if kind == "text/csv":
        return faults_of_list(body)
    if kind == "application/xml":
        return faults_of_xml(body)
    return []


def faults_of_list(body: bytes) -> list[str]:
    """No cell that a spreadsheet program would reckon with."""
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return [f"a formula: {cell}" for row in rows for cell in row if is_formula(cell)]


def is_formula(cell: str) -> bool:
    return cell.startswith(STARTS_A_FORMULA) and len(cell) > 1 and not A_NUMBER.fullmatch(cell)


def faults_of_workbook(body: bytes) -> list[str]:
    """No formula, nothing from outside, nobody's name and no place of a machine in what it says of itself."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        wrong = [f"holds {name}" for name in packed.namelist() if FOREIGN_PARTS.search(name)]
        parts = {name: packed.read(name) for name in packed.namelist()}
    wrong += [f"{name} names a place" for name, held in parts.items() if A_PATH.search(held)]
    wrong += [f"{name} leads outside" for name, held in parts.items() if b'TargetMode="External"' in held]
    book = load_workbook(io.BytesIO(body))
    for sheet in book.worksheets:
        cells = (cell for row in sheet.iter_rows() for cell in row)
        wrong += [f"a formula in {sheet.title}!{each.coordinate}" for each in cells if each.data_type == "f"]
        if sheet.sheet_state != "visible":
            wrong.append(f"{sheet.title} is hidden")
        wrong += [f"hidden {key} in {sheet.title}" for key, row in sheet.row_dimensions.items() if row.hidden]
    about = book.properties
    wrong += [f"made by {each}" for each in (about.creator, about.lastModifiedBy) if each not in NOBODY]
    return wrong


NOBODY = {None, "", "openpyxl", "NEET register"}  # programs are no people


def faults_of_pdf(body: bytes) -> list[str]:
    """Nothing that runs or is attached, no author, and no place of a machine."""
    held = b"\n".join([A_STREAM.sub(b"", body), *_unpacked(body)])
    wrong = [f"it runs or carries: {each!r}" for each in RUNS.findall(held)]
    wrong += [f"names a place: {each!r}" for each in A_PATH.findall(held)]
    return wrong + ["says who made it"] * (b"/Author" in held)


def _unpacked(body: bytes) -> list[bytes]:
    """The streams that are objects or words; a font or a picture is neither."""
    found = []
    for packed in A_STREAM.findall(body):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return [each for each in found if each.isascii()]


def faults_of_xml(body: bytes) -> list[str]:
    """No document type, and with it no entity."""
    etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    return ["has a document type"] * (b"<!DOCTYPE" in body or b"<!ENTITY" in body)
