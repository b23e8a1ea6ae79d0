"""How a check is bound to its DfE error number and to the columns it reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from returns.nccis.record import Record
from tracking.rules.codes import ErrorRule

if TYPE_CHECKING:
    from returns.nccis.checks.context import Context

Fails = Callable[[Record, "Context"], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """One DfE error: whether a record has it, judged by these columns alone."""

    code: str
    reads: tuple[str, ...]
    fails: Fails


@dataclass(frozen=True, slots=True)
class Finding:
    """One error found in one record."""

    young_persons_id: str
    value: str
    rule: ErrorRule

    @property
    def code(self) -> str:
        """The DfE's number of the error."""
        return self.rule.code

    @property
    def field(self) -> str:
        """The element of the file it is about."""
        return self.rule.field

    @property
    def words(self) -> str:
        """What is wrong, in an officer's words."""
        return self.rule.wrong

    @property
    def how(self) -> str:
        """How to mend it, in an officer's words."""
        return self.rule.mend

    @property
    def mend(self) -> str:
        """The place on the record where it is mended: identity, address, activity and so on."""
        return self.rule.place

    @property
    def is_warning(self) -> bool:
        """Whether the DfE only says it and does not count it."""
        return self.rule.is_warning


CHECKS: dict[str, Check] = {}


def check(code: str, *reads: str) -> Callable[[Fails], Fails]:
    """Bind a function to a DfE error; `reads` names its columns, the one shown as the wrong value first."""

    def register(fails: Fails) -> Fails:
        if code in CHECKS:
            raise ValueError(f"error {code} is bound twice")
        CHECKS[code] = Check(code, reads, fails)
        return fails

    return register
