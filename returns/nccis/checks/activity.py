"""Checks of what a young person does and since when (errors 200 to 262, 305, 909)."""

from returns.nccis.checks.context import Context
from returns.nccis.checks.registry import check
from returns.nccis.record import Record, as_day
from tracking.rules.academic_year import birthday

YES, NO = "Y", "N"
ESTABLISHMENT_LENGTH = 7
AUTHORITY_DIGITS = 3


@check("240", "has_activities")
def activities_are_missing(record: Record, context: Context) -> bool:
    return not record.has_activities


@check("200", "activity_code", "has_activities")
def activity_is_missing(record: Record, context: Context) -> bool:
    return record.has_activities and not record.activity_code


@check("201", "activity_code")
def activity_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.activity_code) and record.activity_code not in context.activities


@check("202", "start_date", "has_activities")
def start_is_missing(record: Record, context: Context) -> bool:
    return record.has_activities and as_day(record.start_date) is None


@check("203", "date_ascertained", "has_activities")
def ascertained_is_missing(record: Record, context: Context) -> bool:
    return record.has_activities and as_day(record.date_ascertained) is None


@check("220", "currency_lapsed", "has_activities")
def lapsed_is_missing(record: Record, context: Context) -> bool:
    return record.has_activities and not record.currency_lapsed


@check("221", "currency_lapsed")
def lapsed_is_neither_yes_nor_no(record: Record, context: Context) -> bool:
    return bool(record.currency_lapsed) and record.currency_lapsed not in context.yes_no


@check("224", "neet_start_date", "activity_code")
def neet_without_its_start(record: Record, context: Context) -> bool:
    return record.activity_code in context.neet and as_day(record.neet_start_date) is None


@check("225", "neet_start_date", "start_date")
def neet_starts_after_the_activity(record: Record, context: Context) -> bool:
    return _is_after(record.neet_start_date, record.start_date)


@check("226", "neet_start_date", "activity_code")
def neet_start_without_neet(record: Record, context: Context) -> bool:
    return bool(record.neet_start_date) and record.activity_code not in context.neet


@check("228", "establishment_number")
def establishment_number_is_no_dfe_number(record: Record, context: Context) -> bool:
    number = record.establishment_number
    if not number:
        return False
    is_number = len(number) == ESTABLISHMENT_LENGTH and number.isascii() and number.isdigit()
    return not is_number or number[:AUTHORITY_DIGITS] not in context.authorities


@check("229", "activity_code", "dob")
def activity_is_for_older_people(record: Record, context: Context) -> bool:
    if record.activity_code not in context.after_compulsory:
        return False
    group = context.year_group(record.dob)
    return group is not None and group <= context.lowest_year_group


@check("230", "activity_code", "dob")
def activity_is_for_younger_people(record: Record, context: Context) -> bool:
    if record.activity_code not in context.compulsory:
        return False
    group = context.year_group(record.dob)
    return group is not None and group > context.lowest_year_group


@check("231", "currency_lapsed", "due_to_lapse_date")
def lapsed_before_its_day(record: Record, context: Context) -> bool:
    return record.currency_lapsed == YES and _is_after(record.due_to_lapse_date, context.period_end_text)


@check("232", "currency_lapsed", "due_to_lapse_date")
def current_after_its_day(record: Record, context: Context) -> bool:
    return record.currency_lapsed == NO and _is_after(context.period_end_text, record.due_to_lapse_date)


@check("237", "date_ascertained", "date_verified")
def ascertained_after_verified(record: Record, context: Context) -> bool:
    return _is_after(record.date_ascertained, record.date_verified)


@check("238", "due_to_lapse_date", "predicted_end_date")
def lapses_after_the_end(record: Record, context: Context) -> bool:
    return _is_after(record.due_to_lapse_date, record.predicted_end_date)


@check("242", "date_ascertained", "start_date")
def ascertained_before_the_start(record: Record, context: Context) -> bool:
    return _is_after(record.start_date, record.date_ascertained)


@check("243", "due_to_lapse_date", "activity_code")
def lapse_is_missing(record: Record, context: Context) -> bool:
    return not record.due_to_lapse_date and record.activity_code in context.needs_lapse


@check("244", "due_to_lapse_date")
def lapse_is_no_date(record: Record, context: Context) -> bool:
    return bool(record.due_to_lapse_date) and as_day(record.due_to_lapse_date) is None


@check("251", "neet_start_date", "dob")
def neet_before_the_youngest_age(record: Record, context: Context) -> bool:
    started_on = as_day(record.neet_start_date)
    born_on = as_day(record.dob)
    if started_on is None or born_on is None:
        return False
    return started_on < birthday(born_on, context.earliest_neet_age)


@check("253", "activity_code", "start_date", "dob")
def started_younger_than_the_activity_asks(record: Record, context: Context) -> bool:
    asked = context.asked_by["253"].get(record.activity_code)
    if asked is None:
        return False
    started_on, born_on = as_day(record.start_date), as_day(record.dob)
    if started_on is None or born_on is None:
        return False
    return started_on < birthday(born_on, int(asked))


@check("256", "date_verified", "start_date")
def verified_before_the_start(record: Record, context: Context) -> bool:
    return _is_after(record.start_date, record.date_verified)


@check("257", "review_date", "predicted_end_date")
def review_after_the_end(record: Record, context: Context) -> bool:
    return _is_after(record.review_date, record.predicted_end_date)


@check("258", "predicted_end_date")
def end_is_no_date(record: Record, context: Context) -> bool:
    return bool(record.predicted_end_date) and as_day(record.predicted_end_date) is None


@check("259", "predicted_end_date", "activity_code")
def end_is_missing(record: Record, context: Context) -> bool:
    return not record.predicted_end_date and record.activity_code in context.needs_end


@check("262", "review_date", "activity_code")
def review_is_missing(record: Record, context: Context) -> bool:
    return record.activity_code in context.needs_review and as_day(record.review_date) is None


@check("305", "date_verified")
def verified_after_the_month(record: Record, context: Context) -> bool:
    return _is_after(record.date_verified, context.period_end_text)


@check("909", "date_verified", "start_date", "activity_code")
def school_age_activity_is_of_last_year(record: Record, context: Context) -> bool:
    if record.activity_code not in context.compulsory:
        return False
    return not (_is_in_year(record.start_date, context) or _is_in_year(record.date_verified, context))


@check("29", "youth_contract_start_date", "youth_contract_indicator")
def youth_contract_without_its_start(record: Record, context: Context) -> bool:
    return record.youth_contract_indicator == YES and not record.youth_contract_start_date


@check("36", "youth_contract_indicator")
def youth_contract_is_neither_yes_nor_no(record: Record, context: Context) -> bool:
    return bool(record.youth_contract_indicator) and record.youth_contract_indicator not in context.yes_no


def _is_after(one: str, other: str) -> bool:
    """Whether one day is later than another; days written CCYY-MM-DD stand in the order of their letters."""
    return one > other and as_day(one) is not None and as_day(other) is not None


def _is_in_year(day: str, context: Context) -> bool:
    return day >= context.year_start_text and as_day(day) is not None
