"""Who is NEET, looked at closely: for how long, after what, with which circumstances, and when anybody last heard."""

from collections import Counter
from collections.abc import Mapping

from caseload.reports.queries.cuts import of_counts
from caseload.reports.queries.material import Material, counted
from caseload.reports.queries.monthly import LAST_HEARD, by_band
from caseload.reports.rules.content import Cell, Points, Section, Share
from caseload.reports.rules.travel import HEARD, NEET_FOR, NEVER_HEARD, NOT_SAID, direction, points
from tracking.figures.queries.tallies import Key
from tracking.rules.codes import Status
from tracking.rules.rates import Counts

ONLY_NEET = "r.status = 'NEET'"
# The last thing recorded before they became NEET that says where they were, as it was known when the month was frozen.
BEFORE = """
    left join (
      select distinct on (x.person_id) x.person_id, x.code
      from tracking_activity_as_known(%(known_at)s) x join ({records}) n on n.person_id = x.person_id
      where n.is_measured and n.status = 'NEET' and x.starts_on < n.neet_since_on and x.code = any(%(told)s)
      order by x.person_id, x.starts_on desc, x.id desc
    ) b on b.person_id = r.person_id
"""
MAY_BE_TWICE = "Somebody with two circumstances stands in both lines."


def summary(made_of: Material) -> Section:
    """How many are NEET, held against the month before and the same month of the year before."""
    now = made_of.card.counts
    rows: list[tuple[Cell, ...]] = [(made_of.month.words, int(now.neet), Share(now.neet_rate), "", "")]
    for earlier in (made_of.before, made_of.year_before):
        then = earlier.counts
        number: Cell = int(then.neet) if then else NOT_SAID
        rate = then.neet_rate if then else None
        moved = Points(points(now.neet_rate, rate))
        rows.append((earlier.month.words, number, Share(rate), moved, direction(now.neet_rate, rate)))
    message = f"{now.neet:,.0f} of {now.cohort:,.0f} young people are NEET"
    columns = ("Month", "NEET", "NEET %", "Change since", "Direction")
    return Section("How many are NEET", message, columns, rows)


def lengths(made_of: Material) -> Section:
    """For how long they have been NEET."""
    found = counted(made_of, "%(day)s::date - r.neet_since_on", only=ONLY_NEET)
    return by_band("How long they have been NEET", _days(found), NEET_FOR, (NOT_SAID, "NEET for"))


def _days(found: Mapping[Key, Counts]) -> dict[int | None, int]:
    return {key if isinstance(key, int) else None: int(each.neet) for key, each in found.items()}


def activities(made_of: Material) -> Section:
    """What is recorded of them now."""
    found = counted(made_of, "r.code", only=ONLY_NEET)
    return _by_activity(made_of, "What is recorded of them", "Recorded as", found, NOT_SAID)


def before(made_of: Material) -> Section:
    """What they did before they became NEET (R127)."""
    told = [
        code
        for code, each in made_of.rules.activities.items()
        if each.status not in (Status.NEET, Status.NOT_KNOWN)
    ]
    joins = BEFORE.replace("{records}", made_of.source.records)
    found = counted(made_of, "b.code", joins, ONLY_NEET, told=told)
    return _by_activity(made_of, "What they did before", "Before", found, "Nothing recorded before")


def _by_activity(
    made_of: Material, title: str, column: str, found: Mapping[Key, Counts], without: str
) -> Section:
    sums: Counter[str] = Counter()
    for code, each in found.items():
        known = made_of.rules.activities.get(str(code))
        sums[known.plain_words if known else without] += int(each.neet)
    total = sum(sums.values())
    if not total:
        return Section(title, "Nobody is NEET")
    rows = [
        (words, people, Share(100 * people / total))
        for words, people in sorted(sums.items(), key=lambda each: (-each[1], each[0]))
    ]
    return Section(title, f"{rows[0][0]}: {rows[0][1]:,} of {total:,}", (column, "NEET", "Share"), rows)


def circumstances(made_of: Material) -> Section | None:
    """By circumstance: care, own children, health, justice and the others of the department's list."""
    found = counted(made_of, "k.code", "cross join lateral unnest(r.characteristics) as k (code)")
    words = {code: each.plain_words for code, each in made_of.rules.characteristics.items()}
    return of_counts("Circumstances", "Circumstance", found, words, note=MAY_BE_TWICE)


def last_heard(made_of: Material) -> Section:
    """By how long ago anybody last heard of them."""
    found = counted(made_of, "%(day)s::date - h.day", LAST_HEARD, ONLY_NEET)
    return by_band("When we last heard of them", _days(found), HEARD, (NEVER_HEARD, "Last heard of"))
