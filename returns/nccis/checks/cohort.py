"""Checks of why a young person is in the file, whose they are, where they live (11 to 26, 31 to 43, 904)."""

from returns.nccis.checks.context import Context
from returns.nccis.checks.registry import check
from returns.nccis.record import Record


@check("11", "cohort_status")
def cohort_status_is_missing(record: Record, context: Context) -> bool:
    return not record.cohort_status


@check("904", "cohort_status")
def cohort_status_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.cohort_status) and record.cohort_status not in context.cohort_statuses


@check("13", "transferred_to_la_code", "cohort_status")
def transferred_nobody_says_where(record: Record, context: Context) -> bool:
    return not record.transferred_to_la_code and record.cohort_status in context.transferred


@check("34", "transferred_to_la_code", "cohort_status")
def transferred_without_the_status(record: Record, context: Context) -> bool:
    return bool(record.transferred_to_la_code) and record.cohort_status not in context.transferred


@check("35", "transferred_to_la_code", "cohort_status")
def transferred_to_no_listed_place(record: Record, context: Context) -> bool:
    place = record.transferred_to_la_code
    if not place:
        return False
    if record.cohort_status in context.transferred:
        return place not in context.authorities
    return record.cohort_status in context.left_england and place not in context.outside_england


@check("41", "transferred_to_la_code")
def transferred_to_nobody_knows_where(record: Record, context: Context) -> bool:
    return record.transferred_to_la_code in context.unknown_areas


@check("42", "transferred_to_la_code", "lead_lea")
def transferred_to_the_lead_authority(record: Record, context: Context) -> bool:
    return bool(record.lead_lea) and record.transferred_to_la_code == record.lead_lea


@check("14", "lead_lea")
def lead_authority_is_missing(record: Record, context: Context) -> bool:
    return not record.lead_lea


@check("15", "lead_lea")
def lead_authority_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.lead_lea) and record.lead_lea not in context.authorities


@check("26", "lead_lea")
def lead_authority_is_not_in_the_heading(record: Record, context: Context) -> bool:
    return bool(record.lead_lea) and record.lead_lea not in context.la_codes


@check("19", "educated_lea")
def educating_authority_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.educated_lea) and record.educated_lea not in context.areas


@check("24", "lea_code_at_year_11")
def authority_at_year_11_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.lea_code_at_year_11) and record.lea_code_at_year_11 not in context.areas


@check("31", "address_line_1", "address_line_2", "address_line_3", "address_line_4", "town", "county")
def address_is_missing(record: Record, context: Context) -> bool:
    lines = record.address_line_1 or record.address_line_2 or record.address_line_3 or record.address_line_4
    return not (lines or record.town or record.county)


@check("32", "postcode")
def postcode_is_missing(record: Record, context: Context) -> bool:
    return not record.postcode


@check("43", "postcode")
def postcode_is_in_no_format(record: Record, context: Context) -> bool:
    return bool(record.postcode) and context.is_postcode(record.postcode) is None
