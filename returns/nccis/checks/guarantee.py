"""Checks of the September Guarantee and intended destinations (25, 27, 261, 301, 302, 905, 906, two more)."""

from returns.nccis.checks.context import GUARANTEE_YEARS, Context
from returns.nccis.checks.registry import check
from returns.nccis.record import Record

YES = "Y"
YEAR_11, YEAR_12 = GUARANTEE_YEARS


@check("25", "lea_code_at_year_11", "year_11_lea_code")
def year_11_authorities_differ(record: Record, context: Context) -> bool:
    stated, offered = record.lea_code_at_year_11, record.year_11_lea_code
    return bool(stated and offered) and stated != offered


@check("27", "year_11_guarantee_status", "year_12_guarantee_status")
def guarantee_status_is_not_listed(record: Record, context: Context) -> bool:
    year_11, year_12 = record.year_11_guarantee_status, record.year_12_guarantee_status
    if year_11 and year_11 not in context.year_11_statuses:
        return True
    return bool(year_12) and year_12 not in context.year_12_statuses


@check("261", "year_11_lea_code", "year_12_lea_code")
def guarantee_authority_is_not_listed(record: Record, context: Context) -> bool:
    if record.year_11_lea_code and record.year_11_lea_code not in context.authorities:
        return True
    return bool(record.year_12_lea_code) and record.year_12_lea_code not in context.authorities


@check(
    "905",
    "cohort_status",
    "year_11_guarantee_status",
    "year_11_lea_code",
    "year_12_guarantee_status",
    "year_12_lea_code",
    "dob",
)
def guarantee_only_without_its_guarantee(record: Record, context: Context) -> bool:
    return record.cohort_status in context.guarantee_only and _lacks_guarantee(record, context)


@check(
    "906",
    "guarantee_status_indicator",
    "year_11_guarantee_status",
    "year_11_lea_code",
    "year_12_guarantee_status",
    "year_12_lea_code",
    "dob",
)
def guaranteed_without_its_guarantee(record: Record, context: Context) -> bool:
    return record.guarantee_status_indicator == YES and _lacks_guarantee(record, context)


@check("SG-a", "year_12_guarantee_status", "dob")
def year_12_offer_in_year_11(record: Record, context: Context) -> bool:
    return bool(record.year_12_guarantee_status) and context.guarantee_year(record.dob) == YEAR_11


@check("SG-b", "dob", "year_11_guarantee_status", "year_12_guarantee_status")
def offer_at_the_wrong_age(record: Record, context: Context) -> bool:
    if not (record.year_11_guarantee_status or record.year_12_guarantee_status):
        return False
    year = context.guarantee_year(record.dob)
    return year is not None and year not in GUARANTEE_YEARS


@check("301", "intended_destination_yr_11", "dob")
def intended_destination_is_missing(record: Record, context: Context) -> bool:
    return not record.intended_destination_yr_11 and context.year_group(record.dob) == YEAR_11


@check("302", "intended_destination_yr_11")
def intended_destination_is_not_listed(record: Record, context: Context) -> bool:
    destination = record.intended_destination_yr_11
    return bool(destination) and destination not in context.intended_destinations


def _lacks_guarantee(record: Record, context: Context) -> bool:
    year = context.guarantee_year(record.dob)
    if year == YEAR_11:
        return not (record.year_11_guarantee_status and record.year_11_lea_code)
    if year == YEAR_12:
        return not (record.year_12_guarantee_status and record.year_12_lea_code)
    return False
