"""What a learner is doing: from the words of schools and colleges to the DfE's code of the day, and back."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from neet.files.rules.headings import folded
from tracking.rules.ruleset import RuleSet

LAYOUTS = Path(__file__).resolve().parent.parent / "layouts"


def codes_by_words(ruleset: RuleSet) -> Mapping[str, str]:
    """Codes by folded words: the rules' own, then what schools and colleges write; empty is full time here."""
    codes = {said: code for said, code in school_words().items() if not code or code in ruleset.activities}
    for code, activity in ruleset.activities.items():
        codes |= {folded(activity.label): code, folded(activity.plain_words): code}
    return codes


def full_time_at(establishment_kind: str, ruleset: RuleSet) -> str:
    """The code of somebody full time at this kind of establishment; empty where the rules of the day have none."""
    code = _full_time_codes().get(establishment_kind, "")
    return code if code in ruleset.activities else ""


def activity_words(code: str, ruleset: RuleSet) -> str:
    """An activity in plain words; empty for no code."""
    activity = ruleset.activities.get(code)
    return activity.plain_words if activity else ""


def activity_choices(establishment_kind: str, ruleset: RuleSet) -> tuple[str, ...]:
    """The words a return may choose from, what is usual here first: everything that counts as learning."""
    here = full_time_at(establishment_kind, ruleset)
    learning = [code for code, each in ruleset.activities.items() if each.counts_in_education_and_training]
    return tuple(
        activity_words(code, ruleset) for code in sorted(learning, key=lambda code: (code != here, code))
    )


@cache
def school_words() -> Mapping[str, str]:
    """Codes by the folded words that schools and colleges write; empty is full time here."""
    return {folded(row["words"]): row["code"] for row in _rows("activity_words.csv")}


@cache
def _full_time_codes() -> Mapping[str, str]:
    return {row["establishment_kind"]: row["code"] for row in _rows("full_time_here.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (LAYOUTS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
