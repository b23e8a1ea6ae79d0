"""Reasons in words, as far as the reader reads what they rest on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from neet.accounts.models import User
from neet.accounts.scope import scope_of
from tracking.reference.queries import ruleset
from tracking.register.fields import characteristics_read, reads
from tracking.rules.risk import ReadFrom, RiskFactor

# Which field somebody must read to be told a factor (fields.csv); circumstances are asked code by code.
FIELDS: Mapping[ReadFrom, str] = MappingProxyType(
    {
        ReadFrom.ACTIVITY: "situation.code",
        ReadFrom.EARLIER: "activity.code",
        ReadFrom.PLACE: "activity.establishment_name",
        ReadFrom.DESTINATION: "youngperson.intended_destination",
        ReadFrom.GUARANTEE: "guarantee.status",
        ReadFrom.SAID: "characteristic.code",
    }
)


@dataclass(frozen=True)
class Shown:
    """The reasons a reader is told, and how many are not shown to them."""

    words: tuple[str, ...] = ()
    hidden: int = 0

    @property
    def hidden_words(self) -> str:
        if not self.hidden:
            return ""
        return "a reason not shown to you" if self.hidden == 1 else f"{self.hidden} reasons not shown to you"


class Wording:
    """The factors of a day as one reader is told them. A factor that is gone from the table is not told."""

    def __init__(self, user: User, on: date) -> None:
        self.roles = scope_of(user).roles
        self.factors = ruleset(on).risk_factors

    def told(self, code: str) -> bool:
        factor = self.factors.get(code)
        return factor is not None and self._reads(factor)

    def _reads(self, factor: RiskFactor) -> bool:
        if factor.source is ReadFrom.CHARACTERISTIC:
            return characteristics_read(self.roles, factor.reads) == factor.reads
        return reads(self.roles, FIELDS[factor.source])

    def of(self, codes: Iterable[str]) -> Shown:
        asked = list(dict.fromkeys(codes))
        told = [each for each in asked if self.told(each)]
        return Shown(tuple(self.factors[each].words for each in told), len(asked) - len(told))

    def offered(self, *, said_only: bool = False) -> list[tuple[str, str]]:
        """The factors this reader may choose among, heaviest first."""
        found = sorted(self.factors.values(), key=lambda each: (-each.points, each.words))
        return [
            (each.code, each.words[:1].upper() + each.words[1:])
            for each in found
            if self._reads(each) and (each.source is ReadFrom.SAID or not said_only)
        ]
