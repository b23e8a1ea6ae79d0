"""Checks of needs and circumstances: level of need, SEND, characteristics (33, 40, 100 to 104, 254 on)."""

from returns.nccis.checks.context import Context
from returns.nccis.checks.registry import check
from returns.nccis.record import Record
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP

YES = "Y"


@check("33", "dob", "send_flag")
def is_old_without_send(record: Record, context: Context) -> bool:
    group = context.year_group(record.dob)
    if group is None or record.send_flag == YES:
        return False
    return group >= context.ruleset.limits["old_plan_age"] - AGE_ABOVE_YEAR_GROUP


@check("40", "dob", "send_flag", "cohort_status")
def is_too_old_without_a_plan(record: Record, context: Context) -> bool:
    if record.send_flag == YES:
        return False
    group = context.year_group(record.dob)
    if group is None or group <= context.highest_without_plan:
        return False
    return record.cohort_status not in context.may_lack_plan


@check("100", "level_of_need_code")
def level_of_need_is_missing(record: Record, context: Context) -> bool:
    return not record.level_of_need_code


@check("101", "level_of_need_code")
def level_of_need_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.level_of_need_code) and record.level_of_need_code not in context.levels_of_need


@check("102", "send_flag")
def send_flag_is_neither_yes_nor_no(record: Record, context: Context) -> bool:
    return bool(record.send_flag) and record.send_flag not in context.yes_no


@check("103", "send_flag")
def send_flag_is_missing(record: Record, context: Context) -> bool:
    return not record.send_flag


@check("303", "sen_support_flag")
def sen_support_flag_is_missing(record: Record, context: Context) -> bool:
    return not record.sen_support_flag


@check("304", "sen_support_flag")
def sen_support_flag_is_neither_yes_nor_no(record: Record, context: Context) -> bool:
    return bool(record.sen_support_flag) and record.sen_support_flag not in context.yes_no


@check("306", "sen_support_flag", "send_flag")
def has_both_plan_and_sen_support(record: Record, context: Context) -> bool:
    return record.send_flag == YES and record.sen_support_flag == YES


@check("104", "characteristics")
def characteristic_is_not_listed(record: Record, context: Context) -> bool:
    return bool(record.characteristics) and not context.characteristics.issuperset(record.characteristics)


@check("260", "characteristics", "gender")
def characteristic_contradicts_gender(record: Record, context: Context) -> bool:
    if not record.characteristics or not record.gender:
        return False
    return any(context.not_with_gender.get(code) == record.gender for code in record.characteristics)


@check("233", "characteristics", "activity_code")
def carer_without_the_characteristic(record: Record, context: Context) -> bool:
    return _lacks_characteristic(record, context, "233")


@check("234", "characteristics", "activity_code")
def parent_without_the_characteristic(record: Record, context: Context) -> bool:
    return _lacks_characteristic(record, context, "234")


@check("235", "characteristics", "activity_code")
def pregnancy_without_the_characteristic(record: Record, context: Context) -> bool:
    return _lacks_characteristic(record, context, "235")


@check("236", "characteristics", "activity_code")
def refugee_without_the_characteristic(record: Record, context: Context) -> bool:
    return _lacks_characteristic(record, context, "236")


@check("254", "send_flag", "activity_code")
def special_institution_without_send(record: Record, context: Context) -> bool:
    return _lacks_send(record, context, "254")


@check("255", "send_flag", "activity_code")
def supported_internship_without_send(record: Record, context: Context) -> bool:
    return _lacks_send(record, context, "255")


def _lacks_characteristic(record: Record, context: Context, error: str) -> bool:
    asked = context.asked_by[error].get(record.activity_code)
    return asked is not None and asked not in record.characteristics


def _lacks_send(record: Record, context: Context, error: str) -> bool:
    asked = context.asked_by[error].get(record.activity_code)
    return asked is not None and asked != record.send_flag
