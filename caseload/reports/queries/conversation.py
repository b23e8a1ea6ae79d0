"""Schools and colleges side by side, for the yearly talk with each: their returns, their leavers, their worries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection

from caseload.reports.queries.material import Material
from caseload.reports.rules.content import Cell, Section, Share
from neet.ui.charts import Bar, Figure
from neet.ui.dots import dots
from neet.ui.words import many
from returns.leavers.queries.providers import Provider, Span, providers
from returns.leavers.rules.figures import Figures
from schools.models import Establishment
from tracking.figures.queries.tallies import Source, frozen
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import share

YEARS, DRAWN, FEWEST = 3, 5, 10
TOLD_OF = (
    "School or college", "Returns due", "In time", "Rows", "To mend", "Left early", "Told of", "Told of %",
)  # fmt: skip
ADDED_UP = ("on_time", "late", "missing", "rows", "mend", "left", "told")
BECAME = ("School", "Worried about", "In learning or work", "NEET", "Not known", "Not in the figures")
EVERYBODY = "All schools"
OF_THE_COUNCIL = "This report is of the whole council: schools are held against each other across districts"
SMALL = f"The sentence and the chart leave out schools with fewer than {FEWEST} young people."
AS_NOW = "As known on the day of this report: a return that comes later changes it."
# Those of Year 12 in a month, by where they were last at school as it was known when the report's month was frozen.
LEAVERS = """
    select y.establishment_id, r.status, count(*)
    from ({records}) r
    join (
      select distinct on (x.person_id) x.person_id, x.establishment_id
      from tracking_activity_as_known(%(known_at)s) x
      where x.code = any(%(school)s) and x.establishment_id is not null
      order by x.person_id, x.starts_on desc, x.id desc
    ) y on y.person_id = r.person_id
    where r.is_measured and r.status <> 'EXCLUDED' and r.academic_age = %(youngest)s
    group by 1, 2
"""
# Of whom a school said in the last two school years that it worries, and what they do now.
WORRIED = """
    select w.establishment_id, coalesce(r.status, ''), count(*)
    from (
      select distinct c.establishment_id, c.person_id from tracking_concern c
      join tracking_youngperson p on p.id = c.person_id
      where p.authority_id = %(council)s and c.raised_on between %(since)s and %(day)s
    ) w
    left join ({records}) r on r.person_id = w.person_id and r.is_measured
    group by 1, 2
