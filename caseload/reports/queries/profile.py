"""What is asked of the NEET and the not known beside their number: at risk before, tried since, ending next."""

from collections import Counter
from datetime import timedelta

from django.db import connection

from caseload.prevention.models import AtRisk
from caseload.reports.queries.material import Material, counted
from caseload.reports.rules.content import Section, Share
from tracking.figures.queries.scorecard import standing_freezes

TITLE_AT_RISK = "Those told of as at risk, and what became of them"
TWO_YEARS, WITHIN = timedelta(days=730), 60
# Who was told of by whom in the two years before the day; whether they were NEET in a later frozen month until then.
FORETOLD = """
    select e.said_by, count(distinct e.person_id), count(distinct e.person_id) filter (where exists (
        select from tracking_monthrecord m
        where m.freeze_id = any(%(frozen)s) and m.month = any(%(ends)s) and m.person_id = e.person_id
          and m.month >= e.starts_on and m.is_measured and m.status = 'NEET')),
      count(distinct e.person_id) filter (where e.ends_on is null or e.ends_on > %(day)s)
    from caseload_atrisk e join ({records}) r on r.person_id = e.person_id
    where e.starts_on between %(since)s and %(day)s and {here} group by 1
"""
TRIED = """
    left join (
      select a.person_id, count(*) as times from caseload_attempt a
      where a.recorded_at <= %(known_at)s and a.tried_at > %(day)s::date - 91 group by a.person_id
    ) t on t.person_id = r.person_id
"""
ENDS = """
    join tracking_activity_as_known(%(known_at)s) a on a.person_id = r.person_id and a.code = r.code and a.is_primary
      and a.starts_on <= %(day)s and (a.ends_on is null or a.ends_on >= %(day)s)
      and a.predicted_end_on > %(day)s and a.predicted_end_on <= %(day)s::date + {within}
"""


def at_risk(made_of: Material) -> Section | None:
    """By who told us: how many in two years, how many of them were NEET later, how many are still listed (R119)."""
    freezes = [each for each in standing_freezes(made_of.authority.pk) if each.month <= made_of.day]
    asked = {
        **made_of.source.parameters, "day": made_of.day, "since": made_of.day - TWO_YEARS,
        "frozen": [each.pk for each in freezes], "ends": [each.month for each in freezes],
    }  # fmt: skip
    here = made_of.chosen.condition("r", asked)
    with connection.cursor() as cursor:
        cursor.execute(FORETOLD.format(records=made_of.source.records, here=here), asked)
        found = {said: counts for said, *counts in cursor.fetchall()}
    rows = [
        (words, told, later, Share(100 * later / told), still)
        for said, words in AtRisk.SaidBy.choices
        if said in found
        for told, later, still in [found[said]]
    ]
    if not rows:
        return None
    told, later = sum(row[1] for row in rows), sum(row[2] for row in rows)
    message = f"{later:,} of {told:,} told of in the last two years were NEET in a month after"
    columns = ("Told of by", "Young people", "NEET later", "Share", "Still listed")
    note = "Whoever was told of by two stands in both lines."
    return Section(TITLE_AT_RISK, message, columns, rows, note=note)


def tried(made_of: Material) -> Section:
    """How often the not known were tried in three months (R117)."""
    found = counted(made_of, "least(coalesce(t.times, 0), 4)", TRIED, "r.status = 'NOT_KNOWN'")
    sums: Counter[int] = Counter()
    for times, each in found.items():
        sums[int(times or 0)] += int(each.not_known)
    title, total = "How often the not known were tried in the last three months", sums.total()
    if not total:
        return Section(title, "Nobody is not known")
    words = ("Not once", "Once", "Twice", "Three times", "Four times or more")
    rows = [(words[times], sums[times], Share(100 * sums[times] / total)) for times in range(5)]
    message = f"{sums[0]:,} of {total:,} were not tried at all"
    return Section(title, message, ("Tried", "Not known", "Share"), rows)


def endings(made_of: Material) -> Section | None:
    """What ends within sixty days of the month's day by what is expected, by activity (R120)."""
    found = counted(made_of, "r.code", ENDS.format(within=WITHIN), "r.status = 'EET'")
    activities = made_of.rules.activities
    lines = sorted(
        ((activities[str(code)].plain_words if str(code) in activities else str(code), int(each.cohort))
         for code, each in found.items()),
        key=lambda line: (-line[1], line[0]),
    )  # fmt: skip
    if not lines:
        return None
    message = f"{sum(people for _, people in lines):,} come to the end of what they do within {WITHIN} days"
    return Section(f"What ends in the next {WITHIN} days", message, ("Activity", "Young people"), lines)
