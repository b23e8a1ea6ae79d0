import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from returns.nccis.header import Header
from returns.nccis.reading import Reading
from returns.nccis.record import Record
from returns.nccis.xml import Written, chunks
from tests.files.make_returns import clean
from tests.files.month import Month

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "samples" / "nccis" / "return-2019-04.xml"
HEADER = Header(("886",), ("886", "887"), "2026-11-09", "2026-10-31", "Marks & Sons", "1.0", "1")
MONTH = Month("2026-27")

# What XML can hold, without the blanks at both ends that a reader drops.
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(32))) + "\ufffe\uffff")
    | st.sampled_from("&<>'\"%\t\n\r"),
    max_size=12,
).map(lambda text: text.strip(" \t\r\n"))


@st.composite
def records(draw):
    fields = {
        name: draw(texts) for name in Record._fields if name not in ("characteristics", "has_activities")
    }
    record = Record(**fields, characteristics=tuple(draw(st.lists(texts, max_size=3))))
    activity = any(record[Record._fields.index("activity_code") : -2])
    return record._replace(has_activities=activity or draw(st.booleans()))


headers = st.builds(
    Header,
    st.lists(texts, max_size=3).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
    *[texts] * 5,
)


def written(header, made):
    return b"".join(chunks(header, made))


def read(content):
    reading = Reading(io.BytesIO(content))
    return reading.header, list(reading), dict(reading.unknown)


@given(headers, st.lists(records(), max_size=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back_the_same(header, made):
    assert read(written(header, made)) == (header, made, {})


@given(st.text(max_size=20))
@settings(deadline=None)
def test_any_text_at_all_makes_well_formed_xml(text):
    record = MONTH.person(given_name=text)
    report = Written()
    content = b"".join(chunks(replace(HEADER, supplier_name=text), [record], report))

    _, (back,), _ = read(content)
    kept = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    assert back.given_name == kept.strip(" \t\r\n")
    assert report.cleaned == ([] if kept == text else [record.young_persons_id])


def test_the_same_input_gives_the_same_bytes():
    made = [case.record for case in clean(Month("2026-27"))]

    assert written(HEADER, made) == written(HEADER, iter(made))


def test_another_day_of_sending_changes_nothing_else():
    made = [MONTH.person()]
    one, other = written(HEADER, made), written(replace(HEADER, date_of_send="2026-12-01"), made)

    assert one.replace(b"2026-11-09", b"2026-12-01") == other


def test_elements_stand_in_the_order_of_the_schema():
    root = etree.fromstring(written(HEADER, [MONTH.person(**MONTH.offer(11), characteristics=("110",))]))
    tags = [leaf.tag for leaf in root.find("YoungPersonsRecord").iter()]

    assert " ".join(tags) == (
        "YoungPersonsRecord PersonalDetails YoungPersonsID CohortStatus GivenName MiddleName FamilyName "
        "AddressLine1 AddressLine2 AddressLine3 AddressLine4 Town County Postcode Gender DOB Ethnicity LeadLEA "
        "EducatedLEA TransferredToLACode LEACodeAtYear11 UniqueLearnerNo UniquePupilNumber "
        "GuaranteeStatusIndicator PreviousYPIDIdentifier SeptemberGuarantee Year11 GuaranteeStatus LEACode "
        "LevelOfNeed LevelOfNeedCode SENDFlag SENSupportFlag Characteristics CharacteristicCode Activities Cohort "
        "ActivityCode StartDate DateAscertained DateVerified ReviewDate DueToLapseDate CurrencyLapsed "
        "EstablishmentNumber EstablishmentName UKProviderReferenceNumber NEETStartDate PredictedEndDate "
        "IntendedDestination IntendedDestinationYr11"
    )


def test_activities_are_left_out_where_there_are_none():
    content = written(HEADER, [Record(young_persons_id="8860000000001", has_activities=False)])

    assert b"<Activities>" not in content


def test_records_are_counted_as_they_go_out():
    report = Written()
    pieces = list(chunks(HEADER, (MONTH.person() for _ in range(1_001)), report))

    assert (report.records, len(pieces)) == (1_001, 5)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample return is not beside the project")
def test_the_sample_is_written_as_it_was_read():
    reading = Reading(io.BytesIO(SAMPLE.read_bytes()))
    made = list(reading)
    content = written(reading.header, made)

    body = SAMPLE.read_bytes().split(b"</FileHeader>\n")[1]
    assert content.split(b"</FileHeader>\n")[1] == body
    assert len(made) == 204
