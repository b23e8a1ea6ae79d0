"""What young people who are NEET seek and what keeps them from it, as it was known when the month was frozen."""

from collections import Counter
from collections.abc import Mapping

from caseload.reports.queries.material import Material, counted
from caseload.reports.rules.content import Section, Share
from tracking.figures.queries.tallies import Key
from tracking.register.queries.seeking import barrier_words, level_words, sector_words
from tracking.rules.rates import Counts

ONLY_NEET = "r.status = 'NEET'"
SAID = "left join tracking_seeking_as_known(%(known_at)s) s on s.person_id = r.person_id"
NOT_ASKED = "Not written down"
SEVERAL = "Whoever named two stands in both lines, so the shares add up to more than 100%."


def neet_of(found: Mapping[Key, Counts]) -> Counter[str]:
    """How many are NEET by key; an empty text is what was not said."""
    sums: Counter[str] = Counter()
    for key, each in found.items():
        sums[str(key or "")] += int(each.neet)
    return sums


def sought(made_of: Material) -> Section:
    """By what they are looking for (R82, R124)."""
    found = neet_of(counted(made_of, "s.sector", SAID, ONLY_NEET))
    words = {code: sector_words(code, made_of.rules) for code in found}
    return _table("What they are looking for", "Looking for", found, words)


def levels(made_of: Material) -> Section:
    """By the level at which they seek it."""
    found = neet_of(counted(made_of, "s.level", SAID, ONLY_NEET))
    words = {code: level_words(code, made_of.rules) for code in found}
    return _table("At which level", "Level", found, words)


def barriers(made_of: Material) -> Section:
    """By what keeps them from it; somebody may name several."""
    joins = f"{SAID} left join lateral unnest(s.barriers) as k (code) on true"
    found = neet_of(counted(made_of, "k.code", joins, ONLY_NEET))
    words = {code: barrier_words(code, made_of.rules) for code in found}
    return _table("What keeps them from it", "Barrier", found, words, int(made_of.card.counts.neet), SEVERAL)


def recorded(made_of: Material) -> Section:
    """Of how many NEET it is written down what they seek, what keeps them from it, and what was agreed (R129)."""
    asked = (
        ("What they are looking for", "s.sector <> ''"),
        ("At which level", "s.level <> ''"),
        ("What keeps them from it", "cardinality(s.barriers) > 0"),
        ("What was agreed last", "s.agreed <> ''"),
        (
            "All of these",
            "s.sector <> '' and s.level <> '' and cardinality(s.barriers) > 0 and s.agreed <> ''",
        ),
    )
    total, rows = int(made_of.card.counts.neet), []
    key = " || ".join(f"coalesce(({said})::int, 0)::text" for _, said in asked)
    found = neet_of(counted(made_of, key, SAID, ONLY_NEET))
    for place, (words, _) in enumerate(asked):
        people = sum(number for marks, number in found.items() if marks[place] == "1")
        rows.append((words, people, Share(100 * people / total if total else None)))
    title = "What is written down of their wishes"
    if not total:
        return Section(title, "Nobody is NEET")
    message = f"Of {rows[0][1]:,} of {total:,} it is written down what they are looking for"
    return Section(title, message, ("Written down", "NEET", "Share"), rows)


def _table(
    title: str, column: str, found: Counter[str], words: Mapping[str, str], total: int = 0, note: str = ""
) -> Section:
    """The most frequent first, what was not said last."""
    whole = total or sum(found.values())
    if not whole:
        return Section(title, "Nobody is NEET")
    ordered = sorted(found.items(), key=lambda each: (not each[0], -each[1], words[each[0]]))
    rows = [(words[code] or NOT_ASKED, people, Share(100 * people / whole)) for code, people in ordered]
    told = [row for row in rows if row[0] != NOT_ASKED]
    message = f"{told[0][0]}: {told[0][1]:,} of {whole:,}" if told else "It is written down of nobody"
    return Section(title, message, (column, "NEET", "Share"), rows, note=note)
