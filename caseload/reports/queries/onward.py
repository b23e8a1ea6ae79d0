"""From Year 11 on: what those of Year 13 did a year before and do now, by the school they were at in Year 11."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from caseload.reports.queries.material import Material
from caseload.reports.rules.content import Cell, Section, Share
from schools.models import Establishment
from tracking.rules.codes import Status

NOT_COUNTED = ""
STATUS_WORDS: Mapping[str, str] = {
    Status.EET: "In education, employment or training",
    Status.NEET: "NEET",
    Status.NOT_KNOWN: "Not known",
    Status.EXCLUDED: "In custody",
    Status.COMPULSORY: "At school age",
    NOT_COUNTED: "Not in the cohort then",
}
NOW = (Status.EET, Status.NEET, Status.NOT_KNOWN)
NO_SCHOOL = "School of Year 11 not recorded"
# Everybody of the oldest measured year as they count now, as they counted a year before, and where they were last at
# school as it was known when the month was frozen.
STATEMENT = """
    select y.establishment_id, coalesce(w.status, ''), r.status, count(*)
    from ({records}) r
    left join tracking_monthrecord w
      on w.freeze_id = %(before)s and w.month = %(before_month)s and w.person_id = r.person_id and w.is_measured
    left join (
      select distinct on (x.person_id) x.person_id, x.establishment_id
      from tracking_activity_as_known(%(known_at)s) x
      where x.code = any(%(school)s) and x.establishment_id is not null
      order by x.person_id, x.starts_on desc, x.id desc
    ) y on y.person_id = r.person_id
    where r.is_measured and r.status <> 'EXCLUDED' and r.academic_age = %(oldest)s and {here}
    group by 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Went:
    """How many of a school counted so a year before and so now."""

    school: int | None
    then: str
    now: str
    people: int


def way(made_of: Material) -> Section:
    """What they did then, by what they do now (R105)."""
    title, went = "From Year 12 to Year 13", _went(made_of)
    if went is None:
        return Section(
            title, f"{made_of.year_before.month.words} was not frozen, so there is nothing to go from"
        )
    columns = (f"In {made_of.year_before.month.words}", *(STATUS_WORDS[each] for each in NOW), "All")
    rows: list[Sequence[Cell]] = []
    for then, words in STATUS_WORDS.items():
        line = [each for each in went if each.then == then]
        if line:
            rows.append((words, *(_sum(line, now=now) for now in NOW), _sum(line)))
    rows.append(("All", *(_sum(went, now=now) for now in NOW), _sum(went)))
    return Section(title, _said(went), columns, rows)


def schools(made_of: Material) -> Section | None:
    """By the school of Year 11, in the order of their names (R105)."""
    went = _went(made_of)
    if not went:
        return None
    by_school: defaultdict[int | None, list[Went]] = defaultdict(list)
    for each in went:
        by_school[each.school].append(each)
    names = dict(
        Establishment.objects.filter(pk__in=[pk for pk in by_school if pk]).values_list("pk", "name")
    )
    in_order = sorted(by_school, key=lambda pk: (pk is None, names.get(pk or 0, ""), pk or 0))
    rows = [(names.get(pk or 0, NO_SCHOOL), *_shares(by_school[pk])) for pk in in_order]
    message = f"Of {_sum(went):,} young people {_sum(by_school.get(None, ())):,} have no school of Year 11 on record"
    return Section("By school of Year 11", message, ("School", *SHARES), rows)


def _went(made_of: Material) -> Sequence[Went] | None:
    """Everybody of Year 13, in one statement; None where the year before was not frozen."""
    month = made_of.year_before.month.ends_on
    before = next((each for each in made_of.card.freezes if each.month == month), None)
    if before is None:
        return None
    rules = made_of.rules
    asked: dict[str, Any] = {
        **made_of.source.parameters,
        "before": before.pk,
        "before_month": before.month,
        "known_at": made_of.known_at,
        "oldest": rules.limits["oldest_measured"],
        "school": [code for code, each in rules.activities.items() if each.status is Status.COMPULSORY],
    }
    here = made_of.chosen.condition("r", asked)
    statement = STATEMENT.format(records=made_of.source.records, here=here)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [Went(*row) for row in cursor.fetchall()]


def _said(went: Sequence[Went]) -> str:
    whole, stayed = _sum(went), _sum(went, then=Status.EET, now=Status.EET)
    if not whole:
        return "Nobody is in Year 13"
    share = f"{100 * stayed / whole:.1f}%"
    return f"{stayed:,} of {whole:,} in Year 13 ({share}) are in learning or work, as they were a year before"


SHARES = (
    "Young people",
    "In learning or work a year before",
    "Now",
    "Both times",
    "NEET now",
    "Not known now",
)


def _shares(went: Sequence[Went]) -> tuple[Cell, ...]:
    whole = _sum(went)

    def share(**which: str) -> Share:
        return Share(100 * _sum(went, **which) / whole if whole else None)

    both = share(then=Status.EET, now=Status.EET)
    return (
        whole, share(then=Status.EET), share(now=Status.EET), both, _sum(went, now=Status.NEET),
        _sum(went, now=Status.NOT_KNOWN),
    )  # fmt: skip


def _sum(went: Iterable[Went], *, then: str | None = None, now: str | None = None) -> int:
    return sum(each.people for each in went if then in (None, each.then) and now in (None, each.now))
