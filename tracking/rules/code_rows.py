"""Rows of the code lists, of text, as the rules know them."""

from tracking.rules.codes import (
    ActivityCode,
    AreaCode,
    AreaKind,
    Basis,
    Belief,
    CharacteristicCode,
    Code,
    CohortKind,
    CohortStatusCode,
    CurrencyRule,
    ErrorRule,
    Evidence,
    FigureMonths,
    GuaranteeStatusCode,
    Measure,
    Need,
    Requirement,
    Status,
)
from tracking.rules.guarantee import stand_of
from tracking.rules.tables import Row


def _yes(value: str) -> bool:
    if value not in ("Y", "N"):
        raise ValueError(f"{value!r} is neither Y nor N")
    return value == "Y"


def _plain(row: Row) -> tuple[str, str, str, Evidence]:
    return row["code"], row["label"], row["plain_words"], Evidence(row["evidence"])


def code(row: Row) -> Code:
    return Code(*_plain(row))


def activity(row: Row) -> ActivityCode:
    return ActivityCode(
        *_plain(row),
        family=row["family"],
        status=Status(row["status"]),
        participation_type=row["participation_type"],
        counts_in_education_and_training=_yes(row["counts_in_education_and_training"]),
        duty=row["duty"],
        duty_evidence=Evidence(row["duty_evidence"]),
    )


def requirement(row: Row) -> Requirement:
    return Requirement(row["activity_code"], Need(row["needs"]), row["value"], row["error"])


def currency(row: Row) -> CurrencyRule:
    return CurrencyRule(
        activity_code=row["activity_code"],
        basis=Basis(row["basis"]),
        amount=int(row["amount"] or 0),
        unit=row["unit"],
        capped_by_end=_yes(row["capped_by_end"]),
        evidence=Evidence(row["evidence"]),
    )


def characteristic(row: Row) -> CharacteristicCode:
    return CharacteristicCode(*_plain(row), _yes(row["in_vulnerable_group"]), row["not_with_gender"])


def cohort_status(row: Row) -> CohortStatusCode:
    return CohortStatusCode(
        *_plain(row),
        kind=CohortKind(row["kind"]),
        sent_once=_yes(row["sent_once"]),
        may_be_over_age=_yes(row["may_be_over_age"]),
        may_lack_plan=_yes(row["may_lack_plan"]),
    )


def guarantee_status(row: Row) -> GuaranteeStatusCode:
    counted = stand_of(row["family"], row.get("board", ""))
    return GuaranteeStatusCode(
        *_plain(row), row["family"], _yes(row["valid_year_11"]), _yes(row["valid_year_12"]), counted
    )


def area(row: Row) -> AreaCode:
    return AreaCode(*_plain(row), AreaKind(row["kind"]), row["ons_code"], row["region"])


def belief(row: Row) -> tuple[tuple[str, str], Belief]:
    return (row["field"], row["source"]), Belief(row["belief"])


def limit(row: Row) -> int:
    return int(row["value"])


def error(row: Row) -> ErrorRule:
    return ErrorRule(
        code=row["code"],
        priority=int(row["priority"]),
        field=row["field"],
        place=row["place"],
        wrong=row["wrong"],
        mend=row["mend"],
        rejects_file=_yes(row["rejects_file"]),
        evidence=Evidence(row["evidence"]),
    )


def figure_months(row: Row) -> FigureMonths:
    return FigureMonths(
        code=row["code"],
        plain_words=row["plain_words"],
        measure=Measure(row["measure"]),
        months=tuple(int(month) for month in row["months"].split()),
        evidence=Evidence(row["evidence"]),
    )
