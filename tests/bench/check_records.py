"""Checking 100,000 records by every rule, beside lxml merely reading the same file."""

import io
from datetime import date
from itertools import cycle, islice

from lxml import etree

from returns.nccis import xml
from returns.nccis.checks import Context, FileChecks, check_record
from returns.nccis.record import Record
from tests.bench._measuring import Figure, county, median, report
from tests.bench.xml_file import HEADER, MONTH, month
from tracking.rules.ruleset import RuleSet

RECORDS, RUNS = 100_000, 3


def check(each: list[Record], rules: RuleSet, on: date) -> int:
    context = Context(rules, on, HEADER.database_ids, HEADER.la_codes)
    whole, found = FileChecks(context), 0
    for record in each:
        whole.add(record)
        found += len(list(check_record(record, context)))
    return found + len(list(whole.findings()))


def read(content: bytes) -> None:
    for _, element in etree.iterparse(io.BytesIO(content), tag="YoungPersonsRecord"):
        element.clear()


def main() -> None:
    county()
    each = [
        record._replace(young_persons_id=f"444{serial:010d}")
        for serial, record in enumerate(islice(cycle(list(month())), RECORDS))
    ]
    rules = RuleSet.from_csv(MONTH)
    took = median(lambda: check(each, rules, MONTH), RUNS)
    content = b"".join(xml.chunks(HEADER, each))
    peer = median(lambda: read(content), RUNS)
    report(
        Figure(
            f"check {RECORDS:,} records by every rule",
            f"{took:.2f} s, {RECORDS / took:,.0f} records/s",
            f"lxml reading the same {len(content) / 2**20:.0f} MB {peer:.2f} s",
            peer / took,
            RUNS,
        )
    )


if __name__ == "__main__":
    main()
