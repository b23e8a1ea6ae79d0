"""Foreign files: right ones are read in little memory, wrong ones are refused in plain words."""

import io
import subprocess
import sys
from itertools import chain, repeat
from pathlib import Path

import pytest

from returns.nccis.reading import FileRejected, Reading

ROOT = Path(__file__).resolve().parents[3]
HEADER = (
    "<FileHeader><Databases><DatabaseID>886</DatabaseID></Databases>"
    "<SourceLEAs><LEACode>886</LEACode><LEACode>887</LEACode></SourceLEAs><DateOfSend>2026-11-09</DateOfSend>"
    "<PeriodEnd>2026-10-31</PeriodEnd><SupplierName>Council</SupplierName></FileHeader>"
)
PERSON = "<PersonalDetails><YoungPersonsID>8860000000001</YoungPersonsID></PersonalDetails>"
RECORD = f"<YoungPersonsRecord>{PERSON}<Activities><Cohort/></Activities></YoungPersonsRecord>"


def read(text, encoding="utf-8"):
    reading = Reading(io.BytesIO(text.encode(encoding)))
    return reading, list(reading)


def one(inside):
    return read(f"<NCCIS>{HEADER}<YoungPersonsRecord>{inside}</YoungPersonsRecord></NCCIS>")


class Endless:
    """A file of any size that is made while it is read."""

    def __init__(self, *pieces):
        self._pieces = chain(*pieces)
        self._left = b""
        self.given = 0

    def read(self, size):
        while len(self._left) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._left += piece
        given, self._left = self._left[:size], self._left[size:]
        self.given += len(given)
        return given


def test_reading_gives_the_header_before_any_record():
    header = Reading(io.BytesIO(f"<NCCIS>{HEADER}{RECORD}</NCCIS>".encode())).header

    assert (header.database_ids, header.la_codes) == (("886",), ("886", "887"))
    assert (header.period_end, header.supplier_name, header.xml_schema_version) == (
        "2026-10-31",
        "Council",
        "",
    )


