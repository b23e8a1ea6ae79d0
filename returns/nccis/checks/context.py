"""What the checks compare a record with: the rules of the month, and what the file's heading says."""

import re
from collections.abc import Collection
from datetime import date

from returns.nccis.checks.registry import CHECKS
from returns.nccis.record import as_day
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, academic_year, starts_on, year_group
from tracking.rules.codes import AreaKind, CohortKind, Need, Status
from tracking.rules.ruleset import RuleSet

GUARANTEE_YEARS = (11, 12)
SUMMER = range(
    4, 9
)  # April to August: the guarantee is about those still in the year group it is named after


class Context:
    """The rules of one file, laid out so that a check is one look-up. Build one per file."""

    def __init__(
        self,
        ruleset: RuleSet,
        period_end: date,
        database_ids: Collection[str] = (),
        la_codes: Collection[str] = (),
    ) -> None:
        self.ruleset = ruleset
        self.period_end = period_end
        self.period_end_text = period_end.isoformat()
        self.year_start_text = starts_on(academic_year(period_end)).isoformat()
        self.database_ids = frozenset(database_ids)
        self.la_codes = frozenset(la_codes)
        self._year_groups: dict[str, int | None] = {}
        self.active = tuple(
            (check, ruleset.errors[check.code]) for check in CHECKS.values() if check.code in ruleset.errors
        )
        self._lay_out_people()
        self._lay_out_activities()
        self._lay_out_ages()

    def year_group(self, dob: str) -> int | None:
        """School year by age at the end of the month; None without a date of birth."""
        try:
            return self._year_groups[dob]
        except KeyError:
            born_on = as_day(dob)
            group = year_group(born_on, self.period_end) if born_on else None
            self._year_groups[dob] = group
            return group

    def guarantee_year(self, dob: str) -> int | None:
        """The year group whose September Guarantee covers them; from September it is last year's."""
        group = self.year_group(dob)
        if group is None or self.period_end.month in SUMMER:
            return group
        return group - 1

    def _lay_out_people(self) -> None:
        rules = self.ruleset
        self.genders = frozenset(rules.genders)
        self.ethnicities = frozenset(rules.ethnicities)
        self.yes_no = frozenset(rules.yes_no)
        self.cohort_statuses = frozenset(rules.cohort_statuses)
        self.characteristics = frozenset(rules.characteristics)
        self.levels_of_need = frozenset(rules.levels_of_need)
        self.intended_destinations = frozenset(rules.intended_destinations)
        self.authorities = rules.authorities
        self.outside_england = rules.areas_of(AreaKind.OUTSIDE_ENGLAND)
        self.unknown_areas = rules.areas_of(AreaKind.UNKNOWN)
        self.areas = frozenset(rules.areas)
        self.transferred = rules.cohort_letters(CohortKind.TRANSFERRED)
        self.left_england = rules.cohort_letters(CohortKind.LEFT_ENGLAND)
        self.guarantee_only = rules.cohort_letters(CohortKind.GUARANTEE)
        self.merged = rules.cohort_letters(CohortKind.MERGED)
        statuses = rules.guarantee_statuses.items()
        self.year_11_statuses = frozenset(code for code, status in statuses if status.valid_year_11)
        self.year_12_statuses = frozenset(code for code, status in statuses if status.valid_year_12)
        self.not_with_gender = {
            code: words.not_with_gender
            for code, words in rules.characteristics.items()
            if words.not_with_gender
        }
        self.illegal_in_name = _any_of("".join(rules.formats.get("illegal_in_names", ()))).search
        self.is_postcode = _patterns(rules.formats.get("postcode", ())).fullmatch

    def _lay_out_activities(self) -> None:
        rules = self.ruleset
        self.activities = frozenset(rules.activities)
        self.neet = rules.activities_with(Status.NEET)
        self.compulsory = rules.activities_with(Status.COMPULSORY)
        self.after_compulsory = self.activities - self.compulsory
        self.needs_end = frozenset(rules.needing(Need.PREDICTED_END_DATE))
        self.needs_review = frozenset(rules.needing(Need.REVIEW_DATE))
        self.needs_lapse = frozenset(rules.needing(Need.DUE_TO_LAPSE_DATE))
        self.asked_by = {error: rules.asked_by(error) for error in rules.errors}

    def _lay_out_ages(self) -> None:
        statuses, limits = self.ruleset.cohort_statuses.items(), self.ruleset.limits
        self.may_be_over_age = frozenset(code for code, status in statuses if status.may_be_over_age)
        self.may_lack_plan = frozenset(code for code, status in statuses if status.may_lack_plan)
        self.lowest_year_group = limits["youngest_academic_age"] - AGE_ABOVE_YEAR_GROUP
        self.highest_year_group = limits["oldest_academic_age"] - AGE_ABOVE_YEAR_GROUP
        self.highest_without_plan = limits["oldest_without_plan"] - AGE_ABOVE_YEAR_GROUP
        self.earliest_neet_age = limits["earliest_neet_age"]


def _any_of(characters: str) -> re.Pattern[str]:
    """A pattern finding any of these characters; with none, it finds nothing."""
    return re.compile(f"[{re.escape(characters)}]" if characters else r"(?!)")


def _patterns(formats: Collection[str]) -> re.Pattern[str]:
    """A pattern of texts in one of these formats, where A stands for a letter and 9 for a digit."""
    signs = {"A": "[A-Za-z]", "9": "[0-9]"}
    written = ("".join(signs.get(sign, re.escape(sign)) for sign in each) for each in formats)
    return re.compile("|".join(written))
