"""The pages of the code lists and rules: tables, rows, changes with their effect, and the rule year."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.jobs.actions import submit
from neet.jobs.tasks import ring
from tracking.reference import editing, reading
from tracking.reference.columns import Table
from tracking.reference.editing import AT_ONCE, Change, Changed, Refused
from tracking.reference.effects import Effect, Trial, effect_of
from tracking.reference.forms import (
    CloseForm,
    LookedThroughForm,
    RowForm,
    YearForm,
    first_day_for,
    year_choice,
)
from tracking.reference.kinds import Kind
from tracking.reference.models import ReferenceRow
from tracking.reference.points import POINTS
from tracking.reference.rules import ends_on, starts_on
from tracking.rules.academic_year import reporting_year, year_words
from tracking.rules.codes import Evidence

DERIVE = "reference.situations_worked_out_anew"
NOT_FIELDS = {"csrfmiddlewaretoken", "step"}


@needs(Permission.REFERENCE_READ)
def tables(request: HttpRequest) -> HttpResponse:
    """Every dated table in words, with how sure we are of its rows this reporting year."""
    year = reporting_year(clock.today())
    return render(
        request,
        "tracking/reference/tables.html",
        {"states": reading.states(year), "year": year, "year_words": year_choice(year)},
    )


@needs(Permission.REFERENCE_READ)
def table(request: HttpRequest, name: str) -> HttpResponse:
    """A table's rows as of a reporting year."""
    shown = found_table(name)
    this_year = reporting_year(clock.today())
    form = YearForm(request.GET, years=reading.years(this_year))
    asked = form.cleaned_data if form.is_valid() else {}
    year = asked.get("year") or this_year
    return render(
        request,
        "tracking/reference/table.html",
        {
            "table": shown,
            "form": YearForm({"year": year, "sure": asked.get("sure", "")}, years=reading.years(this_year)),
            "columns": reading.list_columns(shown),
            "rows": reading.shown_rows(shown, year, asked.get("sure", "")),
            "year": year,
            "year_words": year_choice(year),
            "may_change": request.scope.can(Permission.REFERENCE_CHANGE),
        },
    )


@needs(Permission.REFERENCE_READ)
def row(request: HttpRequest, row_id: int) -> HttpResponse:
    """One row: everything it says, and everything that was done to it."""
    found = found_row(row_id)
    shown = reading.table_named(found.table)
    year = year_of(found)
    words = reading.words_of_codes(shown, year)
    return render(
        request,
        "tracking/reference/row.html",
        {
            "row": found,
            "table": shown,
            "title": reading.title_of(found, words),
            "facts": [
                (each.words, reading.cell(found.values.get(each.name, ""), each, words))
                for each in shown.columns
            ],
            "sure": reading.sure_of(found, year),
            "year_words": year_choice(year),
            "versions": reading.versions(shown, found.key),
            "may_change": request.scope.can(Permission.REFERENCE_CHANGE),
        },
    )


@needs(Permission.REFERENCE_CHANGE)
def add(request: HttpRequest, name: str) -> HttpResponse:
    """Open a row for a new code or rule."""
    shown = found_table(name)
    year = reporting_year(clock.today())
    form = RowForm(
        request.POST or None, table=shown, year=year,
        initial={"from_on": starts_on(year), "evidence": Evidence.CONFIRMED},
    )  # fmt: skip
    page = Page(shown, f"Add to {shown.words.lower()}", reverse("reference_table", args=[name]))
    if request.method != "POST" or not form.is_valid():
        return render_form(request, form, page)
    change = change_of(form)
    values = shown.values_of(change.values)
    asked = Asked(
        shown, shown.key_of(values), values, change.from_on,
        lambda: editing.add_row(table=name, change=change, by=request.user),
    )  # fmt: skip
    return checked_then_done(request, form, page, asked)


