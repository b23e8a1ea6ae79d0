"""How the council stands by what the DfE published: the six indicators, beside others, year by year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.audit.models import AuditEvent
from neet.files.actions import CannotStore, remove, store
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from schools.models import Authority
from tracking.published import queries
from tracking.published.forms import AgainstForm, FileForm
from tracking.published.kinds import Kind
from tracking.published.pictures import by_year
from tracking.published.rules import INDICATORS, NotPublished
from tracking.published.taking import take_in

HEADINGS = (
    "year", "measure", "value", "change", "of", "england", "rank", "ranked", "quintile", "quintile_published",
    "next_quintile_at", "young_people_to_next",
)  # fmt: skip


@needs(Permission.FIGURES_READ)
def against(request: HttpRequest) -> HttpResponse:
    """One year beside the others."""
    council = Authority.objects.get(pk=request.authority_id)
    years, sets = queries.years(), queries.neighbour_sets(council.code)
    opened_before = queries.last_compared(council.pk, clock.today())
    form = AgainstForm(request.GET, years=years, sets=sets)
    form.is_valid()
    year = _year(form, years)
    beside = form.cleaned_data.get("beside", "")
    standings = queries.standings(council.code, year) if year else []
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    if year:
        _note_opened(request)
    shown = {
        "council": council,
        "opened_before": opened_before,
        "form": form,
        "listing": listing,
        "chosen": [each for each in chosen(form, listing) if each.about != "Year"],
        "year": year,
        "indicators": [each for each in standings if each.measure in INDICATORS],
        "others": [each for each in standings if each.measure not in INDICATORS],
        "beside": _lines(queries.neighbours(council.code, year, beside)) if year else [],
        "measures": INDICATORS,
        "set": beside or "Authorities of the region",
        "picture": by_year(queries.series(council.code), f"{reverse('figures_against_file')}?year={year}"),
        "file_url": f"{reverse('figures_against_file')}?year={year}",
        "may_load": request.scope.can(Permission.REFERENCE_CHANGE),
    }
    return render(request, "tracking/published/against.html", shown)


def _note_opened(request: HttpRequest) -> None:
    """Once a day for each reader, so that the council can say when it last looked (R131)."""
    mine = AuditEvent.objects.filter(user_id=request.user.pk, at__date=clock.today())
    if not mine.filter(kind=Kind.COMPARISON_OPENED, authority_id=request.authority_id).exists():
        note(Kind.COMPARISON_OPENED, by=request.user, authority_id=request.authority_id)


@needs(Permission.FIGURES_READ)
def against_file(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file."""
    code = Authority.objects.values_list("code", flat=True).get(pk=request.authority_id)
    years = queries.years()
    form = AgainstForm(request.GET, years=years, sets=[])
    form.is_valid()
    year = _year(form, years)
    rows = (
        (
            year, each.measure.words, each.value, each.change, each.whole, each.england, each.place, each.ranked,
            each.group, each.published, each.next and each.next.value, each.next and each.next.young_people,
        )
        for each in (queries.standings(code, year) if year else [])
    )  # fmt: skip
    note(Kind.COMPARISON_TAKEN, by=request.user, authority_id=request.authority_id)
    return download_of(
        csv_chunks(HEADINGS, rows), name=f"published_{year or 'none'}.csv", kind=StoredFile.Kind.CSV
    )


@needs(Permission.REFERENCE_CHANGE)
def load(request: HttpRequest) -> HttpResponse:
    """Take in a file of published figures or of neighbours."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (said := _taken(request, form)):
        messages.success(request, said)
        return redirect("figures_against")
    return render(request, "tracking/published/load.html", {"form": form})


def _taken(request: HttpRequest, form: FileForm) -> str:
    sent = form.cleaned_data["file"]
    kept = None
    try:
        kept = store(
            source=sent, name=sent.name, purpose="published figures", by=request.user, authority_id=None
        )
        return take_in(kept.path, kept.name, request.user)
    except (CannotStore, NotPublished) as reason:
        form.add_error("file", str(reason))
        return ""
    finally:
        if kept is not None:
            remove(file=kept, by=request.user, why="read")


def _year(form: AgainstForm, years: list[int]) -> int:
    asked = form.cleaned_data.get("year", "")
    return int(asked) if asked else (years[0] if years else 0)


def _lines(beside: list[queries.Beside]) -> list[tuple[queries.Beside, list[float | None]]]:
    return [(each, [each.values.get(measure.code) for measure in INDICATORS]) for each in beside]
