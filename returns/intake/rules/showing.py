"""Clean values as people read and write them: days as 31/12/2009, words for codes, Yes and No."""

from collections.abc import Mapping

from returns.intake.layouts.columns import Column, Kind, Layout
from returns.intake.rules.activities import activity_choices, activity_words
from tracking.rules.ruleset import RuleSet

YES_NO = {"Y": "Yes", "N": "No"}


def shown(column: Column, value: str, ruleset: RuleSet) -> str:
    """A clean value in words; what is not clean stays as it is."""
    if column.kind is Kind.DAY and len(value) == 10 and value[4] == value[7] == "-":
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    if column.kind is Kind.YES_NO:
        return YES_NO.get(value, value)
    if column.kind is Kind.GENDER and value in ruleset.genders:
        return ruleset.genders[value].plain_words
    if column.kind is Kind.ACTIVITY:
        return activity_words(value, ruleset) or value
    if column.kind is Kind.CHOICE:
        words = column.list_on(ruleset)
        return "; ".join(words.get(each, each) for each in value.split(";"))
    return value


def all_shown(layout: Layout, values: Mapping[str, str], ruleset: RuleSet) -> dict[str, str]:
    """A row in words, by column name."""
    return {
        name: shown(layout.by_name[name], value, ruleset)
        for name, value in values.items()
        if name in layout.by_name
    }


def choices_of(column: Column, layout: Layout, establishment_kind: str, ruleset: RuleSet) -> tuple[str, ...]:
    """The words a column may hold; nothing where it is free."""
    if column.kind is Kind.ACTIVITY:
        return activity_choices(establishment_kind, ruleset)
    if column.kind is Kind.GENDER:
        return tuple(gender.plain_words for gender in ruleset.genders.values())
    if column.kind is Kind.YES_NO:
        return tuple(YES_NO.values())
    if column.kind is Kind.YEAR_GROUP:
        return tuple(map(str, layout.year_groups))
    if column.kind is Kind.CHOICE:
        return tuple(column.list_on(ruleset).values())
    return ()