@pytest.mark.parametrize("root", ["NCCIS", "NCCIS2015", "NCCIS2019"])
@pytest.mark.parametrize("doctype", ["", "<!DOCTYPE NCCIS2019>", '<!DOCTYPE NCCIS SYSTEM "nccis.dtd">'])
def test_reading_takes_the_roots_and_bare_doctypes_of_real_returns(root, doctype):
    _, records = read(f'<?xml version="1.0"?>{doctype}<!-- made by us --><{root}>{HEADER}{RECORD}</{root}>')

    assert [record.young_persons_id for record in records] == ["8860000000001"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_reading_follows_the_encoding_the_file_states(encoding):
    stated = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{stated}"?><NCCIS>{HEADER}{RECORD}</NCCIS>'

    _, (record,) = read(text.replace(PERSON, PERSON.replace("8860000000001", "Zoë")), encoding)
    assert record.young_persons_id == "Zoë"


def test_reading_takes_every_part_of_a_record():
    cohort = "<ActivityCode> 619\n</ActivityCode><NeetStartDate>2026-09-01</NeetStartDate>"
    _, (record,) = one(
        f"{PERSON}<SeptemberGuarantee><Year11><GuaranteeStatus>110</GuaranteeStatus><LEACode>886</LEACode></Year11>"
        "<Year12><GuaranteeStatus>114</GuaranteeStatus><LEACode>887</LEACode></Year12></SeptemberGuarantee>"
        "<LevelOfNeed><SENDFlag>Y</SENDFlag><Characteristics><CharacteristicCode>110</CharacteristicCode>"
        "<CharacteristicCode>120</CharacteristicCode></Characteristics></LevelOfNeed>"
        f"<Activities><Cohort>{cohort}</Cohort></Activities>"
        "<IntendedDestination><IntendedDestinationYr11>111</IntendedDestinationYr11></IntendedDestination>"
    )

    assert (record.year_11_guarantee_status, record.year_11_lea_code) == ("110", "886")
    assert (record.year_12_guarantee_status, record.year_12_lea_code) == ("114", "887")
    assert (record.send_flag, record.characteristics) == ("Y", ("110", "120"))
    assert (record.activity_code, record.neet_start_date) == ("619", "2026-09-01")
    assert (record.intended_destination_yr_11, record.has_activities) == ("111", True)


def test_reading_takes_the_older_name_of_the_database_number():
    reading, _ = read(f"<NCCIS>{HEADER.replace('DatabaseID', 'DatabaseId')}</NCCIS>")

    assert reading.header.database_ids == ("886",)


def test_reading_tells_a_missing_activity_from_an_empty_one():
    _, (without,) = one(PERSON)
    _, (empty,) = one(f"{PERSON}<Activities/>")

    assert (without.has_activities, empty.has_activities) == (False, True)


def test_reading_counts_what_it_leaves_out():
    reading, (record,) = one(
        "<PersonalDetails><GivenName>Amber</GivenName><GivenName>Bryn</GivenName><Shoe>7</Shoe></PersonalDetails>"
        "<Activities><Cohort><ActivityCode>230</ActivityCode></Cohort>"
        "<Cohort><ActivityCode>619</ActivityCode></Cohort></Activities><Extra/>"
    )

    assert (record.given_name, record.activity_code) == ("Amber", "230")
    assert dict(reading.unknown) == {
        "PersonalDetails/GivenName": 1,
        "PersonalDetails/Shoe": 1,
        "Activities/Cohort/ActivityCode": 1,
        "Extra": 1,
    }


def test_reading_counts_strangers_in_the_header():
    reading, _ = read(f"<NCCIS>{HEADER.replace('<DateOfSend>', '<Shoe>7</Shoe><DateOfSend>')}</NCCIS>")

    assert (reading.header.date_of_send, dict(reading.unknown)) == ("2026-11-09", {"FileHeader/Shoe": 1})


def test_reading_counts_strangers_between_records():
    reading, records = read(f"<NCCIS>{HEADER}<Stray/>{RECORD}</NCCIS>")

    assert (len(records), dict(reading.unknown)) == (1, {"Stray": 1})


BOMB = '<!DOCTYPE NCCIS [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
HOSTILE = {
    "nothing": ("", "empty"),
    "blanks": (" \n ", "empty"),
    "a letter": ("Dear colleague, attached is", "not an XML file"),
    "a spreadsheet": ("PK\x03\x04\x14\x00", "not an XML file"),
    "a comment only": ("<!-- nothing -->", "not an XML file"),
    "a page": ("<html><body/></html>", "not an NCCIS return"),
    "another return": ("<NCCISX/>", "not an NCCIS return"),
    "a namespace": (f'<NCCIS xmlns="urn:x">{HEADER}</NCCIS>', "namespace"),
    "an entity bomb": (f"{BOMB}<NCCIS>{HEADER}<X>&c;</X></NCCIS>", "DOCTYPE holds declarations"),
    "an empty subset": (f"<!DOCTYPE NCCIS []><NCCIS>{HEADER}</NCCIS>", "DOCTYPE holds declarations"),
    "a stolen file": (
        f'<!DOCTYPE NCCIS [<!ENTITY x SYSTEM "file:///etc/passwd">]><NCCIS>{HEADER}</NCCIS>',
        "DOCTYPE holds declarations",
    ),
    "a parameter entity": (
        f'<!DOCTYPE NCCIS [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><NCCIS>{HEADER}</NCCIS>',
        "DOCTYPE holds declarations",
    ),
    "an entity of nowhere": (f"<NCCIS>{HEADER}<X>&who;</X></NCCIS>", "entity"),
    "an entity of elsewhere": (
        f'<!DOCTYPE NCCIS SYSTEM "x.dtd"><NCCIS>{HEADER}{RECORD.replace("8860000000001", "&who;")}</NCCIS>',
        "entity",
    ),
    "an ampersand": (f"<NCCIS>{HEADER}<X>Marks & Sons</X></NCCIS>", "&amp;"),
    "an ampersand before a word": (f"<NCCIS>{HEADER}<X>Marks &Sons</X></NCCIS>", "&amp;"),
    "a control character": (f"<NCCIS>{HEADER}<X>\x01</X></NCCIS>", "character"),
    "crossed elements": (f"<NCCIS>{HEADER}<X><Y></X></Y></NCCIS>", "closed by the name of another"),
    "a bad attribute": (f"<NCCIS>{HEADER}<X a=1></X></NCCIS>", "not well-formed"),
    "a truncated header": (f"<NCCIS>{HEADER[:80]}", "breaks off"),
    "a truncated record": (f"<NCCIS>{HEADER}{RECORD}{RECORD[:70]}", "breaks off"),
    "a cut entity": (f"<NCCIS>{HEADER}<X>Marks &am", "breaks off"),
    "a missing end": (f"<NCCIS>{HEADER}{RECORD}", "breaks off"),
    "two returns": (f"<NCCIS>{HEADER}</NCCIS><NCCIS>{HEADER}</NCCIS>", "after the end"),
    "no header": ("<NCCIS></NCCIS>", "no FileHeader"),
    "records without a header": (f"<NCCIS>{RECORD}</NCCIS>", "no FileHeader"),
    "a header at the end": (f"<NCCIS>{RECORD}{HEADER}</NCCIS>", "no FileHeader"),
    "two headers": (f"<NCCIS>{HEADER}{RECORD}{HEADER}</NCCIS>", "second FileHeader"),
    "no personal details": (
        f"<NCCIS>{HEADER}<YoungPersonsRecord><Activities/></YoungPersonsRecord></NCCIS>",
        "no PersonalDetails",
    ),
    "records in a wrapper": (f"<NCCIS>{HEADER}<All>{RECORD}</All></NCCIS>", "inside another"),
    "deep nesting": (f"<NCCIS>{HEADER}{'<X>' * 100_000}", "not well-formed"),
}


@pytest.mark.parametrize(("text", "words"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_file_is_refused_in_plain_words(text, words):
    with pytest.raises(FileRejected, match=words) as refusal:
        read(text)

    assert "Error" not in str(refusal.value)


def test_refusal_names_the_line_and_nothing_of_the_person():
    with pytest.raises(FileRejected) as refusal:
        read(f"<NCCIS>\n{HEADER}\n<X>Amber & Sons</X></NCCIS>")

    assert refusal.value.line == 3
    assert str(refusal.value).startswith("Line 3: ")
    assert "Amber" not in str(refusal.value)


def test_bytes_of_another_encoding_are_refused():
    with pytest.raises(FileRejected, match="character"):
        read(f"<NCCIS>{HEADER}<X>Zoë</X></NCCIS>", "latin-1")


@pytest.mark.parametrize("encoding", ["klingon", "latin-1"])
def test_a_stated_encoding_nobody_knows_is_refused(encoding):
    with pytest.raises(FileRejected, match="an encoding nobody knows"):
        read(f'<?xml version="1.0" encoding="{encoding}"?><NCCIS>{HEADER}</NCCIS>')


@pytest.mark.parametrize(
    "filling",
    [b"<Junk>" + b"x" * 1000 + b"</Junk>", b"x" * 1000, b"<!-- " + b"x" * 1000 + b" -->", b"\n" * 1000],
    ids=["elements", "text", "comments", "blanks"],
)
def test_a_huge_file_without_records_is_given_up_early(filling):
    source = Endless([f"<NCCIS>{HEADER}".encode()], repeat(filling, 200_000))

    with pytest.raises(FileRejected, match=r"several megabytes without one whole record|not well-formed"):
        list(Reading(source))
    assert source.given < 20_000_000


def test_a_huge_prolog_is_given_up_early():
    source = Endless(repeat(b"<!-- nothing here -->\n", 10_000_000))

    with pytest.raises(FileRejected, match="several megabytes"):
        Reading(source)


MEASURED = """
import resource
from tests.returns.nccis.test_reading import Reading, big_return
source = big_return({count})
assert sum(1 for _ in Reading(source)) == {count}
print(source.given, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def big_return(count):
    """A return of that many records of 20 kB."""
    padded = RECORD.replace(PERSON, PERSON.replace("</P", f"<Town>{'x' * 20_000}</Town></P"))
    return Endless([f"<NCCIS>{HEADER}".encode()], repeat(padded.encode(), count), [b"</NCCIS>"])


def measured(count):
    """Bytes read and the most memory used (in kB), in a process of its own, as the XML library's is not Python's."""
    code = MEASURED.format(count=count)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    read_bytes, peak = done.stdout.split()
    return int(read_bytes), int(peak)


def test_memory_stays_flat_over_200_megabytes():
    small, peak_of_small = measured(100)
    big, peak_of_big = measured(10_000)

    assert small < 2_500_000
    assert big > 200_000_000
    assert peak_of_big < peak_of_small + 15_000
