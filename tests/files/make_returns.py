"""Makes the golden returns in tests/files/nccis: for each rule year one clean file and one with every error.

Run as `python -m tests.files.make_returns`. Every young person is invented. What each record is expected to
show is written down here by hand and never taken from the checks.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from returns.nccis.header import Header
from returns.nccis.record import Record
from returns.nccis.xml import chunks
from tests.files.month import DATABASE, DAY, LEAD, NEIGHBOUR, PERIODS, Month

FOLDER = Path(__file__).resolve().parent / "nccis"


@dataclass(frozen=True)
class Case:
    """A record and the errors it is there to show."""

    record: Record
    shows: tuple[str, ...] = ()


def clean(month: Month) -> Iterator[Case]:
    """People of every kind with nothing wrong."""
    later, review = month.period_end + 60 * DAY, month.period_end + 30 * DAY
    due = {"due_to_lapse_date": later.isoformat()}
    reviewed = {"review_date": review.isoformat(), "due_to_lapse_date": (review + 28 * DAY).isoformat()}
    for status in ["110", "120", "122", "123", "124", "140", "150", "151", "153", "154", "159"]:
        group = month.guaranteed_group(11)
        offered = {**month.offer(11, status), "guarantee_status_indicator": "Y"}
        yield Case(month.pupil(**offered) if group == 11 else month.person(group, **offered))
    for status in ("114", "115"):
        group = month.guaranteed_group(12)
        yield Case(month.person(group, **month.offer(12, status), guarantee_status_indicator="Y"))
    for code in ["110", "120", "130", "140", "150"]:
        yield Case(month.pupil(activity_code=code))
    for code in ["210", "220", "230", "240", "250", "270"]:
        yield Case(month.person(13, **month.course(code)))
    for code in ("260", "290"):
        yield Case(month.person(13, **month.course(code, **reviewed)))
    for code in ("280", "460"):
        yield Case(month.person(15, **month.course(code), send_flag="Y"))
    for code in ["410", "430", "450", "530"]:
        yield Case(month.person(**month.course(code, **due)))
    for code in ["310", "320", "330", "340", "360", "380", "381", "550"]:
        yield Case(month.person(**month.job(code, **due)))
    yield Case(month.person(**month.job("350", **reviewed)))
    yield Case(month.person(**month.job("710", **reviewed)))
    yield Case(month.person(15, **month.course("440", **due), send_flag="Y"))
    for code in ["540", "610", "615", "619", "640", "660", "670", "680"]:
        yield Case(month.person(**month.neet(code)))
    yield Case(month.person(**month.neet("616", review_date=review.isoformat())))
    for code, characteristic in (("620", "140"), ("630", "120"), ("650", "180")):
        yield Case(month.person(**month.neet(code), characteristics=(characteristic, "110")))
    for code in ["810", "820", "830"]:
        yield Case(month.person(**month.job(code, due_to_lapse_date="")))
    lapsed_on = (month.period_end - DAY).isoformat()
    yield Case(month.person(**month.course("230", due_to_lapse_date=lapsed_on, currency_lapsed="Y")))
    for lapsed in "YN":  # on the very day neither is wrong
        on_the_day = month.course(
            "230", due_to_lapse_date=month.period_end.isoformat(), currency_lapsed=lapsed
        )
        yield Case(month.person(**on_the_day))
    yield from clean_leavers(month)
    yield from clean_details(month)


def clean_leavers(month: Month) -> Iterator[Case]:
    """Every way of being in the file but for the ordinary one."""
    yield Case(month.person(cohort_status="T", transferred_to_la_code=NEIGHBOUR))
    for status in "EMD":
        yield Case(month.person(cohort_status=status))
    yield Case(month.person(14, cohort_status="A"))
    yield Case(month.person(22, cohort_status="A"))
    yield Case(month.person(16, cohort_status="L"))
    group = month.guaranteed_group(12)
    yield Case(month.person(group, cohort_status="G", **month.offer(12)))


def clean_details(month: Month) -> Iterator[Case]:
    """Awkward but right: names, addresses, places outside England, an earlier identifier."""
    yield Case(month.person(given_name="Zoë", middle_name="Ann Marie", family_name="O'Neill-Smith"))
    yield Case(month.person(address_line_2="Flat 2 < Mill & Sons >", postcode="M1 1AE", gender="U"))
    yield Case(month.person(educated_lea="001", lea_code_at_year_11="000", ethnicity="NOBT", gender="W"))
    yield Case(month.person(previous_ypid_identifier="8879999999999", unique_pupil_number="B801200005001"))
    yield Case(month.person(21, send_flag="Y"))
    yield Case(month.person(sen_support_flag="Y", characteristics=("200",), level_of_need_code="1"))
    yield Case(month.person(establishment_number=f"{LEAD}9999", unique_learner_no=""))


def errors_always(month: Month) -> Iterator[Case]:
    """Every error that stands in all three years, one record each."""
    yield from errors_of_identity(month)
    yield from errors_of_place(month)
    yield from errors_of_need(month)
    yield from errors_of_dates(month)
    yield from errors_of_activity(month)
    yield from errors_of_guarantee(month)
    yield from errors_of_file(month)


def errors_of_identity(month: Month) -> Iterator[Case]:
    def case(*shows: str, **changes: object) -> Case:
        return Case(month.person(**changes), shows)

    yield case("1", young_persons_id=f"{DATABASE}123")
    yield case("2", given_name="")
    yield case("3", family_name="")
    yield case("4", gender="")
    yield case("5", gender="X")
    yield case("6", ethnicity="")
    yield case("7", ethnicity="WXXX")
    yield case("8", dob="")
    yield case("8", dob="2004-02-30")
    yield Case(month.person(22, send_flag="Y"), ("9",))
    yield Case(month.person(10, activity_code="110"), ("10",))
    yield case("30", unique_learner_no="012")
    yield case("30", unique_learner_no="0123456789")
    yield case("37", previous_ypid_identifier="123")
    yield case("38", unique_pupil_number="A1")
    yield case("39", uk_provider_reference_number="20001234")
    yield case("903", young_persons_id="9990000000001")


def errors_of_place(month: Month) -> Iterator[Case]:
    def case(*shows: str, **changes: object) -> Case:
        return Case(month.person(**changes), shows)

    nowhere = dict.fromkeys(["address_line_1", "town", "county"], "")
    yield case("11", cohort_status="")
    yield case("904", cohort_status="X")
    yield case("13", cohort_status="T")
    yield case("14", lead_lea="")
    yield case("15", "26", lead_lea="999")
    yield case("19", educated_lea="999")
    yield case("24", lea_code_at_year_11="999")
    yield case("26", lead_lea=NEIGHBOUR)
    yield case("31", **nowhere)
    yield case("32", postcode="")
    yield case("34", transferred_to_la_code=NEIGHBOUR)
    yield case("35", cohort_status="T", transferred_to_la_code="999")
    yield case("34", "35", cohort_status="E", transferred_to_la_code=NEIGHBOUR)
    yield case("35", "41", cohort_status="T", transferred_to_la_code="004")
    yield case("42", cohort_status="T", transferred_to_la_code=LEAD)
    yield case("43", postcode="ZZ999ZZ")


def errors_of_need(month: Month) -> Iterator[Case]:
    def case(*shows: str, **changes: object) -> Case:
        return Case(month.person(**changes), shows)

    yield Case(month.person(14), ("40",))
    yield Case(month.person(14, send_flag=""), ("40", "103"))
    yield case("100", level_of_need_code="")
    yield case("101", level_of_need_code="4")
    yield case("102", send_flag="X")
    yield case("103", send_flag="")
    yield case("104", characteristics=("110", "999"))
    yield case("233", **month.neet("620"))
    yield case("234", **month.neet("630"))
    yield case("235", **month.neet("650"))
    yield case("254", activity_code="280")
    yield case("255", activity_code="460")
    yield case("260", gender="M", characteristics=("180",))
    yield case("303", sen_support_flag="")
    yield case("304", sen_support_flag="X")


def errors_of_dates(month: Month) -> Iterator[Case]:
    def case(*shows: str, **changes: object) -> Case:
        return Case(month.person(**changes), shows)

    start, end = month.year_start, month.period_end
    yield case("202", start_date="")
    yield case("203", date_ascertained="")
    yield case("231", currency_lapsed="Y")
    yield case("232", due_to_lapse_date=(end - DAY).isoformat())
    yield case("237", date_ascertained=(end - 5 * DAY).isoformat())
    yield case("238", predicted_end_date=(end + DAY).isoformat())
    yield case("242", date_ascertained=(start - DAY).isoformat())
    yield case("243", due_to_lapse_date="")
    yield case("244", due_to_lapse_date="31/08/2030")
    before = {"date_ascertained": start.isoformat(), "date_verified": (start - DAY).isoformat()}
    yield case("237", "256", **before)
    yield case("257", review_date=(month.year_end + 400 * DAY).isoformat())
    yield case("258", predicted_end_date="next summer")
    yield case("259", predicted_end_date="")
    yield case("305", date_verified=(end + DAY).isoformat())


def errors_of_activity(month: Month) -> Iterator[Case]:
    def case(*shows: str, **changes: object) -> Case:
        return Case(month.person(**changes), shows)

    start = month.year_start
    nothing = dict.fromkeys(month.course("230"), "")
    due = {"due_to_lapse_date": month.year_end.isoformat()}
    yield case("200", activity_code="")
    yield case("201", activity_code="999")
    yield case("220", currency_lapsed="")
    yield case("221", currency_lapsed="X")
    yield case("224", **month.neet("619", neet_start_date=""))
    yield case("225", **month.neet("619", neet_start_date=(start + DAY).isoformat()))
    yield case("226", neet_start_date=start.isoformat())
    yield case("228", establishment_number="123")
    yield case("228", establishment_number="9994001")
    yield Case(month.pupil(activity_code="230"), ("229",))
    yield case("230", activity_code="110")
    yield case("240", **nothing, has_activities=False)
    yield case("251", **month.neet("619", neet_start_date=date(month.year - 5, 9, 1).isoformat()))
    yield case("253", activity_code="440")
    yield case("262", **month.job("350", **due))
    yield case("262", **month.neet("616"))


def errors_of_guarantee(month: Month) -> Iterator[Case]:
    first, second = month.guaranteed_group(11), month.guaranteed_group(12)
    pupil = month.pupil if first == 11 else lambda **changes: month.person(12, **changes)
    none = {**month.offer(11, "", ""), "guarantee_status_indicator": "N"}
    yield Case(month.person(second, lea_code_at_year_11=NEIGHBOUR, **month.offer(11)), ("25",))
    yield Case(pupil(**month.offer(11, "114")), ("27",))
    yield Case(month.person(second, **month.offer(12, "999")), ("27",))
    yield Case(pupil(**month.offer(11, la="999"), lea_code_at_year_11=""), ("261",))
    yield Case(month.person(second, **month.offer(12, la="999")), ("261",))
    yield Case(month.person(intended_destination_yr_11="999"), ("302",))
    yield Case(pupil(**{**none, "cohort_status": "G"}), ("905",))
    yield Case(month.person(second, cohort_status="G", **month.offer(12, "")), ("905",))
    yield Case(pupil(**{**none, "guarantee_status_indicator": "Y"}), ("906",))
    yield Case(month.person(second, guarantee_status_indicator="Y", **month.offer(12, la="")), ("906",))


def errors_of_file(month: Month) -> Iterator[Case]:
    twice = month.person()
    yield Case(twice, ("902",))
    yield Case(month.person(young_persons_id=twice.young_persons_id))
    shared = month.person()
    yield Case(shared, ("907",))
    yield Case(month.person(unique_learner_no=shared.unique_learner_no), ("907",))
    yield Case(month.person(unique_learner_no=shared.unique_learner_no, cohort_status="M"))
    namesake = month.person(given_name="Perran", family_name="Quell")
    yield Case(namesake, ("908",))
    yield Case(month.person(given_name="PERRAN", family_name="Quell", dob=namesake.dob), ("908",))


def errors_of_some_years(month: Month) -> Iterator[Case]:
    """Errors that came or went: 301 to March 2020; 306, 909 and two on offers since; 44 to 46 from 2026."""
    if month.rule_year == "2019-20":
        yield Case(month.pupil(intended_destination_yr_11=""), ("301",))
        yield Case(month.person(send_flag="Y", sen_support_flag="Y"))
        return
    yield Case(month.person(send_flag="Y", sen_support_flag="Y"), ("306",))
    last_year = (month.year_start - 10 * DAY).isoformat()
    stale = dict.fromkeys(["start_date", "date_ascertained", "date_verified"], last_year)
    yield Case(month.pupil(**stale), ("909",))
    yield Case(month.pupil(**{**stale, "start_date": month.year_start.isoformat()}), ("242", "256"))
    yield Case(month.person(month.guaranteed_group(11), **month.offer(12)), ("SG-a",))
    yield Case(month.person(month.guaranteed_group(13), **month.offer(12), send_flag="Y"), ("SG-b",))
    illegal = ("44", "45", "46") if month.rule_year == "2026-27" else ()
    for field, code in zip(("given_name", "family_name", "middle_name"), illegal or ("",) * 3, strict=True):
        yield Case(month.person(**{field: "Rob1n (Bob)"}), (code,) if code else ())


def every_error(month: Month) -> Iterator[Case]:
    """One record at least for each error of the year."""
    yield from errors_always(month)
    yield from errors_of_some_years(month)


def header_of(month: Month) -> Header:
    """The heading of a golden return."""
    sent = (month.period_end + 9 * DAY).isoformat()
    return Header((DATABASE,), (LEAD,), sent, month.period_end.isoformat(), "Golden returns", "1.0", "1")


def files() -> Iterator[tuple[str, bytes, list[tuple[str, str]]]]:
    """Every golden return: its name, its bytes, and the identifiers with the errors they show."""
    for rule_year in PERIODS:
        for kind, cases in (("clean", clean), ("every-error", every_error)):
            month = Month(rule_year)
            made = list(cases(month))
            shows = [(case.record.young_persons_id, code) for case in made for code in case.shows]
            content = b"".join(chunks(header_of(month), (case.record for case in made)))
            yield f"{rule_year}-{kind}", content, shows


def main() -> None:
    """Write all golden returns, and beside each file with errors the list of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, content, shows in files():
        (FOLDER / f"{name}.xml").write_bytes(content)
        with (FOLDER / f"{name}.csv").open("w", newline="") as listed:
            csv.writer(listed, lineterminator="\n").writerows([("young_persons_id", "error_code"), *shows])


if __name__ == "__main__":
    main()
