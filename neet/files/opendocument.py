"""An OpenDocument spreadsheet of a few sheets: texts stay texts, nothing computes, nothing is hidden."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from neet.files.writers import Sheet

MIME = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
MADE_AT = (1980, 1, 1, 0, 0, 0)  # the same rows are the same bytes


def ods_bytes(*sheets: Sheet) -> bytes:
    """The sheets as one file; the same rows give the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        _put(packed, "mimetype", MIME, zipfile.ZIP_STORED)  # first and not packed, as the format asks
        _put(packed, "META-INF/manifest.xml", MANIFEST)
        _put(packed, "content.xml", "".join(_content(sheets)))
    return kept.getvalue()


def _put(packed: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    packed.writestr(zipfile.ZipInfo(name, MADE_AT), text.encode(), compress_type=how)


def _content(sheets: Sequence[Sheet]) -> Iterator[str]:
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
    yield "<office:body><office:spreadsheet>"
    for sheet in sheets:
        yield f"<table:table table:name={quoteattr(sheet.name[:31])}>"
        yield f'<table:table-column table:number-columns-repeated="{len(sheet.headings)}"/>'
        for row in (sheet.headings, *sheet.rows):
            yield f"<table:table-row>{''.join(_cell(each) for each in row)}</table:table-row>"
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return _cell("Yes" if value else "No")
    if isinstance(value, int | float):
        kind = f'"float" office:value="{value}"'
    elif isinstance(value, date):
        kind = f'"date" office:date-value="{value.isoformat()}"'
    else:
        kind = '"string"'
    words = escape(value.isoformat() if isinstance(value, date) else str(value))
    return f"<table:table-cell office:value-type={kind}><text:p>{words}</text:p></table:table-cell>"
