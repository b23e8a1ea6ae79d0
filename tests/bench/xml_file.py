"""The DfE's file from the database to the disk, beside lxml.xmlfile writing the same content."""

import resource
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from lxml import etree

from returns.nccis import xml
from returns.nccis.assembly import records
from returns.nccis.header import Header
from returns.nccis.record import (
    ACTIVITY_TAGS,
    DESTINATION_TAGS,
    GUARANTEE_TAGS,
    NEED_TAGS,
    PERSONAL_TAGS,
    Record,
)
from schools.models import Authority
from tests.bench._measuring import Figure, county, median, report
from tracking.reference.queries import ruleset

MONTH = date(2026, 10, 31)
RUNS = 3
HEADER = Header(("444",), ("886",), "2026-11-05", "2026-10-31", "NEET register", "1", "1")


def month() -> Iterator[Record]:
    authority = Authority.objects.get(code="886")
    return records(authority=authority, period_end=MONTH, ruleset=ruleset(MONTH))


def ours(path: Path) -> None:
    with path.open("wb") as file:
        for piece in xml.chunks(HEADER, month()):
            file.write(piece)


def peers(path: Path) -> None:
    """The same records as elements, written one by one."""
    with etree.xmlfile(str(path), encoding="utf-8") as file, file.element("NCCIS"):
        for record in month():
            file.write(element(record), pretty_print=True)


def element(record: Record) -> etree._Element:
    whole = etree.Element("YoungPersonsRecord")
    leaves(etree.SubElement(whole, "PersonalDetails"), PERSONAL_TAGS, record)
    guarantee = etree.SubElement(whole, "SeptemberGuarantee")
    for year in ("year_11", "year_12"):
        tags = {tag: f"{year}_{name}" for tag, name in GUARANTEE_TAGS.items()}
        if any(getattr(record, name) for name in tags.values()):
            leaves(etree.SubElement(guarantee, year.title().replace("_", "")), tags, record)
    need = etree.SubElement(whole, "LevelOfNeed")
    leaves(need, NEED_TAGS, record)
    if record.characteristics:
        codes = etree.SubElement(need, "Characteristics")
        for code in record.characteristics:
            etree.SubElement(codes, "CharacteristicCode").text = code
    leaves(etree.SubElement(etree.SubElement(whole, "Activities"), "Cohort"), ACTIVITY_TAGS, record)
    leaves(etree.SubElement(whole, "IntendedDestination"), DESTINATION_TAGS, record)
    return whole


def leaves(parent: etree._Element, tags: Mapping[str, str], record: Record) -> None:
    for tag, name in tags.items():
        if not tag.startswith("YouthContract"):
            etree.SubElement(parent, tag).text = getattr(record, name)


def main() -> None:
    county()
    with tempfile.TemporaryDirectory() as folder:
        file, other = Path(folder) / "ours.xml", Path(folder) / "peer.xml"
        took = median(lambda: ours(file), RUNS)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peer = median(lambda: peers(other), RUNS)
        size, people = file.stat().st_size / 2**20, sum(1 for _ in month())
    report(
        Figure(
            f"the month's file, {people:,} people, {size:.0f} MB, database to disk",
            f"{took:.2f} s, {size / took:.0f} MB/s, at most {memory:.0f} MB of memory",
            f"lxml.xmlfile {peer:.2f} s, {size / peer:.0f} MB/s",
            peer / took,
            RUNS,
        )
    )


if __name__ == "__main__":
    main()
