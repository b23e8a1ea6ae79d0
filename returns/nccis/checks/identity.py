"""Checks of who a young person is: identifiers, names, gender, ethnicity, date of birth (1 to 10, 30 on)."""

from returns.nccis.checks.context import Context
from returns.nccis.checks.registry import check
from returns.nccis.record import Record, as_day

IDENTIFIER_LENGTH = 13
ULN_LENGTH = 10
UKPRN_LENGTH = 8
DATABASE_DIGITS = 3


@check("1", "young_persons_id")
def identifier_has_another_length(record: Record, context: Context) -> bool:
    return len(record.young_persons_id) != IDENTIFIER_LENGTH


@check("2", "given_name")
def given_name_is_missing(record: Record, context: Context) -> bool:
    return not record.given_name


@check("3", "family_name")
def family_name_is_missing(record: Record, context: Context) -> bool:
    return not record.family_name


@check("4", "gender")
def gender_is_missing(record: Record, context: Context) -> bool:
    return not record.gender


@check("5", "gender")
def gender_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.gender) and record.gender not in context.genders


@check("6", "ethnicity")
def ethnicity_is_missing(record: Record, context: Context) -> bool:
    return not record.ethnicity


@check("7", "ethnicity")
def ethnicity_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.ethnicity) and record.ethnicity not in context.ethnicities


@check("8", "dob")
def date_of_birth_is_missing(record: Record, context: Context) -> bool:
    return as_day(record.dob) is None


@check("9", "dob", "cohort_status")
def is_too_old_for_the_file(record: Record, context: Context) -> bool:
    group = context.year_group(record.dob)
    if group is None or group <= context.highest_year_group:
        return False
    return record.cohort_status not in context.may_be_over_age


@check("10", "dob")
def is_too_young_for_the_file(record: Record, context: Context) -> bool:
    group = context.year_group(record.dob)
    return group is not None and group < context.lowest_year_group


@check("30", "unique_learner_no")
def learner_number_is_no_ten_digits(record: Record, context: Context) -> bool:
    number = record.unique_learner_no
    return bool(number) and (not _digits(number, ULN_LENGTH) or number[0] == "0")


@check("37", "previous_ypid_identifier")
def earlier_identifier_has_another_length(record: Record, context: Context) -> bool:
    earlier = record.previous_ypid_identifier
    return bool(earlier) and len(earlier) != IDENTIFIER_LENGTH


@check("38", "unique_pupil_number")
def pupil_number_has_another_length(record: Record, context: Context) -> bool:
    return bool(record.unique_pupil_number) and len(record.unique_pupil_number) != IDENTIFIER_LENGTH


@check("39", "uk_provider_reference_number")
def provider_number_is_no_eight_digits(record: Record, context: Context) -> bool:
    number = record.uk_provider_reference_number
    return bool(number) and (not _digits(number, UKPRN_LENGTH) or number[0] != "1")


@check("44", "given_name")
def given_name_holds_a_forbidden_sign(record: Record, context: Context) -> bool:
    return context.illegal_in_name(record.given_name) is not None


@check("45", "family_name")
def family_name_holds_a_forbidden_sign(record: Record, context: Context) -> bool:
    return context.illegal_in_name(record.family_name) is not None


@check("46", "middle_name")
def middle_name_holds_a_forbidden_sign(record: Record, context: Context) -> bool:
    return context.illegal_in_name(record.middle_name) is not None


@check("903", "young_persons_id")
def identifier_is_of_another_database(record: Record, context: Context) -> bool:
    return record.young_persons_id[:DATABASE_DIGITS] not in context.database_ids


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
