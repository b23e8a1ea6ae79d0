"""One row of a return beside young people of the register, field by field: how each agrees, and what that weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from neet.ui.words import day
from returns.intake.models import IntakeRow
from returns.intake.rules.choices import YES
from tracking.register.models import Residence
from tracking.rules.matching.explaining import weight_of
from tracking.rules.matching.levels import FIELDS, MISSING, Field
from tracking.rules.matching.model import MatchingModel

GENDERS = {"F": "Female", "M": "Male", "U": "Not known", "W": "Not said"}
NOT_SHOWN = "Not shown: they asked us not to be told"
KEPT_BACK = frozenset({"upn", "uln"})
ALWAYS_SHOWN = frozenset({"forename", "surname", "born", "home", "upn", "uln"})
# From these powers of two on a field speaks strongly; below the smaller one it says little.
STRONG, SOME = 6.0, 1.0


@dataclass(frozen=True)
class Agreement:
    """One field of one candidate: what the register holds, how it agrees in words, and how much that weighs."""

    of: str
    value: str
    words: str
    tone: str
    weighs: str


class Compared(Protocol):
    """Somebody a row, or an answer, may be of, and how far each field agrees."""

    person: Any
    levels: Any


@dataclass(frozen=True)
class Beside:
    """Somebody a row may be: what the page calls them, their home, and whether institutions keep back their numbers."""

    words: str
    candidate: Compared
    home: Residence | None
    keeps_back: bool


@dataclass(frozen=True)
class Line:
    """One field: what the return says, and how each candidate agrees."""

    label: str
    said: str
    agreements: tuple[Agreement, ...]


def lines_of(row: IntakeRow, beside: Sequence[Beside]) -> tuple[Line, ...]:
    """A row beside those it may be."""
    model = MatchingModel.from_plain(row.intake.matcher) if row.intake.matcher else MatchingModel()
    said = _on_return(row, keeps_back=any(each.keeps_back for each in beside))
    return lines_between(said, beside, model)


def lines_between(
    said: Mapping[str, str], beside: Sequence[Beside], model: MatchingModel
) -> tuple[Line, ...]:
    """What somebody said, by the names of the matcher's fields, beside those it may be of: field by field, in the order
    an officer reads; what nobody has is left out."""
    held = [_on_register(each) for each in beside]
    lines = []
    for place, field in enumerate(FIELDS):
        # Whoever came onto the register while a return was taken over was never weighed.
        levels = [each.candidate.levels[place] if each.candidate.levels else MISSING for each in beside]
        given = said.get(field.name) or any(values[field.name] for values in held)
        if not any(levels) and not (field.name in ALWAYS_SHOWN and given):
            continue
        agreements = tuple(
            Agreement(each.words, values[field.name], *_agreement(field, level, model))
            for each, values, level in zip(beside, held, levels, strict=True)
        )
        lines.append(Line(field.label, said.get(field.name, ""), agreements))
    return tuple(lines)


def _agreement(field: Field, level: int, model: MatchingModel) -> tuple[str, str, str]:
    """How one field agrees, the colour beside the words, and how much it weighs."""
    if level == MISSING:
        return "cannot be compared", "plain", ""
    weight = weight_of(field.name, level, model)
    if abs(round(weight)) == 0:
        return field.levels[level].words, "good" if level == 1 else "plain", "hardly counts"
    tone = "good" if level == 1 or weight >= STRONG else "bad" if weight <= -SOME else "attention"
    strength = "strongly " if abs(weight) >= STRONG else "" if abs(weight) >= SOME else "a little "
    return (
        field.levels[level].words,
        tone,
        f"speaks {strength}{'for' if weight > 0 else 'against'} ({weight:+.0f})",
    )


def _on_return(row: IntakeRow, *, keeps_back: bool) -> dict[str, str]:
    clean = row.clean
    address = ", ".join(filter(None, (clean.get(part) for part in ("line_1", "line_2", "town", "postcode"))))
    said = {
        "forename": clean.get("given_name"),
        "surname": clean.get("family_name"),
        "born": _day(clean.get("date_of_birth")),
        "home": address,
        "upn": clean.get("upn"),
        "uln": clean.get("uln"),
        "middle": clean.get("middle_name"),
        "gender": GENDERS.get(clean.get("gender") or "", clean.get("gender")),
        "establishment": row.intake.establishment.name if row.intake.establishment else "",
        "year_group": clean.get("year_group"),
    }
    return _kept_back(
        {name: value or "" for name, value in said.items()}, keeps_back or clean.get("objection") == YES
    )


def _on_register(beside: Beside) -> dict[str, str]:
    person, home = beside.candidate.person, beside.home
    situation = getattr(person, "situation", None)
    activity = situation.activity if situation else None
    lines = (home.line_1, home.line_2, home.town, home.postcode) if home else ()
    known_as = f" (goes by {person.known_as})" if person.known_as else ""
    held = {
        "forename": f"{person.given_name}{known_as}",
        "surname": person.family_name,
        "born": day(person.date_of_birth) if person.date_of_birth else "",
        "home": ", ".join(filter(None, lines)),
        "upn": person.upn,
        "uln": person.uln,
        "middle": person.middle_name,
        "gender": GENDERS.get(person.gender, person.gender),
        "establishment": activity.establishment_name if activity else "",
        "year_group": "",
    }
    return _kept_back(held, beside.keeps_back)


def _kept_back(values: dict[str, str], keeps_back: bool) -> dict[str, str]:
    if not keeps_back:
        return values
    return {name: NOT_SHOWN if name in KEPT_BACK and value else value for name, value in values.items()}


def _day(text: str | None) -> str:
    return day(date.fromisoformat(text)) if text else ""