@needs(Permission.REFERENCE_CHANGE)
def change(request: HttpRequest, row_id: int) -> HttpResponse:
    """Change a row from a day on, or put it right."""
    found = found_row(row_id)
    shown = reading.table_named(found.table)
    today = clock.today()
    year = reporting_year(today)
    initial = {f"value_{name}": text for name, text in found.values.items()}
    initial |= {"from_on": first_day_for(year, found.valid_from, today), "evidence": found.evidence}
    form = RowForm(request.POST or None, table=shown, year=year, fixed=shown.key, initial=initial)
    title = reading.title_of(found, reading.words_of_codes(shown, year))
    page = Page(shown, f"Change {title}", reverse("reference_row", args=[row_id]), found)
    if request.method != "POST" or not form.is_valid():
        return render_form(request, form, page)
    asked_change = change_of(form)
    values = {**found.values, **asked_change.values}
    asked = Asked(
        shown, found.key, values, asked_change.from_on,
        lambda: editing.edit_row(row=found_row(row_id), change=asked_change, by=request.user),
    )  # fmt: skip
    return checked_then_done(request, form, page, asked)


@needs(Permission.REFERENCE_CHANGE)
def close(request: HttpRequest, row_id: int) -> HttpResponse:
    """Let a row end."""
    found = found_row(row_id)
    shown = reading.table_named(found.table)
    year = reporting_year(clock.today())
    form = CloseForm(request.POST or None, initial={"last_on": ends_on(year)})
    title = reading.title_of(found, reading.words_of_codes(shown, year))
    page = Page(shown, f"End {title}", reverse("reference_row", args=[row_id]), found)
    if request.method != "POST" or not form.is_valid():
        return render_form(request, form, page)
    last_on, why = form.cleaned_data["last_on"], form.cleaned_data["why"]
    asked = Asked(
        shown, found.key, dict(found.values), last_on + date.resolution,
        lambda: editing.close_row(row=found_row(row_id), last_on=last_on, why=why, by=request.user),
    )  # fmt: skip
    return checked_then_done(request, form, page, asked)


@require_POST
@needs(Permission.REFERENCE_CHANGE)
def confirm(request: HttpRequest, name: str, year: int) -> HttpResponse:
    """Say that the ticked rows were read in that year's requirement."""
    shown = found_table(name)
    ticked = {int(pk) for pk in request.POST.getlist("ticked") if pk.isdecimal()}
    rows = [each for each in reading.rows_in_year(found_year(year), shown.name) if each.pk in ticked]
    if not rows:
        messages.error(request, "Tick the rows you found in the requirement.")
    else:
        count = editing.confirm_rows(rows=rows, year=year, by=request.user)
        messages.success(
            request, f"{count} {'row' if count == 1 else 'rows'} confirmed for {year_words(year)}."
        )
    return redirect(f"{reverse('reference_table', args=[name])}?year={year}")


@needs(Permission.REFERENCE_READ)
def rule_year(request: HttpRequest, year: int) -> HttpResponse:
    """A reporting year's rules: how sure we are, what changed, what to look up before the first file (R153)."""
    found_year(year)
    states = reading.states(year)
    open_tables = {state.table.name: state for state in states if state.to_check}
    return render(
        request,
        "tracking/reference/rule_year.html",
        {
            "year": year,
            "year_words": year_choice(year),
            "short_year": year_words(year),
            "years": [(each, year_choice(each)) for each in reading.years(reporting_year(clock.today()))],
            "states": states,
            "total": total_of(states),
            "differences": reading.differences(year),
            "before": year_choice(year - 1),
            "points": [(point, open_tables[point.table]) for point in POINTS if point.table in open_tables],
            "looked": reading.looked_through(year),
            "form": LookedThroughForm(),
            "may_change": request.scope.can(Permission.REFERENCE_CHANGE),
        },
    )


@needs(Permission.REFERENCE_READ)
def this_rule_year(request: HttpRequest) -> HttpResponse:
    """The current reporting year's rules, or the year chosen in the form of that page."""
    asked = request.GET.get("year", "")
    known = [str(year) for year in reading.years(reporting_year(clock.today()))]
    return redirect("reference_year", year=int(asked) if asked in known else reporting_year(clock.today()))


