"""What returns answer to the self-assessment: how soon records change, who tells of leavers, who returns in time."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from returns.intake.models import Intake, IntakeRow
from returns.leavers.models import HomeNotice
from returns.leavers.queries.homes import TYPE
from returns.leavers.queries.providers import Provider, providers, spans
from returns.leavers.queries.record_change import record_change
from schools.models import Authority
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.assessment import Answer, percent
from tracking.rules.months import ReportingMonth

PAGE, LAST_YEAR, FEW, MOST_NAMED = "provider_figures", "last_year", 5, 5


def changes_of_school(authority: Authority, on: date) -> Answer:
    """The median of days from the row of a joiner or leaver to the record, this month, else the one before (R113).
    Two statements at most."""
    month = ReportingMonth.of(on)
    found = record_change(authority.pk, month.ends_on)
    if found.days is None:
        found = record_change(authority.pk, month.before.ends_on)
    parts = {"Rows recorded in the month": found.rows}
    return Answer(found.words, found.days, "days", False, parts, "coverage")


def _found(authority: Authority, on: date) -> list[Provider]:
    """Schools and colleges in the last school year: the one that runs is too young to judge."""
    return providers([authority.pk], spans(on)[LAST_YEAR][1])


def leavers_told(authority: Authority, on: date) -> Answer:
    """Of those who left early last school year, of whom their place told us (R121). Four statements."""
    found = _found(authority, on)
    told, left = sum(each.figures.told for each in found), sum(each.figures.left for each in found)
    words = f"{told} of {left} who left early last school year were told of by their school or college"
    return Answer(
        words, percent(told, left), "%", True, _named(found, lambda each: each.figures.notified), PAGE
    )


def reasons_known(authority: Authority, on: date) -> Answer:
    """Of those who left early last school year, of whom it is known why (R126). Four statements."""
    found = _found(authority, on)
    known, left = sum(each.figures.with_reason for each in found), sum(each.figures.left for each in found)
    words = f"{known} of {left} who left early last school year were asked why"
    return Answer(words, percent(known, left), "%", True, {"Left early": left, "Why is known": known}, PAGE)


def retention(authority: Authority, on: date) -> Answer:
    """Of those in learning last school year, who left early; the places with the highest share, as long as they had
    more than a few leavers (R125). Four statements."""
    found = _found(authority, on)
    left, there = sum(each.figures.left for each in found), sum(each.figures.there for each in found)
    words = f"{left} of {there} left early last school year. Places that take the most vulnerable lose more"
    parts = _named(found, lambda each: each.figures.leaver_rate)
    return Answer(words, percent(left, there), "%", False, parts, PAGE)


def returns_in_time(authority: Authority, on: date) -> Answer:
    """Of the returns that were due this school year, which came in time (R130). Four statements."""
    found = [each.figures for each in providers([authority.pk], spans(on)["year"][1])]
    came, due = (
        sum(each.on_time for each in found),
        sum(each.on_time + each.late + each.missing for each in found),
    )
    parts = {
        "In time": came,
        "Late": sum(each.late for each in found),
        "Missing": sum(each.missing for each in found),
    }
    words = f"{came} of {due} returns that were due this school year came in time"
    return Answer(words, percent(came, due), "%", True, parts, "returns_board")


def told_elsewhere(authority: Authority, on: date) -> Answer:
    """Of this school year's leavers who live with another council, of whom it was told (R123). One statement."""
    rows = IntakeRow.objects.filter(
        intake__authority=authority,
        intake__type=TYPE,
        intake__state__in=Intake.APPLIED,
        intake__begun_at__date__gte=starts_on(academic_year(on)),
        applied_event__isnull=False,
    ).annotate(
        home=KeyTextTransform("home_authority", "clean"),
        is_told=Exists(HomeNotice.objects.filter(row=OuterRef("pk"))),
    )
    elsewhere = rows.filter(Q(home__gt="")).exclude(home=authority.code)
    told = list(elsewhere.values_list("is_told", flat=True))
    words = f"{sum(told)} of {len(told)} leavers who live with another council were told of"
    return Answer(words, percent(sum(told), len(told)), "%", True, page="home_authorities")


def _named(found: list[Provider], rate: Callable[[Provider], Fraction | None]) -> dict[str, float | str]:
    """The places that stand out, those with few leavers left out: the highest share first."""
    told = [
        (value, each.name) for each in found if each.figures.left > FEW and (value := rate(each)) is not None
    ]
    told.sort(key=lambda each: (-each[0], each[1]))
    return {name: f"{float(100 * value):.1f}%" for value, name in told[:MOST_NAMED]}
