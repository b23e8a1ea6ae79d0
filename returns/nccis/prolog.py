"""What is looked at before the XML reader may work on a return: its beginning, and that records come."""

import re
from typing import BinaryIO
from xml.parsers import expat

from lxml import etree

ROOT = re.compile(r"NCCIS(\d{4})?")
BLANKS = b" \t\r\n\0"  # a nought byte stands beside every sign in UTF-16
PATIENCE = 4 * 1024 * 1024  # bytes without one whole record; a record has about two thousand


class FileRejected(ValueError):
    """A file that cannot be taken at all; the message says what is wrong, what to do and at which line."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"Line {line}: {message}" if line else message)
        self.line = line


class Guarded:
    """A file the XML reader reads through: what is no return is refused before the reader works on it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._prolog: Prolog | None = Prolog()
        self._waiting = 0
        self._last_sign = b""
        self.at_end = False
        self.names_external_subset = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the file."""
        chunk = self._source.read(size)
        self.at_end = not chunk
        self._last_sign = chunk.rstrip(BLANKS)[-1:] or self._last_sign
        self._waiting += len(chunk)
        if self._waiting > PATIENCE:
            raise FileRejected(
                "The file brings several megabytes without one whole record, so it is not an NCCIS return."
            )
        if self._prolog is not None:
            self._look_at(self._prolog, chunk)
        return chunk

    def record_came(self) -> None:
        """A whole record came out, so the file may go on."""
        self._waiting = 0

    def refusal(self, problem: etree.XMLSyntaxError) -> FileRejected:
        """What the XML reader stumbled over, in plain words; its own may quote the young person's data."""
        line = problem.lineno or None
        code = getattr(problem, "code", 0)
        if code == etree.ErrorTypes.ERR_DOCUMENT_END:
            return FileRejected(
                "Something stands after the end of the return: only one belongs in a file.", line
            )
        reason = REASONS.get(code)
        if self.at_end and (reason is None or self._last_sign != b">"):
            return FileRejected("The file breaks off before its end. Export or upload it again.", line)
        return FileRejected(reason or ILL_FORMED, line)

    def _look_at(self, prolog: "Prolog", chunk: bytes) -> None:
        if prolog.has_reached_root(chunk):
            self._prolog = None
            self.names_external_subset = prolog.names_external_subset


class Prolog:
    """The beginning of a file up to its first element."""

    def __init__(self) -> None:
        self.names_external_subset = False
        self._is_empty = True
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._root

    def has_reached_root(self, chunk: bytes) -> bool:
        """Take the next bytes; true once the first element was seen and is the right one."""
        self._is_empty = self._is_empty and not chunk.strip()
        if not chunk:
            raise FileRejected("The file is empty. Export it again." if self._is_empty else NO_RETURN)
        try:
            self._parser.Parse(chunk, False)
        except _RootReached:
            return True
        except expat.ExpatError as problem:
            raise FileRejected(NO_RETURN, problem.lineno) from problem
        except LookupError as problem:
            raise FileRejected(ENCODING) from problem
        return False

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, has_subset: int) -> None:
        if has_subset:
            raise FileRejected(
                "The DOCTYPE holds declarations, which no return needs. Remove them, or export it again.",
                self._parser.CurrentLineNumber,
            )
        self.names_external_subset = system_id is not None

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if ROOT.fullmatch(name):
            raise _RootReached
        if ROOT.fullmatch(name.rpartition(" ")[2]):
            raise FileRejected("The NCCIS element is in an XML namespace. Export it without xmlns.")
        raise FileRejected(
            "The file is XML but not an NCCIS return: its first element is not NCCIS. Choose the file "
            "exported for the DfE.",
            self._parser.CurrentLineNumber,
        )


class _RootReached(Exception):
    """The first element is the right one; nothing went wrong, it only ends the look at the beginning."""


NO_RETURN = "This is not an XML file. Choose the file exported for the DfE, ending in .xml."
ILL_FORMED = "The file is not well-formed XML here. Export it again, or mend this line."
AMPERSAND = (
    "An & stands by itself. It has to be written as &amp; in XML; the system that exported it should do so."
)
CHARACTER = "There is a character here that XML does not take. Remove it, or export the file again as UTF-8."
ENCODING = "The file says it is in an encoding nobody knows. Export it again as UTF-8."
ENTITY = "There is an entity here, which a return may not hold. Write out what it stands for."
MISMATCH = "An element is closed by the name of another. Export the file again, or mend this line."
REASONS = {
    etree.ErrorTypes.ERR_INTERNAL_ERROR: ENTITY,  # what lxml makes of an entity without a declaration
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: ENCODING,
    etree.ErrorTypes.ERR_NAME_REQUIRED: AMPERSAND,
    etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING: AMPERSAND,
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: ENTITY,
    etree.ErrorTypes.ERR_INVALID_CHAR: CHARACTER,
    etree.ErrorTypes.ERR_INVALID_ENCODING: CHARACTER,
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: MISMATCH,
}
