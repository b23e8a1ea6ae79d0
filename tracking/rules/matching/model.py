"""What the matcher believes: how often entries of one person agree, how often strangers' do, where it draws lines.

A model is a version of these beliefs and lines; what was learned from one pair of files can be written down, read
back, and shows why a link was made.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from tracking.rules.matching.levels import FIELDS

VERSION = "2026-11"
Shares = Mapping[str, tuple[float, ...]]


def _believed(kind: str) -> Shares:
    return MappingProxyType(
        {field.name: tuple(getattr(level, kind) for level in field.levels) for field in FIELDS}
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """Where decisions are made. Chosen without knowing the truth: by what the model itself expects to get wrong."""

    # Surely found, to learn from those who merely resemble them; so many are needed for that.
    sure: float = 0.999
    enough_to_tell: int = 500
    # Automatic links may be expected to hold no more wrong ones than this share.
    wrong_at_most: float = 0.0002
    # A link must be this probable by itself where that can be told from the file, and this where it cannot,
    lowest: float = 0.5
    surest: float = 0.995
    # and be ahead of every rival by this much, as a natural logarithm: twenty to one.
    margin: float = 3.0
    # Below this a pair is not worth an officer's time.
    worth_a_look: float = 0.02
    # Evidence beside name and date of birth, as a natural logarithm: twenty to one.
    beside: float = 3.0
    # Links by name and date of birth alone: at most this share of those that something else confirms,
    alone_share: float = 0.15
    # and each expected to meet a namesake born on the same day less often than this.
    alone_namesakes: float = 0.001
    # Where no brothers and sisters are about, links by another first name: at most this share of all others.
    renamed_share: float = 0.15


@dataclass(frozen=True, slots=True)
class MatchingModel:
    """Shares by field and level: `same` for one person's entries, `other` for two strangers'; and how common each kind
    of pair is among all pairs of the two files (`person`, `twin`, `sibling`); `families`: whether brothers and sisters
    are about in them; `found`: how many pairs of one person it was learned from;
    `taught`: how many decisions of officers counted in it."""

    version: str = VERSION
    same: Shares = field(default_factory=lambda: _believed("same"))
    other: Shares = field(default_factory=lambda: _believed("other"))
    rates: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    lines: Lines = field(default_factory=Lines)
    families: bool = True
    learned_from: int = 0
    found: int = 0
    taught: int = 0

    def plain(self) -> dict[str, Any]:
        """Everything, as JSON takes it, so that the same decisions can be made again."""
        return {
            "version": self.version,
            "same": {name: list(shares) for name, shares in self.same.items()},
            "other": {name: list(shares) for name, shares in self.other.items()},
            "rates": dict(self.rates),
            "lines": asdict(self.lines),
            "families": self.families,
            "learned_from": self.learned_from,
            "found": self.found,
            "taught": self.taught,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "MatchingModel":
        """What `plain` gave."""
        return cls(
            version=plain["version"],
            same=_shares(plain["same"]),
            other=_shares(plain["other"]),
            rates=MappingProxyType(plain["rates"]),
            lines=Lines(**plain["lines"]),
            families=plain["families"],
            learned_from=plain["learned_from"],
            found=plain["found"],
            taught=plain["taught"],
        )

    def to_json(self) -> str:
        """Everything in one line."""
        return json.dumps(self.plain(), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "MatchingModel":
        """What `to_json` wrote."""
        return cls.from_plain(json.loads(text))


def _shares(plain: Mapping[str, Any]) -> Shares:
    return MappingProxyType({name: tuple(shares) for name, shares in plain.items()})
