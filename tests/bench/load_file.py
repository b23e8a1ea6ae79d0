"""Loading another system's return as a first register, beside creating the same rows one by one with Django."""

import tempfile
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import transaction

from returns.bring.actions import take_return_at_once
from returns.nccis import xml
from returns.nccis.record import Record
from schools.models import Authority
from tests.bench._measuring import Figure, county, report, timed
from tests.bench.xml_file import HEADER, MONTH, month
from tracking.register.models import Activity, Confirmation, Residence, YoungPerson

ELSEWHERE, ONE_BY_ONE = "887", 500


def load(path: Path, authority: Authority) -> None:
    with path.open("rb") as file, transaction.atomic():
        done = take_return_at_once(file=file, authorities={authority.code: authority}, by=None)
        assert done.counts["people_added"], done.counts
        transaction.set_rollback(True)


def one_by_one(some: list[Record], authority: Authority) -> None:
    with transaction.atomic():
        for record in some:
            person = YoungPerson.objects.create(
                authority=authority,
                young_person_id=record.young_persons_id,
                given_name=record.given_name,
                family_name=record.family_name,
                date_of_birth=record.dob or None,
                upn=record.unique_pupil_number,
            )
            Residence.objects.create(person=person, line_1=record.address_line_1, postcode=record.postcode)
            activity = Activity.objects.create(
                person=person, code=record.activity_code, starts_on=record.start_date or MONTH
            )
            Confirmation.objects.create(
                activity=activity, verified_on=record.date_verified or MONTH, source="loaded"
            )
        transaction.set_rollback(True)


def main() -> None:
    county()
    authority, _ = Authority.objects.get_or_create(
        code=ELSEWHERE, defaults={"name": "Another council (invented)", "database_id": "445"}
    )
    each = [record._replace(lead_lea=ELSEWHERE, lea_code_at_year_11=ELSEWHERE) for record in month()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.xml"
        path.write_bytes(b"".join(xml.chunks(HEADER.__class__(("444",), (ELSEWHERE,), *header_days()), each)))
        took = timed(lambda: load(path, authority))
    some = list(islice(each, ONE_BY_ONE))
    peer = timed(lambda: one_by_one(some, authority)) / len(some) * len(each)
    report(
        Figure(
            f"load another system's return, {len(each):,} people, read, match, write",
            f"{took:.1f} s, {len(each) / took:,.0f} people/s",
            f"Django row by row, from {ONE_BY_ONE} people {peer:.0f} s",
            peer / took,
            1,
        )
    )


def header_days() -> tuple[str, ...]:
    return (date(2026, 11, 5).isoformat(), MONTH.isoformat(), "Another system", "1", "1")


if __name__ == "__main__":
    main()
