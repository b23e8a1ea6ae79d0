"""A scorecard as a table and as plain data: what the CSV, the sheet, the command and the API give."""

from collections.abc import Iterator
from typing import Any

from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import WORDS, Scorecard
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import FROM, TO, Counts, Flow

HEADINGS = (
    "month", "state", "cut", "part", "cohort", "neet", "neet_percent", "not_known", "not_known_percent",
    "neet_or_not_known", "neet_or_not_known_percent", "not_known_because_unconfirmed",
    "in_education_and_training", "in_education_and_training_percent", "in_custody",
    "owed_an_offer", "offered", "offered_percent",
)  # fmt: skip
WAY_HEADINGS = ("month", "what", "from_where_or_where_to", "young_people")
FLOW_HEADINGS = ("month", "neet_before", "joined", "left_to_eet", "other_exits", "neet_after", "adds_up")


def rows(card: Scorecard) -> Iterator[tuple[Any, ...]]:
    """The month's whole, its parts, the months before it and the yearly figures, one line each."""
    state = states(card)
    month = card.month.slug
    yield (month, state[card.month], "everybody", "", *_cells(card.counts))
    for name, parts in card.parts.items():
        for part in parts:
            yield (month, state[card.month], WORDS[name], part.words, *_cells(part.counts))
    for each, counts in card.series.items():
        if each != card.month:
            yield (each.slug, state[each], "everybody", "", *_cells(counts))
    for yearly in card.yearly:
        months = " ".join(each.slug for each in yearly.counted)
        whole = "average" if yearly.is_whole else "average so far"
        yield (
            months,
            whole,
            "everybody",
            f"{yearly.months.plain_words}, {yearly.year}",
            *_cells(yearly.counts),
        )


def states(card: Scorecard) -> dict[ReportingMonth, str]:
    """What the figures of each month are."""
    known = {ReportingMonth(each.month): each for each in card.freezes}
    return {month: _state(known.get(month)) for month in card.series}


def _state(freeze: Freeze | None) -> str:
    if freeze is None:
        return "as the register stands"
    return "as known when it ended" if freeze.by_timer else "frozen"


def flow_rows(card: Scorecard) -> Iterator[tuple[Any, ...]]:
    """Joiners and leavers, month by month."""
    for month, flow in card.flows.items():
        yield (
            month.slug, flow.before, flow.joiners, flow.leavers, flow.other_exits, flow.after,
            "yes" if flow.adds_up else "no",
        )  # fmt: skip


def way_rows(card: Scorecard) -> Iterator[tuple[Any, ...]]:
    """Who came and who went in the month by where from and where to, between the two numbers they lead from and to."""
    if (flow := card.flow) is None:
        return
    yield (card.month.before.slug, "NEET", "", flow.before)
    for what, ways, words in (("became NEET", flow.joined, FROM), ("no longer NEET", flow.left, TO)):
        for how, people in ways.items():
            yield (card.month.slug, what, words[how], people)
    yield (card.month.slug, "NEET", "", flow.after)


def plain(card: Scorecard) -> dict[str, Any]:
    """The same as data, with names as they are in the rows."""
    return {
        "month": card.month.slug,
        "is_frozen": card.freeze is not None and not card.freeze.by_timer,
        "frozen_at": card.freeze.frozen_at if card.freeze else None,
        "figures": figures(card.counts),
        "parts": [
            {
                "cut": name,
                "words": WORDS[name],
                "parts": [
                    {"key": part.slug, "words": part.words, "figures": figures(part.counts)} for part in parts
                ],
            }
            for name, parts in card.parts.items()
        ],
        "months": [
            {"month": month.slug, "figures": figures(counts)} for month, counts in card.series.items()
        ],
        "yearly": [
            {
                "name": each.months.code,
                "words": each.months.plain_words,
                "year": each.year,
                "measure": str(each.months.measure),
                "months": [month.slug for month in each.counted],
                "is_whole": each.is_whole,
                "figures": figures(each.counts),
            }
            for each in card.yearly
        ],
        "joiners_and_leavers": [{"month": month.slug, **flow_of(flow)} for month, flow in card.flows.items()],
    }


def figures(counts: Counts) -> dict[str, Any]:
    """One set of figures by name."""
    return dict(zip(HEADINGS[4:], _cells(counts), strict=True))


def flow_of(flow: Flow) -> dict[str, Any]:
    """How the NEET of one month became those of the next."""
    return {
        "neet_before": flow.before,
        "joined": dict(flow.joined),
        "left": dict(flow.left),
        "joiners": flow.joiners,
        "leavers": flow.leavers,
        "other_exits": flow.other_exits,
        "neet_after": flow.after,
        "adds_up": flow.adds_up,
    }


def _cells(counts: Counts) -> tuple[Any, ...]:
    """Counts whole where they are, shares with two places."""
    return (
        _number(counts.cohort), _number(counts.neet), _share(counts.neet_rate),
        _number(counts.not_known), _share(counts.not_known_rate),
        _number(counts.together), _share(counts.together_rate), _number(counts.lapsed),
        _number(counts.participating), _share(counts.participation_rate), _number(counts.people - counts.cohort),
        _number(counts.owed), _number(counts.offered), _share(counts.guarantee_rate),
    )  # fmt: skip


def _number(value: float) -> float:
    return int(value) if value == int(value) else round(value, 2)


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
