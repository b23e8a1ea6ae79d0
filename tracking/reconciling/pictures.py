"""The register beside the estimated population, month by month, in a sentence and a picture."""

from neet.ui.charts import Figure, Series, lines
from tracking.reconciling.queries.coverage import Coverage
from tracking.reconciling.rules.ages import Beside

NO_FIGURE = "no figure"


def message(beside: Beside) -> str:
    """What the register holds against what there should be."""
    if beside.difference is None:
        return f"The register holds {beside.held:,} young people of Years 12 and 13"
    if not beside.difference:
        return f"The register holds as many as are estimated: {beside.held:,}"
    word = "fewer" if beside.difference < 0 else "more"
    return (
        f"The register holds {abs(beside.difference):,} {word} than are estimated ({beside.signed_percent})"
    )


def by_month(found: Coverage) -> Figure | None:
    """Both numbers month by month; None while there is one month only, or no estimate."""
    if len(found.months) < 2 or found.together.expected is None:
        return None
    first, last = f"{found.months[0][0]:%B %Y}", f"{found.months[-1][0]:%B %Y}"
    subtitle = f"Young people of academic age 16 and 17, {first} to {last}"
    said = message(found.together)
    drawn = [
        Series("Register", [float(each.held) for _, each in found.months]),
        Series(
            "Estimate", [None if each.expected is None else float(each.expected) for _, each in found.months]
        ),
    ]
    return Figure(
        message=said,
        subtitle=subtitle,
        drawing=lines(
            [f"{month:%b %y}" for month, _ in found.months], drawn, title=subtitle, description=said
        ),
        columns=("Month", "On the register", "Estimated", "Difference", "Difference %"),
        rows=[(f"{month:%B %Y}", *_row(each)) for month, each in found.months],
        source="Months as they were frozen; the last is the register as it stands now. Estimates are those of the"
        " Office for National Statistics, turned into academic ages.",
    )


def _row(each: Beside) -> tuple[str, ...]:
    expected = NO_FIGURE if each.expected is None else f"{each.expected:,}"
    return f"{each.held:,}", expected, each.signed or NO_FIGURE, each.signed_percent or NO_FIGURE
