"""What a cut lacks to its targets: of the whole council, or of one district that is narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from schools.models import Authority, District
from tracking.figures.queries.ahead import PARTICIPATION, RATES
from tracking.figures.queries.scorecard import Scorecard
from tracking.figures.queries.tallies import Chosen
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year
from tracking.rules.forecast import run_rate
from tracking.rules.targets import Whose


@dataclass(frozen=True)
class Aim:
    """One rate beside its target, in per cent, and how many young people would have to count otherwise."""

    words: str
    now: float
    target: float
    lacks: int


def aims(card: Scorecard) -> Sequence[Aim]:
    """The targets of the month's academic year (R89); none where the cut is not the council or one of its districts.
    Two statements at most."""
    whose = _whose(card)
    if whose is None:
        return ()
    rules, found = ruleset(card.month.ends_on), []
    for _, words, figure, of, aimed in RATES:
        now, target = of(card.counts), rules.target(aimed, whose)
        if now is not None and target is not None:
            worse, better = (target, now) if figure == PARTICIPATION else (now, target)
            found.append(Aim(words, now, target, run_rate(worse, better, card.counts.cohort, 1)))
    return found


def _whose(card: Scorecard) -> Whose | None:
    code = Authority.objects.values_list("code", flat=True).get(pk=card.authority_id)
    year = academic_year(card.month.ends_on)
    if card.chosen == Chosen():
        return Whose(code, year)
    narrowed = card.chosen.keys
    if set(narrowed) == {"district"} and isinstance(narrowed["district"], int) and card.chosen.rule is None:
        district = District.objects.filter(pk=narrowed["district"]).values_list("name", flat=True).first()
        return Whose(code, year, district or "")
    return None
