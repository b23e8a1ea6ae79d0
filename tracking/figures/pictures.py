"""The scorecard in a sentence and a picture, both made from the figures."""

from collections.abc import Mapping, Sequence

from neet.ui.charts import Bar, Figure, Series, lines
from neet.ui.flows import flows
from tracking.figures.queries.scorecard import Scorecard
from tracking.rules.rates import FROM, TO, Counts, Flow

NO_FIGURE = "no figure"
# On 31 August everybody's place at a school or college lapses: September would press all other months to the floor.
NOT_DRAWN = 9


def message(card: Scorecard) -> str:
    """What the figures say, against the year before where there is one."""
    rate = card.counts.together_rate
    if rate is None:
        return f"Nobody is counted in {card.month.words}"
    said = f"{rate:.1f}% are NEET or not known"
    before = card.year_before.together_rate if card.year_before else None
    if before is None:
        return said
    then = card.month.words.replace(str(card.month.ends_on.year), str(card.month.ends_on.year - 1))
    if round(rate, 1) == round(before, 1):
        return f"{said}, as in {then}"
    return f"{said}, {'fewer' if rate < before else 'more'} than in {then} ({before:.1f}%)"


def by_month(card: Scorecard, csv_url: str) -> Figure | None:
    """The rates month by month; None while there is one month only."""
    if len(card.series) < 2:
        return None
    labels = [f"{month.ends_on:%b %y}" for month in card.series]
    shown = [
        counts if month.ends_on.month != NOT_DRAWN else Counts() for month, counts in card.series.items()
    ]
    series = [
        Series("Both together", [each.together_rate for each in shown]),
        Series("NEET", [each.neet_rate for each in shown]),
        Series("Not known", [each.not_known_rate for each in shown]),
    ]
    first, last = next(iter(card.series)).words, card.month.words
    subtitle = (
        f"Young people of academic age 16 and 17 who are NEET or not known, per cent, {first} to {last}"
    )
    drawing = lines(labels, series, title=subtitle, description=message(card), unit="%")
    return Figure(
        message=message(card),
        subtitle=subtitle,
        drawing=drawing,
        columns=("Month", "Cohort", "NEET", "NEET %", "Not known", "Not known %", "Together", "Together %"),
        rows=[(month.words, *_row(each)) for month, each in card.series.items()],
        csv_url=csv_url,
        source=_source(card),
    )


def came_and_went(card: Scorecard) -> Figure | None:
    """Who became NEET to the right, who is no longer to the left, between the numbers of two months (R102, R103); None
    where the month before was not frozen, or nothing moved."""
    flow = card.flow
    if flow is None or not (flow.joined or flow.left):
        return None
    came = [Bar(FROM[how], people) for how, people in most_first(flow.joined)]
    went = [Bar(TO[how], people) for how, people in most_first(flow.left)]
    first, last = card.month.before.words, card.month.words
    before, after = Bar(f"NEET in {first}", flow.before), Bar(f"NEET in {last}", flow.after)
    title, said = f"Who became NEET and who is no longer, {first} to {last}", flowed(flow)
    return Figure(said, title, flows(before, came, went, after, title=title, description=said), (), ())


def flowed(flow: Flow) -> str:
    """Joiners and leavers in a sentence."""
    verb = "is" if flow.other_exits == 1 else "are"
    return (
        f"{flow.joiners:,} became NEET; {flow.leavers:,} went into education, employment or training and"
        f" {flow.other_exits:,} {verb} no longer counted as NEET for another reason"
    )


def most_first(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Ways with anybody in them, the most frequent first."""
    return sorted(
        ((how, people) for how, people in counted.items() if people), key=lambda each: (-each[1], each[0])
    )


def _row(counts: Counts) -> Sequence[object]:
    return (
        f"{counts.cohort:,.0f}", f"{counts.neet:,.0f}", _percent(counts.neet_rate), f"{counts.not_known:,.0f}",
        _percent(counts.not_known_rate), f"{counts.together:,.0f}", _percent(counts.together_rate),
    )  # fmt: skip


def _percent(value: float | None) -> str:
    return NO_FIGURE if value is None else f"{value:.1f}%"


def _source(card: Scorecard) -> str:
    what = (
        "Months as they were frozen for the DfE; those in custody are left out. September, when everybody is confirmed"
        " anew, stands in the table and not in the picture."
    )
    return f"{what} {card.month.words} is the register as it stands now." if card.is_live else what
