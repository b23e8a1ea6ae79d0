"""The monthly NEET report: where the council stands, which way it goes, who came and who went."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from caseload.reports.queries.cuts import COUNTED, cells
from caseload.reports.queries.material import Material, counted, months_by
from caseload.reports.rules.content import Cell, Points, Section, Share
from caseload.reports.rules.travel import HEARD, NEVER_HEARD, Band, band_of, direction, points
from neet.ui.charts import Figure, Series, lines, multiples
from schools.models import District
from tracking.figures.pictures import NOT_DRAWN, came_and_went, flowed, most_first
from tracking.figures.queries.ahead import RATES
from tracking.rules.academic_year import academic_year
from tracking.rules.forecast import run_rate
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import FROM, TO, Counts, month_ends
from tracking.rules.targets import Aimed, Whose

MONTHS = 13
MOST_SMALL_CHARTS = 24
Rate = Callable[[Counts], float | None]
MEASURES: tuple[tuple[str, Rate, bool], ...] = (
    ("NEET", lambda counts: counts.neet_rate, False),
    ("Not known", lambda counts: counts.not_known_rate, False),
    ("NEET or not known", lambda counts: counts.together_rate, False),
    ("In education and training", lambda counts: counts.participation_rate, True),
)


def summary(made_of: Material) -> Section:
    """The four shares now, a month before and a year before."""
    now, before, then = made_of.card.counts, made_of.before, made_of.year_before
    rows = [
        _measured(words, of, now, (before.counts, then.counts), up_is_better)
        for words, of, up_is_better in MEASURES
    ]
    columns = (
        "Share of the cohort", "Young people", made_of.month.words, before.month.words, "Change", then.month.words,
        "Change", "Direction on the year",
    )  # fmt: skip
    return Section("Where we stand", _stands(made_of), columns, rows)


def _measured(
    words: str, of: Rate, now: Counts, earlier: tuple[Counts | None, Counts | None], up_is_better: bool
) -> tuple[Cell, ...]:
    before, then = (of(each) if each else None for each in earlier)
    number = {"NEET": now.neet, "Not known": now.not_known, "NEET or not known": now.together}
    return (
        words, int(number.get(words, now.participating)), Share(of(now)),
        Share(before), Points(points(of(now), before)), Share(then), Points(points(of(now), then)),
        direction(of(now), then, up_is_better=up_is_better),
    )  # fmt: skip


def _stands(made_of: Material) -> str:
    counts = made_of.card.counts
    if counts.together_rate is None:
        return f"Nobody is counted in {made_of.month.words}"
    return (
        f"{counts.neet:,.0f} are NEET and {counts.not_known:,.0f} not known of {counts.cohort:,.0f} young people:"
        f" {counts.together_rate:.1f}% together"
    )


def trend(made_of: Material) -> Section | None:
    """The last thirteen months; September, when everybody is confirmed anew, in the table only."""
    series = dict(list(made_of.card.series.items())[-MONTHS:])
    if len(series) < 2:
        return None
    rows = [(month.words, *cells(counts)) for month, counts in series.items()]
    first, last = next(iter(series)), made_of.month
    message = _moved(series[first], series[last], first)
    return Section("Month by month", message, ("Month", *COUNTED), rows, _lines(series, message))


def _moved(first: Counts, last: Counts, since: ReportingMonth) -> str:
    moved = points(last.together_rate, first.together_rate)
    if moved is None:
        return f"There is nothing to hold {since.words} against"
    if round(moved, 1) == 0:
        return f"The share who are NEET or not known is the same as in {since.words}"
    way = "rose" if moved > 0 else "fell"
    return (
        f"Since {since.words} the share who are NEET or not known {way} by {abs(moved):.1f} percentage points"
    )


def _lines(series: Mapping[ReportingMonth, Counts], message: str) -> Figure:
    shown = {
        month: counts if month.ends_on.month != NOT_DRAWN else Counts() for month, counts in series.items()
    }
    drawn = [
        Series("Both together", [each.together_rate for each in shown.values()]),
        Series("NEET", [each.neet_rate for each in shown.values()]),
        Series("Not known", [each.not_known_rate for each in shown.values()]),
    ]
    title = "Young people who are NEET or not known, per cent of the cohort"
    labels = [f"{month.ends_on:%b %y}" for month in series]
    return Figure(message, title, lines(labels, drawn, title=title, description=message, unit="%"), (), ())


def districts_over_time(made_of: Material) -> Section | None:
    """Each district's share over the months, all on one scale."""
    freezes = sorted(made_of.card.freezes, key=lambda each: each.month)[-MONTHS:]
    months = [each.month for each in freezes if each.month.month != NOT_DRAWN]
    if made_of.whom.district or len(months) < 2:
        return None
    found = months_by(made_of, "district_id", freezes)
    names = dict(District.objects.filter(pk__in=found).order_by("name", "pk").values_list("pk", "name"))
    if not 2 <= len(names) <= MOST_SMALL_CHARTS:
        return None
    drawn = [
        Series(name, [found[pk].get(month, Counts()).together_rate for month in months])
        for pk, name in names.items()
    ]
    columns = ("District", *(f"{month:%b %y}" for month in months))
    rows: list[tuple[Cell, ...]] = [(each.name, *(Share(value) for value in each.values)) for each in drawn]
    message = _spread(drawn, months[-1])
    title = "NEET or not known in each district, per cent of its cohort"
    drawing = multiples(
        [f"{month:%b %y}" for month in months], drawn, title=title, description=message, unit="%"
    )
    return Section("Districts over time", message, columns, rows, Figure(message, title, drawing, (), ()))