"""


def told(made_of: Material) -> Section:
    """Their returns of the school year, the mistakes in them, and the leavers we were told of (R111, R121)."""
    title = "Returns and leavers"
    if _is_of_a_part(made_of):
        return Section(title, OF_THE_COUNCIL)
    span = Span(starts_on(academic_year(made_of.day)), made_of.day)
    found = [
        each for each in providers([made_of.authority.pk], span) if each.figures.asked or each.figures.left
    ]
    if not found:
        return Section(title, "Nothing was asked of any school or college this school year")
    rows = [of_provider(each) for each in found]
    whole = _together(found)
    due_of_all = whole.on_time + whole.late + whole.missing
    message = (
        f"{whole.on_time:,} of {due_of_all:,} returns came in time;"
        f" {whole.told:,} of {whole.left:,} early leavers were told of"
    )
    return Section(title, message, TOLD_OF, rows, note=AS_NOW)


def of_provider(each: Provider) -> tuple[Cell, ...]:
    """One line of what they told us."""
    return (each.name, *_of_figures(each.figures))


def of_all(found: Iterable[Provider]) -> tuple[Cell, ...]:
    """The same of all of them together."""
    return (EVERYBODY, *_of_figures(_together(found)))


def _of_figures(at: Figures) -> tuple[Cell, ...]:
    due_of_them = at.on_time + at.late + at.missing
    returns = (due_of_them, _share(at.punctual), at.rows, _share(at.error_rate))
    return (*returns, at.left, at.told, _share(at.notified))


def _together(found: Iterable[Provider]) -> Figures:
    """Their figures added up; days from leaving to telling are no sum."""
    sums: Counter[str] = Counter()
    for each in found:
        sums.update({name: getattr(each.figures, name) for name in ADDED_UP})
    return Figures(**{name: sums[name] for name in ADDED_UP})


def due(each: Provider) -> int:
    """How many returns were due of it."""
    return each.figures.on_time + each.figures.late + each.figures.missing


def _share(value: Fraction | None) -> Share:
    return Share(None if value is None else float(100 * value))


def leavers(made_of: Material) -> Section | None:
    """What those who left Year 11 do in Year 12, by school, in the same month of three years (R93, R111)."""
    if _is_of_a_part(made_of):
        return None
    years = years_of_leavers(made_of)
    latest = years[0][1]
    if not latest:
        return Section("Where Year 11 went", "Nobody of Year 12 has a school of Year 11 on record")
    names = dict(Establishment.objects.filter(pk__in=latest).values_list("pk", "name"))
    order = sorted(latest, key=lambda pk: (-lost(latest[pk]), names[pk], pk))
    rows: list[tuple[Cell, ...]] = [
        (names[pk], *_of_years([found.get(pk, Counter()) for _, found in years])) for pk in order
    ]
    rows.append((EVERYBODY, *_of_years([sum(found.values(), Counter()) for _, found in years])))
    columns = ["School of Year 11", "Young people"]
    for month, _ in years:
        columns += [f"In learning or work, {month.words}", f"NEET or not known, {month.words}"]
    enough = [pk for pk in order if latest[pk].total() >= FEWEST] or order
    message = _spread([(names[pk], lost(latest[pk])) for pk in enough])
    return Section("Where Year 11 went", message, columns, rows, _drawn(rows, message, made_of.month), SMALL)


def years_of_leavers(made_of: Material) -> Sequence[tuple[ReportingMonth, Mapping[int, Counter[str]]]]:
    """What those of Year 12 do by their school of Year 11, in the same month of three years; a statement a year."""
    return [(month, _left(made_of, source)) for month, source in _same_months(made_of)]


def _same_months(made_of: Material) -> Sequence[tuple[ReportingMonth, Source]]:
    """This month, and the same month of the years before as far as they were frozen."""
    freezes = {each.month: each for each in made_of.card.freezes}
    found = [(made_of.month, made_of.source)]
    for back in range(1, YEARS):
        month = ReportingMonth.of(date(made_of.month.ends_on.year - back, made_of.month.ends_on.month, 1))
        if freeze := freezes.get(month.ends_on):
            found.append((month, frozen({freeze.pk: freeze.month})))
    return found


def _left(made_of: Material, source: Source) -> Mapping[int, Counter[str]]:
    rules = made_of.rules
    school = [code for code, each in rules.activities.items() if each.status is Status.COMPULSORY]
    return _by_school(made_of, LEAVERS, source, school=school, youngest=rules.limits["youngest_measured"])


def lost(counts: Counter[str]) -> float:
    """NEET or not known, per cent."""
    return share(counts[Status.NEET] + counts[Status.NOT_KNOWN], counts.total()) or 0.0


def _of_years(years: Sequence[Counter[str]]) -> list[Cell]:
    cells: list[Cell] = [years[0].total()]
    for each in years:
        whole = each.total()
        cells += [Share(share(each[Status.EET], whole)), Share(lost(each) if whole else None)]
    return cells


def _spread(shares: Sequence[tuple[str, float]]) -> str:
    (most, worst), (least, best) = shares[0], shares[-1]
    if len(shares) == 1:
        return f"{most}: {worst:.1f}% are NEET or not known"
    return f"From {best:.1f}% NEET or not known ({least}) to {worst:.1f}% ({most})"


def _drawn(rows: Sequence[Sequence[Cell]], message: str, month: ReportingMonth) -> Figure | None:
    """Every school with enough young people a dot, the council's own share a line."""
    places = [
        Bar(str(name), lost.value)
        for name, people, _, lost, *_ in rows
        if isinstance(people, int) and people >= FEWEST and isinstance(lost, Share) and lost.value is not None
    ]
    if len(places) < DRAWN + 1:
        return None
    title = f"NEET or not known in Year 12, per cent of those who left each school, {month.words}"
    *schools, everybody = places
    return Figure(
        message, title, dots(schools, everybody, title=title, description=message, unit="%"), (), ()
    )


def worried(made_of: Material) -> Section | None:
    """Of whom schools said that they worry, and what became of them (R109, R111)."""
    if _is_of_a_part(made_of):
        return None
    found = worried_about(made_of)
    if not found:
        return None
    names = dict(Establishment.objects.filter(pk__in=found).values_list("pk", "name"))
    rows: list[tuple[Cell, ...]] = [
        (names[pk], *became(found[pk])) for pk in sorted(found, key=lambda pk: (names[pk], pk))
    ]
    whole = sum(found.values(), Counter())
    rows.append((EVERYBODY, *became(whole)))
    people = many(whole.total(), "young person,young people")
    message = f"Schools said of {people} that they worry; {whole[Status.NEET]:,} are NEET"
    note = "Said in this school year or the one before. In Year 11 or below nobody is in the figures yet."
    return Section("Whom they worried about", message, BECAME, rows, note=note)


def worried_about(made_of: Material) -> Mapping[int, Counter[str]]:
    """By school, of whom it said in this school year or the one before that it worries, and what they do now."""
    since = starts_on(academic_year(made_of.day) - 1)
    return _by_school(made_of, WORRIED, made_of.source, council=made_of.authority.pk, since=since)


def became(counts: Counter[str]) -> tuple[int, ...]:
    """How many, and how many of them count how."""
    known = [counts[each] for each in (Status.EET, Status.NEET, Status.NOT_KNOWN)]
    return (counts.total(), *known, counts.total() - sum(known))


def _by_school(made_of: Material, statement: str, source: Source, **more: Any) -> Mapping[int, Counter[str]]:
    asked = {**source.parameters, "day": made_of.day, "known_at": made_of.known_at, **more}
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(records=source.records), asked)
        for school, status, people in cursor.fetchall():
            found[school][status] += people
    return found


def _is_of_a_part(made_of: Material) -> bool:
    return not made_of.whom.is_whole
