"""The board of a district: what its monthly meeting looks at, on one page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from caseload.meetings.models import AgendaItem, Decision, Meeting
from caseload.reports.queries.casework import cases
from caseload.reports.queries.cuts import cells
from caseload.reports.queries.material import Material
from caseload.reports.queries.monthly import run_rate_to
from caseload.reports.rules.content import Cell, Points, Section, Share
from caseload.reports.rules.travel import direction, points
from neet.ui.words import many
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.expected import DUE_ON
from tracking.figures.queries.ahead import RATES
from tracking.figures.queries.scorecard import Part
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.rates import Counts

WORST, FEWEST = 5, 10
THREE = ("neet", "not_known", "together")
WEEKLY = ("Target", "Young people a week to reach it")
# What those in learning or work do, where it is expected to end in the month after.
ENDINGS = """
    select a.code, count(distinct r.person_id)
    from ({records}) r
    join tracking_activity_as_known(%(known_at)s) a
      on a.person_id = r.person_id and a.code = r.code and a.is_primary and a.starts_on <= %(day)s
      and (a.ends_on is null or a.ends_on >= %(day)s)
    where r.is_measured and r.status = 'EET' and a.predicted_end_on between %(first)s and %(last)s and {here}
    group by 1
"""


def standing(made_of: Material) -> Section:
    """The three numbers, held against month and year, and the young people a week it takes to be at the target."""
    rows = [_number(made_of, code) for code in THREE]
    columns = ["Share", "Young people", "Now", "On month before", "On year before", "Direction", *WEEKLY]
    if not any(isinstance(row[-2], Share) for row in rows):
        rows, columns = [row[: -len(WEEKLY)] for row in rows], columns[: -len(WEEKLY)]
    return Section("Where we stand", _message(made_of.card.counts), columns, rows)


def _number(made_of: Material, code: str) -> tuple[Cell, ...]:
    now = made_of.card.counts
    people = {"neet": now.neet, "not_known": now.not_known, "together": now.together}[code]
    _, words, figure, of, limit = next(each for each in RATES if each[0] == code)
    before, then = (
        of(each.counts) if each.counts else None for each in (made_of.before, made_of.year_before)
    )
    return (
        words, int(people), Share(of(now)), Points(points(of(now), before)), Points(points(of(now), then)),
        direction(of(now), then), *run_rate_to(made_of, figure, of, limit),
    )  # fmt: skip


def _message(now: Counts) -> str:
    if not now.cohort:
        return "Nobody is counted here"
    return f"{now.neet:,.0f} NEET and {now.not_known:,.0f} not known of {now.cohort:,.0f} young people"


def cases_here(made_of: Material) -> Section:
    """The month's cases by service; on a board without what is for the service alone."""
    found = cases(made_of)
    return Section(found.title, found.message, found.columns, found.rows)


def agreed(made_of: Material) -> Section:
    """What the meetings of the month agreed, and what became of it until the month was frozen."""
    title, here = "What was agreed", Q(item__meeting__in=_held(made_of).values("pk"))
    if made_of.whom.service:
        here &= Q(task__service=made_of.whom.service)
    decided = (
        Decision.objects.filter(here)
        .values_list("item__meeting__type__words", "task__done_at", "task__due_on")
        .order_by("item__meeting__type__words", "pk")
    )
    sums: dict[str, Counter[str]] = {}
    for kind, done_at, due_on in decided:
        done = done_at is not None and done_at <= made_of.known_at
        state = "done" if done else "late" if due_on and due_on < made_of.day else "open"
        sums.setdefault(kind, Counter())[state] += 1
    if not sums:
        return Section(title, f"No meeting in {made_of.month.words} agreed anything")
    rows = [(kind, each.total(), each["done"], each["open"], each["late"]) for kind, each in sums.items()]
    whole = sum(sums.values(), Counter())
    message = f"{whole['done']:,} of {whole.total():,} things agreed are done, {whole['late']:,} are late"
    return Section(title, message, ("Meeting", "Agreed", "Done", "To do", "Late"), rows)


def _held(made_of: Material) -> QuerySet[Meeting]:
    """The meetings of the month that were held, of the district where it is a district's board."""
    held = Meeting.objects.filter(
        type__authority=made_of.authority, opened_at__isnull=False, opened_at__lte=made_of.known_at,
        held_on__range=(made_of.month.starts_on, made_of.day),
    )  # fmt: skip
    return held.filter(district=made_of.whom.district) if made_of.whom.district else held


