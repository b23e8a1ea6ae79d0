"""Reads any DfE return, record by record, in little memory; what cannot be read is refused in plain words.

The file comes from outside, so nothing in it is trusted: no entity is resolved, nothing is fetched, a DOCTYPE
may stand there but hold no declarations, and a file that brings megabytes without one record is given up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree

from returns.nccis.header import Header
from returns.nccis.prolog import ENTITY, FileRejected, Guarded
from returns.nccis.record import (
    ACTIVITY_TAGS,
    DESTINATION_TAGS,
    GUARANTEE_TAGS,
    NEED_TAGS,
    PERSONAL_TAGS,
    Record,
)

__all__ = ["FileRejected", "Reading"]

HEADER, RECORD, PERSONAL, ACTIVITIES = "FileHeader", "YoungPersonsRecord", "PersonalDetails", "Activities"
SPACE = " \t\r\n"
# Some systems write one name in another way.
READ_ACTIVITY_TAGS = {**ACTIVITY_TAGS, "NeetStartDate": "neet_start_date"}
LISTS = {
    "Databases": ("database_ids", ("DatabaseID", "DatabaseId")),
    "SourceLEAs": ("la_codes", ("LEACode",)),
}
HEADER_TAGS = {
    "DateOfSend": "date_of_send",
    "PeriodEnd": "period_end",
    "SupplierName": "supplier_name",
    "SupplierXMLVersion": "supplier_xml_version",
    "XMLSchemaVersion": "xml_schema_version",
}
# Sections of a record whose leaves are fields, by their place below the record.
SECTIONS: Mapping[str, Mapping[str, str]] = {
    PERSONAL: PERSONAL_TAGS,
    "SeptemberGuarantee/Year11": {tag: f"year_11_{name}" for tag, name in GUARANTEE_TAGS.items()},
    "SeptemberGuarantee/Year12": {tag: f"year_12_{name}" for tag, name in GUARANTEE_TAGS.items()},
    "LevelOfNeed": NEED_TAGS,
    "Activities/Cohort": READ_ACTIVITY_TAGS,
    "IntendedDestination": DESTINATION_TAGS,
}
GROUPS = frozenset(place.split("/")[0] for place in SECTIONS if "/" in place)
CHARACTERISTICS, CHARACTERISTIC = "Characteristics", "CharacteristicCode"

Element = Any  # an lxml element; the library's stubs have no public name for it
Values = dict[str, Any]


class Reading:
    """A return being read: its header is there at once, its records come as they are asked for, once.

    `unknown` counts what was left out: elements no rule knows, or that came twice where one belongs. Whoever
    reads the file should say so. Raises FileRejected, here and while records come.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.unknown: Counter[str] = Counter()
        self._guard = Guarded(source)
        self._elements = self._parsed()
        self.header = self._header()

    def __iter__(self) -> Iterator[Record]:
        for element in self._elements:
            if element.tag == HEADER:
                raise FileRejected(
                    "There is a second FileHeader: only one return belongs in a file.", _line(element)
                )
            record = self._record(element)
            self._let_go(element)
            yield record

    def _parsed(self) -> Iterator[Element]:
        events = etree.iterparse(
            self._guard,
            events=("end",),
            tag=(HEADER, RECORD),
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            resolve_entities=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
            huge_tree=False,
        )
        try:
            for _, element in events:
                self._vouch_for(element)
                yield element
        except etree.XMLSyntaxError as problem:
            raise self._guard.refusal(problem) from None

    def _vouch_for(self, element: Element) -> None:
        self._guard.record_came()
        if element.getparent().getparent() is not None:
            raise FileRejected(f"A {element.tag} stands inside another element.", _line(element))
        if self._guard.names_external_subset and next(element.iter(etree.Entity), None) is not None:
            raise FileRejected(ENTITY, _line(element))

    def _let_go(self, element: Element) -> None:
        """Forget an element and all that stands before it, so that memory stays flat."""
        element.clear()
        parent = element.getparent()
        while (before := parent[0]) is not element:
            if before.tag not in (HEADER, RECORD):
                self.unknown[before.tag] += 1
            del parent[0]

    def _header(self) -> Header:
        element = next(self._elements, None)
        if element is None or element.tag != HEADER:
            raise FileRejected("There is no FileHeader before the records. Export the file with its heading.")
        values: Values = {}
        for part in element:
            if part.tag in LISTS:
                name, tags = LISTS[part.tag]
                values[name] = tuple(_text(leaf) for leaf in part if leaf.tag in tags)
            else:
                self._heading(part, values)
        self._let_go(element)
        return Header(**values)

    def _heading(self, part: Element, values: Values) -> None:
        name = HEADER_TAGS.get(part.tag)
        if name is None:
            self.unknown[f"{HEADER}/{part.tag}"] += 1
        else:
            values[name] = _text(part)

    def _record(self, element: Element) -> Record:
        values: Values = {"has_activities": False}
        sections = [section.tag for section in element]
        if PERSONAL not in sections:
            raise FileRejected(
                "A YoungPersonsRecord has no PersonalDetails; the DfE refuses the whole file.", _line(element)
            )
        for section in element:
            tag = section.tag
            if tag in GROUPS:
                values["has_activities"] |= tag == ACTIVITIES
                for part in section:
                    self._section(part, f"{tag}/{part.tag}", values)
            else:
                self._section(section, tag, values)
        return Record(**values)

    def _section(self, section: Element, place: str, values: Values) -> None:
        tags = SECTIONS.get(place)
        if tags is None:
            self.unknown[place] += 1
            return
        for leaf in section:
            name = tags.get(leaf.tag)
            if name is not None and name not in values:
                text = leaf.text  # not by a function of its own: forty times a record is felt
                values[name] = text.strip(SPACE) if text else ""
            elif leaf.tag == CHARACTERISTICS:
                values["characteristics"] = tuple(_text(code) for code in leaf if code.tag == CHARACTERISTIC)
            else:
                self.unknown[f"{place}/{leaf.tag}"] += 1


def _text(leaf: Element) -> str:
    return (leaf.text or "").strip(SPACE)


def _line(element: Element) -> int | None:
    line: int | None = element.sourceline
    return line
