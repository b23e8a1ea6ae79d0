"""How well people are told apart in one council, from what is kept of its returns, decisions and merges."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from returns.intake.models import Intake, IntakeRow
from returns.intake.queries.statements import statement
from returns.intake.rules.how_well import KINDS, Told
from tracking.merging.models import Duplicate, DuplicateSearch, Merge
from tracking.merging.queries.pairs import LIKELY, POSSIBLE, VERY_LIKELY
from tracking.rules.matching.explaining import weight_of
from tracking.rules.matching.levels import FIELDS, HOME
from tracking.rules.matching.model import MatchingModel

Found = IntakeRow.Found
UNSEEN = [Found.EXACT, Found.LINKED]
LOOKED_FOR = [*UNSEEN, Found.NEW, Found.DOUBTFUL, Found.CHOSEN]
# From how sure on a pair counts as what the list of pairs calls it.
BANDS = (("Very likely", VERY_LIKELY), ("Likely", LIKELY), ("Possible", POSSIBLE), ("Unlikely", 0.0))


@dataclass(frozen=True, slots=True)
class Month:
    """Returns that went into the register in one month, row by row."""

    month: date
    told: Told


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs of the register that somebody decided, by how likely they had been said to be one person."""

    words: str
    same: int
    two: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What a field speaks for (above nought) or against (below) where it agrees in full and where it does not agree,
    as powers of two."""

    words: str
    agrees: float
    differs: float


@dataclass(frozen=True, slots=True)
class InForce:
    """What is believed now, since when, what it was learned from, and whether links are made by it unseen."""

    model: MatchingModel
    at: datetime
    weights: tuple[Weight, ...]
    links: bool

    @property
    def wrong_at_most(self) -> float:
        """The share of links made unseen that may be expected to be wrong, of 100."""
        return 100 * self.model.lines.wrong_at_most


def months(authority_id: int) -> list[Month]:
    """By month, the newest first. One statement, however many rows."""
    asked: dict[str, Any] = {
        "authority": authority_id,
        "applied": list(Intake.APPLIED),
        "unseen": UNSEEN,
        "looked_for": LOOKED_FOR,
        "zone": settings.TIME_ZONE,
    }
    counts: dict[date, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statement("how_well"), asked)
        for month, kind, number, wrong in cursor.fetchall():
            counts[month][kind] = number
            if kind in ("exact", "linked", "new"):
                counts[month][f"{kind}_wrong"] = wrong
    assert all(name.removesuffix("_wrong") in KINDS for each in counts.values() for name in each)
    return [Month(month, Told(**each)) for month, each in counts.items()]


def bands(authority_id: int) -> list[Band]:
    """Pairs of the register by how likely they were said to be. One statement."""
    above, asked = None, {}
    for place, (_, begins) in enumerate(BANDS):
        here = Q(sure__gte=begins) & (Q() if above is None else Q(sure__lt=above))
        asked[f"same_{place}"] = Count("pk", filter=here & Q(state=Duplicate.State.MERGED))
        asked[f"two_{place}"] = Count("pk", filter=here & Q(state=Duplicate.State.NOT_THE_SAME))
        above = begins
    found = Duplicate.objects.filter(authority=authority_id).aggregate(**asked)
    return [
        Band(words, found[f"same_{place}"], found[f"two_{place}"]) for place, (words, _) in enumerate(BANDS)
    ]


def taken_apart(authority_id: int) -> int:
    """How many records that officers put together were taken apart again."""
    return Merge.objects.filter(authority=authority_id, taken_apart_at__isnull=False).count()


def for_returns(authority_id: int) -> InForce | None:
    """What the last return was weighed with; None where none was yet."""
    rows = Intake.objects.filter(authority=authority_id, matcher__isnull=False).exclude(matcher={})
    found = rows.order_by("-begun_at", "-pk").values_list("matcher", "begun_at").first()
    return _in_force(found, links=True)


def for_the_register(authority_id: int) -> InForce | None:
    """What the register was last searched with."""
    rows = DuplicateSearch.objects.filter(authority=authority_id, is_whole=True)
    return _in_force(rows.values_list("matcher", "ran_at").first(), links=False)


def _in_force(row: Sequence | None, *, links: bool) -> InForce | None:
    if not row or not row[0]:
        return None
    model = MatchingModel.from_plain(row[0])
    return InForce(model, row[1], tuple(_weights(model)), links)


def _weights(model: MatchingModel) -> list[Weight]:
    found = []
    for field in FIELDS:
        names = [level.name for level in field.levels]
        best, worst = ("home_11", "home_33") if field is HOME else ("same", names[-1])
        agrees, differs = (weight_of(field.name, names.index(name), model) for name in (best, worst))
        found.append(Weight(field.label, agrees, differs))
    return found