@require_POST
@needs(Permission.REFERENCE_CHANGE)
def looked_through(request: HttpRequest, year: int) -> HttpResponse:
    """Say that this year's rules were looked through."""
    form = LookedThroughForm(request.POST)
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    editing.look_through(year=found_year(year), remark=remark, by=request.user)
    messages.success(request, f"Noted: you have looked through the rules of {year_choice(year)}.")
    return redirect("reference_year", year=year)


# --- what the views share ---------------------------------------------------------------------------
@dataclass(frozen=True)
class Page:
    """A form's page: its table, its words, where it was opened from, and the row it is about."""

    table: Table
    title: str
    back: str
    row: ReferenceRow | None = None


@dataclass(frozen=True)
class Asked:
    """A change somebody typed, ready to be tried or done."""

    table: Table
    key: str
    values: dict[str, str]
    holds_from: date
    act: Callable[[], Changed]


def checked_then_done(request: HttpRequest, form, page: Page, asked: Asked) -> HttpResponse:
    """First the effect, then, on the second button, the change itself."""
    try:
        if request.POST.get("step") != "apply":
            return render_effect(request, page, effect_seen(request, asked))
        done = asked.act()
    except Refused as why:
        form.add_error(None, str(why))
        return render_form(request, form, page)
    messages.success(
        request, f"{page.title}: done." if not bring_up_to_date(request, done.codes) else BEING_WORKED_OUT
    )
    return redirect("reference_row", row_id=done.row.pk)


BEING_WORKED_OUT = "Done. Where each young person stands is being worked out anew; this takes a few minutes."


def effect_seen(request: HttpRequest, asked: Asked) -> Effect:
    on = max(clock.today(), asked.holds_from)
    effect = effect_of(Trial(asked.table.name, asked.key, asked.values, on, request.user, asked.act))
    if effect.sample_ids:
        note_read(
            Kind.EFFECT_READ, by=request.user, authority_id=request.authority_id, subjects=effect.sample_ids
        )
    return effect


def bring_up_to_date(request: HttpRequest, codes: frozenset[str]) -> bool:
    """Situations follow the rule: at once, or by a job where many people are concerned. Returns whether by a job."""
    if not codes:
        return False
    if editing.how_many_concerned(codes) <= AT_ONCE:
        editing.derive_situations_of(codes)
        return False
    ring(
        submit(
            kind=DERIVE,
            by=request.user,
            authority_id=None,
            payload={"codes": sorted(codes)},
            queue="large",
        )
    )
    return True


def render_form(request: HttpRequest, form, page: Page) -> HttpResponse:
    return render(request, "tracking/reference/change.html", {"form": form, "page": page})


def render_effect(request: HttpRequest, page: Page, effect: Effect) -> HttpResponse:
    typed = [
        (name, value)
        for name in request.POST
        if name not in NOT_FIELDS
        for value in request.POST.getlist(name)
    ]
    return render(request, "tracking/reference/effect.html", {"page": page, "effect": effect, "typed": typed})


def change_of(form: RowForm) -> Change:
    asked = form.cleaned_data
    return Change(form.values(), asked["from_on"], asked["evidence"], asked["why"])


def total_of(states: list[reading.TableState]) -> reading.TableState:
    """All tables together."""
    first = replace(states[0], rows=0, confirmed=0, carried_over=0, unconfirmed=0)
    return replace(
        first,
        **{
            name: sum(getattr(each, name) for each in states)
            for name in ("rows", "confirmed", "carried_over", "unconfirmed")
        },
    )


def year_of(found: ReferenceRow) -> int:
    """The reporting year a row is looked at in: this one, or the last or first in which it held."""
    last = found.valid_to or clock.today()
    return reporting_year(max(found.valid_from, min(clock.today(), last)))


def found_year(year: int) -> int:
    if year not in reading.years(reporting_year(clock.today())):
        raise Http404
    return year


def found_table(name: str) -> Table:
    try:
        return reading.table_named(name)
    except reading.NotThere:
        raise Http404 from None


def found_row(row_id: int) -> ReferenceRow:
    try:
        return reading.row_by_id(row_id)
    except reading.NotThere:
        raise Http404 from None