def _spread(drawn: list[Series], last: date) -> str:
    ends = [(each.values[-1], each.name) for each in drawn if each.values[-1] is not None]
    if not ends:
        return "No district has a figure yet"
    (least, best), (most, worst) = min(ends), max(ends)
    return f"In {last:%B %Y} from {least:.1f}% in {best} to {most:.1f}% in {worst}"


def joiners_and_leavers(made_of: Material) -> Section:
    """From where they became NEET, and where they went; the numbers explain the change (R102, R103, R127)."""
    flow, title = made_of.card.flow, "Who became NEET and who left"
    if flow is None:
        return Section(
            title, f"{made_of.before.month.words} was not frozen, so nobody can say who joined and who left"
        )
    came, went = most_first(flow.joined), most_first(flow.left)
    rows: list[tuple[Cell, ...]] = [
        (f"NEET in {made_of.before.month.words}", "", flow.before),
        *(("Became NEET", FROM[how], people) for how, people in came),
        *(("No longer NEET", TO[how], people) for how, people in went),
        (f"NEET in {made_of.month.words}", "", flow.after),
    ]
    note = (
        "" if flow.adds_up else "These figures do not add up. Do not use them; tell whoever runs this system."
    )
    message = flowed(flow)
    columns = ("What happened", "From where, or where to", "Young people")
    return Section(title, message, columns, rows, came_and_went(made_of.card), note)


def in_and_out(made_of: Material) -> Section:
    """The same without its chart, for a report that is one page."""
    return replace(joiners_and_leavers(made_of), figure=None)


# The last day anybody vouched for them or they were reached, as it was known when the month was frozen.
LAST_HEARD = """
    left join lateral (
      select greatest(
        (select max(c.verified_on) from tracking_confirmation c join tracking_activity a on a.id = c.activity_id
          where a.person_id = r.person_id and c.voids_id is null and c.verified_on <= %(day)s
            and c.recorded_at <= %(known_at)s
            and not exists (
              select from tracking_confirmation v where v.voids_id = c.id and v.recorded_at <= %(known_at)s)),
        (select max((t.tried_at at time zone 'Europe/London')::date) from caseload_attempt t
          where t.person_id = r.person_id and t.reached and t.recorded_at <= %(known_at)s
            and (t.tried_at at time zone 'Europe/London')::date <= %(day)s)
      ) as day
    ) h on true
"""


