"""What an effect is made of: how a row is compared with the register, and the statements that take rows over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from returns.intake.models import Intake
from tracking.rules.ruleset import RuleSet

Asked = Callable[[Intake, RuleSet], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind of return does to the register.

    `apply` are the files of sql/apply that take its rows over, in their order. `known` is the file of sql/known that
    says which rows say nothing new; none for a roll, which is compared with what everybody does (sql/compare.sql).
    `looks` are files of sql/apply that run before it, over the rows taken up.
    `asked` gives what its own statements ask by, where they do. `kept_above`: a higher floor keeps what rows say
    (settings.INTAKE_TAKERS, by the type of the return).
    """

    name: str
    apply: tuple[str, ...]
    known: str = ""
    looks: tuple[str, ...] = ()
    asked: Asked | None = None
    kept_above: bool = False


# What every kind of return does before and after what is its own.
BEFORE = ("taken_up",)
FACTS_BEFORE = ("taken_up", "facts_meant", "held_back", "people")
AFTER = ("situations", "settled")