def log(made_of: Material) -> Section | None:
    """Every meeting of the month: what it talked about and agreed (R96)."""
    talked = Q(items__treatment=AgendaItem.Treatment.DISCUSS, items__settled_at__isnull=False)
    done = Q(items__decisions__task__done_at__lte=made_of.known_at)
    held = (
        _held(made_of)
        .annotate(
            talked=Count("items", filter=talked, distinct=True),
            decided=Count("items__decisions", distinct=True),
            done=Count("items__decisions", filter=done, distinct=True),
        )
        .order_by("held_on", "type__words", "district__name", "pk")
        .values_list("held_on", "type__words", "district__name", "talked", "decided", "done")
    )
    rows: list[tuple[str | int, ...]] = [
        (f"{day.day} {day:%B}", f"{kind}, {district}" if district else kind, *numbers)
        for day, kind, district, *numbers in held
    ]
    if made_of.whom.service or not rows:
        return None
    agreed = sum(int(row[3]) for row in rows)
    message = f"{len(rows):,} held in {made_of.month.words}; {agreed:,} things agreed"
    return Section("Meetings held", message, ("Day", "Meeting", "Talked about", "Agreed", "Done"), rows)


def schools(made_of: Material) -> Section | None:
    """The schools and colleges with the highest shares, those with few young people left out, and what they owe us."""
    parts = [
        each
        for each in made_of.card.parts["school"]
        if each.slug.isdecimal() and each.counts.cohort >= FEWEST and each.counts.together
    ]
    parts.sort(key=lambda each: (-(each.counts.together_rate or 0), each.words, each.slug))
    if not parts:
        return None
    owed = _owed(made_of, parts[:WORST])
    rows = [(each.words, *_of_school(each.counts), owed.get(int(each.slug), 0)) for each in parts[:WORST]]
    worst = parts[0]
    message = f"{worst.words}: {worst.counts.together_rate:.1f}% are NEET or not known"
    columns = ("School or college, now or last", "Cohort", "NEET", "Not known", "Both %", "Returns late")
    note = f"The highest shares among those with {FEWEST} young people or more."
    return Section("Schools causing concern", message, columns, rows, note=note)


def _of_school(counts: Counts) -> tuple[Cell, ...]:
    number, neet, _, not_known, _, _, rate = cells(counts)
    return (number, neet, not_known, rate)


def _owed(made_of: Material, parts: Sequence[Part]) -> Mapping[int, int]:
    """Returns of the school year that were due and had not come, by school."""
    late = Q(sent_at__isnull=True) | Q(sent_at__gt=made_of.known_at)
    late &= Q(nil_at__isnull=True) | Q(nil_at__gt=made_of.known_at)
    asked = ExpectedReturn.objects.filter(
        late, collection__authority=made_of.authority, collection__published_at__isnull=False, waived_on=None,
        establishment__in=[int(each.slug) for each in parts],
    )  # fmt: skip
    began = starts_on(academic_year(made_of.day))
    asked = asked.annotate(due=DUE_ON).filter(due__gte=began, due__lt=made_of.day)
    return dict(asked.order_by().values_list("establishment").annotate(number=Count("pk")))


def endings(made_of: Material) -> Section:
    """What is expected to end in the month after: whom to speak with before it does (R80)."""
    after = made_of.month.after
    asked: dict[str, Any] = {
        **made_of.source.parameters, "day": made_of.day, "known_at": made_of.known_at, "first": after.starts_on,
        "last": after.ends_on,
    }  # fmt: skip
    here = made_of.chosen.condition("r", asked)
    with connection.cursor() as cursor:
        cursor.execute(ENDINGS.format(records=made_of.source.records, here=here), asked)
        found = dict(cursor.fetchall())
    title, names = f"Ends in {after.words}", made_of.rules.activities
    rows = [(names[code].plain_words, people) for code, people in found.items() if code in names]
    rows.sort(key=lambda row: (-row[1], row[0]))
    if not rows:
        return Section(title, "Nothing that we know of")
    people = many(sum(row[1] for row in rows), "young person,young people")
    message = f"For {people} what they do now is expected to end"
    return Section(title, message, ("What they do now", "Young people"), rows)