def not_known_by_contact(made_of: Material) -> Section:
    """Not known, by how long ago anybody last heard of them."""
    found = counted(made_of, "%(day)s::date - h.day", LAST_HEARD, "r.status = 'NOT_KNOWN'")
    days = {key if isinstance(key, int) else None: int(each.not_known) for key, each in found.items()}
    return by_band("Not known, by when we last heard", days, HEARD, (NEVER_HEARD, "Last heard of"))


def by_band(
    title: str, days: Mapping[int | None, int], bands: tuple[Band, ...], words: tuple[str, str]
) -> Section:
    """Young people by numbers of days, put into bands; `words` are for those without a day, and the column's."""
    without, column = words
    sums = {**{band.words: 0 for band in bands}, without: 0}
    for past, people in days.items():
        sums[band_of(past, bands, without)] += people
    total = sum(sums.values())
    rows = [(band, people, Share(100 * people / total if total else None)) for band, people in sums.items()]
    if not total:
        return Section(title, "Nobody")
    most = max(sums, key=lambda band: sums[band])
    message = f"{most}: {sums[most]:,} of {total:,}"
    return Section(title, message, (column, "Young people", "Share"), rows)


def guarantee(made_of: Material) -> Section | None:
    """The September Guarantee by district, in the months that report it."""
    whole = made_of.card.counts
    if not whole.owed:
        return None
    parts = [part for part in made_of.card.parts["district"] if part.counts.owed]
    rows = [(part.words, *_owed(part.counts)) for part in parts]
    rows.append(("Everybody", *_owed(whole)))
    message = f"{whole.offered:,.0f} of {whole.owed:,.0f} have an offer ({whole.guarantee_rate:.1f}%)"
    return Section(
        "September Guarantee",
        message,
        ("District", "Owed an offer", "With an offer", "Without", "Share"),
        rows,
    )


def _owed(counts: Counts) -> tuple[Cell, ...]:
    return (
        int(counts.owed),
        int(counts.offered),
        int(counts.owed - counts.offered),
        Share(counts.guarantee_rate),
    )


def targets(made_of: Material) -> Section | None:
    """How many young people a week it takes to be at each target by the last month its yearly figure is made from."""
    if made_of.whom.district or made_of.whom.service or not made_of.card.counts.cohort:
        return None
    rows: list[tuple[Cell, ...]] = []
    for _, words, figure, of, aimed in RATES:
        target, a_week = run_rate_to(made_of, figure, of, aimed)
        now = of(made_of.card.counts)
        if isinstance(target, Share) and now is not None:
            last, weeks = _weeks_to(made_of, figure)
            rows.append((words, Share(now), target, last.words, weeks, a_week))
    if not rows:
        return None
    columns = ("Share", "Now", "Target", "To be reached in", "Weeks left", "Young people a week")
    return Section("What the targets ask for", _asked_for(rows), columns, rows)


def run_rate_to(made_of: Material, figure: str, of: Rate, aimed: str) -> tuple[Cell, Cell]:
    """A rate's target, and how many young people a week it takes here to be at it; words where there is none."""
    district = made_of.whom.district.name if made_of.whom.district else ""
    whose = Whose(made_of.authority.code, academic_year(made_of.day), district)
    target, now = made_of.rules.target(aimed, whose), of(made_of.card.counts)
    if target is None or now is None:
        return "No target", ""
    worse, better = (target, now) if aimed == Aimed.PARTICIPATION else (now, target)
    weeks = _weeks_to(made_of, figure)[1]
    return Share(target), run_rate(worse, better, made_of.card.counts.cohort, weeks)


def _weeks_to(made_of: Material, figure: str) -> tuple[ReportingMonth, int]:
    """The last month a yearly figure is made from, and the weeks until it is over."""
    last = month_ends(made_of.rules.figure_months[figure].months, made_of.day)[-1]
    return ReportingMonth(last), max((last - made_of.day).days // 7, 0)


def _asked_for(rows: list[tuple[Cell, ...]]) -> str:
    short = [row for row in rows if row[-1]]
    if not short:
        return "No target asks for more than is there, or its months are over"
    return "; ".join(f"{row[0]}: {row[-1]} young people a week until {row[3]}" for row in short)
