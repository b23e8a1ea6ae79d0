"""The parts that stand in more than one report: a month held against others, cut by place and by who they are."""

from collections.abc import Callable, Mapping, Sequence

from caseload.reports.queries.material import Material, counted
from caseload.reports.rules.content import Cell, Points, Section, Share
from caseload.reports.rules.travel import direction, points
from tracking.figures.queries.scorecard import WORDS, Part
from tracking.figures.queries.tallies import Key
from tracking.rules.rates import Counts

COUNTED = ("Cohort", "NEET", "NEET %", "Not known", "Not known %", "Both", "Both %")
AGAINST = ("On month before", "On year before", "Direction")
NOTHING = "Nothing recorded"
Made = Callable[[Material], Section | None]


def cells(counts: Counts) -> tuple[Cell, ...]:
    """The columns of COUNTED."""
    return (
        int(counts.cohort), int(counts.neet), Share(counts.neet_rate), int(counts.not_known),
        Share(counts.not_known_rate), int(counts.together), Share(counts.together_rate),
    )  # fmt: skip


def by_cut(name: str, title: str, *, worst_first: bool = False) -> Made:
    """A part of a report: the month by district, school, year group, ... held against the month and the year before."""

    def made(made_of: Material) -> Section | None:
        parts = list(made_of.card.parts[name])
        if not any(part.counts.cohort for part in parts):
            return None
        if worst_first:
            parts.sort(key=lambda part: (-part.counts.together, part.words, part.slug))
        return Section(
            title,
            _message(parts),
            (WORDS[name], *COUNTED, *AGAINST),
            [_row(made_of, name, part) for part in parts if part.counts.cohort],
        )

    return made


def _row(made_of: Material, name: str, part: Part) -> Sequence[Cell]:
    before = made_of.before.parts.get(name, {}).get(part.slug, Counts())
    last_year = made_of.year_before.parts.get(name, {}).get(part.slug, Counts())
    rate = part.counts.together_rate
    return (
        part.words,
        *cells(part.counts),
        Points(points(rate, before.together_rate)),
        Points(points(rate, last_year.together_rate)),
        direction(rate, last_year.together_rate),
    )


def _most(parts: Sequence[Part]) -> str:
    """The part with most of those who are NEET or not known, in words; parts may overlap, so no whole is named."""
    told = [part for part in parts if part.counts.together]
    if not told:
        return "Nobody here is NEET or not known"
    most = max(told, key=lambda part: (part.counts.together, part.words))
    return (
        f"{most.words}: {most.counts.together:,.0f} are NEET or not known ({most.counts.together_rate:.1f}%)"
    )


def _message(parts: Sequence[Part]) -> str:
    """The part with most of those who are NEET or not known, of all of them, in words."""
    told = [part for part in parts if part.counts.together]
    if not told:
        return "Nobody here is NEET or not known"
    most = max(told, key=lambda part: (part.counts.together, part.words))
    total = sum(part.counts.together for part in parts)
    number = f"{most.counts.together:,.0f} of {total:,.0f}"
    return (
        f"{most.words}: {number} who are NEET or not known ({most.counts.together_rate:.1f}% of their cohort)"
    )


def ethnicity(made_of: Material) -> Section | None:
    """By ethnic group as recorded; the codes in the order of the department's list."""
    found = counted(made_of, "r.ethnicity")
    words = {code: each.plain_words for code, each in made_of.rules.ethnicities.items()}
    return of_counts(
        "Ethnic group", "Ethnic group", {key: found[key] for key in _listed(found, words)}, words
    )


def _listed(found: Mapping[Key, Counts], words: Mapping[str, str]) -> Sequence[Key]:
    known = [code for code in words if code in found]
    return [*known, *(key for key in found if key not in words)]


def of_counts(
    title: str, column: str, found: Mapping[Key, Counts], words: Mapping[str, str], *, note: str = ""
) -> Section | None:
    """A part from counts by key."""
    parts = [Part(str(key), words.get(str(key)) or NOTHING, counts) for key, counts in found.items()]
    parts = [part for part in parts if part.counts.cohort]
    if not parts:
        return None
    rows = [(part.words, *cells(part.counts)) for part in parts]
    return Section(title, _most(parts), (column, *COUNTED), rows, note=note)
