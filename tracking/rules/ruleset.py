"""The rules of one reporting year in one frozen object: codes, currency, errors and limits on a day.

The tables are data with dates (`tracking/reference/seed/*.csv`, then the database, edited on screen). A new
reporting year is new rows, not new Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from tracking.rules import code_rows
from tracking.rules.activity_survey import (
    SurveyColumn,
    SurveyGroup,
    survey_column,
    survey_group,
)
from tracking.rules.allocation import (
    AllocationRule,
    Example,
    OfferRule,
    Rulebook,
    allocation_rule,
    example,
    offer_rule,
)
from tracking.rules.assessment import AssessmentLine, assessment_line
from tracking.rules.chase import (
    ChaseWeight,
    ContactOutcome,
    ContactRule,
    Rung,
    Weights,
    chase_weight,
    contact_outcome,
    contact_rule,
    protocol_of,
    rung,
)
from tracking.rules.codes import (
    ActivityCode,
    AreaCode,
    AreaKind,
    Belief,
    CharacteristicCode,
    Code,
    CohortKind,
    CohortStatusCode,
    CurrencyRule,
    ErrorRule,
    FigureMonths,
    GuaranteeStatusCode,
    Need,
    Requirement,
    Status,
)
from tracking.rules.council_year import CampaignKind, PlanItem, campaign_kind, plan_item
from tracking.rules.indicators import Indicator, indicator
from tracking.rules.leaving import LeavingReason, leaving_reason
from tracking.rules.letters import LetterSeries, LetterWording, letter_series, letter_wording
from tracking.rules.offers import OfferRules, OfferStage, offer_stage
from tracking.rules.plan_steps import StepRule, plan_step
from tracking.rules.retention import RetentionRule, retention_rule
from tracking.rules.return_calendar import (
    ArticleLine,
    ChannelLabel,
    ReturnLine,
    article_line,
    channel_label,
    return_line,
)
from tracking.rules.risk import RiskFactor, risk_factor
from tracking.rules.seeking import Listed, Provision, listed, provision
from tracking.rules.survey import SurveyQuestion, survey_question
from tracking.rules.tables import TABLES, BadRow, Row, Tables, by_code, holds_on, read, seed_tables
from tracking.rules.targets import Target, Whose, aim, target
from tracking.rules.wordings import (
    AnswerOffered,
    MessageTranslation,
    MessageWording,
    answer_offered,
    message_translation,
    message_wording,
)

# Who asks for the rules of a day asks here for their tables too.
__all__ = ["TABLES", "BadRow", "Row", "RuleSet", "holds_on", "seed_tables"]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules as they stood on one day."""

    on: date
    activities: Mapping[str, ActivityCode]
    requirements: tuple[Requirement, ...]
    currency: Mapping[str, CurrencyRule]
    characteristics: Mapping[str, CharacteristicCode]
    cohort_statuses: Mapping[str, CohortStatusCode]
    ethnicities: Mapping[str, Code]
    genders: Mapping[str, Code]
    guarantee_statuses: Mapping[str, GuaranteeStatusCode]
    intended_destinations: Mapping[str, Code]
    areas: Mapping[str, AreaCode]
    levels_of_need: Mapping[str, Code]
    yes_no: Mapping[str, Code]
    limits: Mapping[str, int]
    formats: Mapping[str, tuple[str, ...]]
    precedence: Mapping[tuple[str, str], Belief]
    errors: Mapping[str, ErrorRule]
    figure_months: Mapping[str, FigureMonths]
    allocation_rules: Mapping[str, AllocationRule]
    offer_rules: Mapping[str, OfferRule]
    allocation_examples: Mapping[str, Example]
    letter_series: Mapping[str, LetterSeries]
    letter_wordings: Mapping[tuple[str, str], LetterWording]
    risk_factors: Mapping[str, RiskFactor]
    contact_outcomes: Mapping[str, ContactOutcome]
    source_ladder: Mapping[str, Rung]
    chase_weights: Mapping[str, ChaseWeight]
    contact_protocol: Mapping[str, ContactRule]
    plan_steps: Mapping[str, StepRule]
    campaign_kinds: Mapping[str, CampaignKind]
    plan_items: Mapping[str, PlanItem]
    message_wordings: Mapping[str, MessageWording]
    message_translations: Mapping[tuple[str, str], MessageTranslation]
    answers_offered: Mapping[str, AnswerOffered]
    survey_questions: tuple[SurveyQuestion, ...]
    offer_stages: Mapping[str, OfferStage]
    return_calendar: Mapping[str, ReturnLine]
    articles: Mapping[str, ArticleLine]
    channel_labels: Mapping[str, ChannelLabel]
    leaving_reasons: Mapping[str, LeavingReason]
    retention_rules: Mapping[str, RetentionRule]
    activity_survey_groups: Mapping[str, SurveyGroup]
    activity_survey_columns: Mapping[str, SurveyColumn]
    assessment_lines: Mapping[str, AssessmentLine]
    indicators: Mapping[str, Indicator]
    sought_sectors: Mapping[str, Listed]
    sought_levels: Mapping[str, Listed]
    barriers: Mapping[str, Listed]
    provision: Mapping[str, Provision]
    targets: Mapping[str, Target]

    @classmethod
    def from_rows(cls, on: date, tables: Tables) -> "RuleSet":
        """The rules on that day from rows of text by table name. Raises BadRow where a row cannot be used."""
        return cls(
            on=on,
            activities=by_code(on, tables, "activity_codes", code_rows.activity),
            requirements=tuple(read(on, tables, "activity_requirements", code_rows.requirement)),
            currency=by_code(on, tables, "currency_rules", code_rows.currency),
            characteristics=by_code(on, tables, "characteristic_codes", code_rows.characteristic),
            cohort_statuses=by_code(on, tables, "cohort_status_codes", code_rows.cohort_status),
            ethnicities=by_code(on, tables, "ethnicity_codes", code_rows.code),
            genders=by_code(on, tables, "gender_codes", code_rows.code),
            guarantee_statuses=by_code(on, tables, "guarantee_status_codes", code_rows.guarantee_status),
            intended_destinations=by_code(on, tables, "intended_destination_codes", code_rows.code),
            areas=by_code(on, tables, "la_codes", code_rows.area),
            levels_of_need=by_code(on, tables, "level_of_need_codes", code_rows.code),
            yes_no=by_code(on, tables, "yes_no_codes", code_rows.code),
            limits=by_code(on, tables, "limits", code_rows.limit),
            formats=_formats(on, tables),
            precedence=MappingProxyType(dict(read(on, tables, "precedence", code_rows.belief))),
            errors=by_code(on, tables, "error_rules", code_rows.error),
            figure_months=by_code(on, tables, "figure_months", code_rows.figure_months),
            allocation_rules=by_code(on, tables, "allocation_rules", allocation_rule),
            offer_rules=by_code(on, tables, "offer_rules", offer_rule),
            allocation_examples=by_code(on, tables, "allocation_examples", example),
            letter_series=by_code(on, tables, "letter_series", letter_series),
            letter_wordings=_wordings(on, tables),
            risk_factors=by_code(on, tables, "risk_factors", risk_factor),
            contact_outcomes=by_code(on, tables, "contact_outcomes", contact_outcome),
            source_ladder=by_code(on, tables, "source_ladder", rung),
            chase_weights=by_code(on, tables, "chase_weights", chase_weight),
            contact_protocol=by_code(on, tables, "contact_protocol", contact_rule),
            plan_steps=by_code(on, tables, "plan_steps", plan_step),
            campaign_kinds=by_code(on, tables, "campaign_kinds", campaign_kind),
            plan_items=by_code(on, tables, "plan_items", plan_item),
            message_wordings=by_code(on, tables, "message_wordings", message_wording),
            message_translations=_translations(on, tables),
            answers_offered=by_code(on, tables, "answers_offered", answer_offered),
            survey_questions=tuple(read(on, tables, "survey_questions", survey_question)),
            offer_stages=by_code(on, tables, "offer_stages", offer_stage),
            return_calendar=by_code(on, tables, "return_calendar", return_line),
            articles=by_code(on, tables, "articles", article_line),
            channel_labels=by_code(on, tables, "channel_labels", channel_label),
            leaving_reasons=by_code(on, tables, "leaving_reasons", leaving_reason),
            retention_rules=by_code(on, tables, "retention_rules", retention_rule),
            activity_survey_groups=by_code(on, tables, "activity_survey_groups", survey_group),
            activity_survey_columns=by_code(on, tables, "activity_survey_columns", survey_column),
            assessment_lines=by_code(on, tables, "assessment_lines", assessment_line),
            indicators=by_code(on, tables, "indicators", indicator),
            sought_sectors=by_code(on, tables, "sought_sectors", listed),
            sought_levels=by_code(on, tables, "sought_levels", listed),
            barriers=by_code(on, tables, "barriers", listed),
            provision=by_code(on, tables, "provision", provision),
            targets=by_code(on, tables, "figure_targets", target),
        )

    @classmethod
    def from_csv(cls, on: date) -> "RuleSet":
        """The rules on that day from the seed files, for commands and tests without a database."""
        return cls.from_rows(on, seed_tables())

    def activities_with(self, status: Status) -> frozenset[str]:
        """The activity codes that count as this status."""
        return frozenset(code for code, activity in self.activities.items() if activity.status is status)

    def needing(self, need: Need) -> Mapping[str, str]:
        """The activity codes that ask for this, with the value asked for."""
        return {asked.activity_code: asked.value for asked in self.requirements if asked.need is need}

    def asked_by(self, error: str) -> Mapping[str, str]:
        """The activity codes this DfE error looks at, with the value it asks for."""
        return {asked.activity_code: asked.value for asked in self.requirements if asked.error == error}

    def cohort_letters(self, *kinds: CohortKind) -> frozenset[str]:
        """The cohort status letters of these kinds."""
        return frozenset(letter for letter, status in self.cohort_statuses.items() if status.kind in kinds)

    def areas_of(self, *kinds: AreaKind) -> frozenset[str]:
        """The local authority codes of these kinds."""
        return frozenset(code for code, area in self.areas.items() if area.kind in kinds)

    def belief(self, field: str, source: str) -> Belief:
        """How this source's word stands on a field; who is not listed is not believed."""
        return self.precedence.get((field, source), Belief.NEVER)

    def believed(self, field: str) -> frozenset[str]:
        """The sources whose later word on a field stands against anybody's earlier one."""
        return frozenset(
            source
            for (of, source), belief in self.precedence.items()
            if of == field and belief is Belief.NEWEST
        )

    def rulebook(self, authority: str) -> Rulebook:
        """Who answers and what is offered at this authority (its DfE number)."""
        return Rulebook.of(self.allocation_rules.values(), self.offer_rules.values(), authority)

    def target(self, indicator: str, whose: Whose) -> float | None:
        """What a yearly figure is to reach, in per cent; None where nothing was set."""
        return aim(self.targets.values(), self.limits, indicator, whose)

    @property
    def weights(self) -> Weights:
        """What a call is worth on the day."""
        return Weights(self.chase_weights)

    def protocol(self, authority: str) -> tuple[ContactRule, ...]:
        """How soon and how often this authority (its DfE number) speaks to whom."""
        return protocol_of(self.contact_protocol.values(), authority)

    @property
    def offers(self) -> OfferRules:
        """What an offer of a place is worth on the day."""
        return OfferRules(
            stages=self.offer_stages,
            families={code: status.family for code, status in self.guarantee_statuses.items()},
            grace_days=self.limits["guarantee_grace_days"],
            begins_by=self.limits["offer_begins_by"],
        )

    @property
    def authorities(self) -> frozenset[str]:
        """The recognised English local authorities, Service Children's Education among them."""
        return self.areas_of(AreaKind.AUTHORITY, AreaKind.NON_GEOGRAPHIC)


def _formats(on: date, tables: Tables) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in read(on, tables, "formats", lambda row: (row["name"], row["value"])):
        found[name] = (*found.get(name, ()), value)
    return MappingProxyType(found)


def _translations(on: date, tables: Tables) -> Mapping[tuple[str, str], MessageTranslation]:
    found = read(on, tables, "message_translations", message_translation)
    return MappingProxyType({(each.code, each.language): each for each in found})


def _wordings(on: date, tables: Tables) -> Mapping[tuple[str, str], LetterWording]:
    found = read(on, tables, "letter_wordings", letter_wording)
    return MappingProxyType({(each.code, each.language): each for each in found})
