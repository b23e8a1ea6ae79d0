"""A school's own Year 11 as a page that is kept through the year: applications, offers, concerns (R109)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import Sheet, xlsx_bytes
from neet.ui.forms import PlainForm, chosen
from neet.ui.listing import listing_of
from neet.ui.parts import Link
from tracking.reference.queries import ruleset
from tracking.register.actions.offers import change_place, end_concern, raise_concern, record_place
from tracking.register.forms.offers import ConcernForm, PupilsPlaceForm, StageForm, Year11Filter
from tracking.register.kinds import Kind
from tracking.register.models import YoungPerson
from tracking.register.queries.offers import PlaceLine
from tracking.register.queries.people import NotVisible
from tracking.register.queries.year_11 import Of, Pupil, narrowed, numbers, pupils, schools_of, year_11
from tracking.register.refusals import Conflict, NotPermitted, NotRight

OURS = needs(Permission.OWN_YEAR_11)
BY_NAME = ("family_name", "given_name", "pk")
HEADINGS = (
    "Last name, first name", "Date of birth", "September Guarantee", "Plans after Year 11", "Place", "Course",
    "How it stands", "Choice", "Begins on", "Told by", "What worries you",
)  # fmt: skip
CHANGED = "Somebody changed this line just now: look at it once more and choose again."


@dataclass(frozen=True)
class PlaceShown:
    line: PlaceLine
    form: StageForm
    url: str


@dataclass(frozen=True)
class PupilShown:
    """One pupil with the forms of their line, each of which saves itself; `said` is what came of the last."""

    pupil: Pupil
    key: str
    places: tuple[PlaceShown, ...]
    new: PupilsPlaceForm
    new_url: str
    concern: ConcernForm
    concern_url: str
    said: str = ""
    wrong: tuple[str, ...] = ()
    adds: bool = False


@OURS
def list_of_year_11(request: HttpRequest) -> HttpResponse:
    """Everybody in the school's Year 11, narrowed as asked."""
    of = _of(request)
    form = Year11Filter(request.GET)
    everybody = year_11(request.user, of)
    found = narrowed(everybody, of, form.wanted())
    counted = numbers(everybody, of)
    listing = listing_of(request.GET, sorts={"name": BY_NAME}, first="name", filters=form.fields)
    listing = listing.counted(getattr(counted, form.wanted() or "everybody"))
    people = list(found.order_by(*BY_NAME)[listing.start : listing.stop])
    _note(request, people)
    shown = {
        "school": of.school,
        "schools": _other_schools(request, of),
        "september": of.year,
        "numbers": counted,
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": [_shown(each, of) for each in pupils(people, request.user, of)],
    }
    return render(request, "tracking/year_11.html", shown)


@OURS
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file to work with, one line for each place."""
    of = _of(request)
    people = list(year_11(request.user, of).order_by(*BY_NAME))
    _note(request, people)
    rows = (row for pupil in pupils(people, request.user, of) for row in _rows(pupil))
    content = xlsx_bytes(Sheet("Year 11", HEADINGS, rows))
    return download_of([content], name=f"year-11-{of.year}.xlsx", kind=StoredFile.Kind.XLSX)


@require_POST
@OURS
def add_place(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A place a pupil applied for or was offered."""
    of, person = _pupil_of(request, ref)
    form = PupilsPlaceForm(request.POST, rules=of.rules)

    def act() -> None:
        said = form.said(of.school)
        record_place(person=person, said=said, by=request.user, permission=Permission.OWN_YEAR_11)

    return _saved(request, of, person, form, act, adds=True)


@require_POST
@OURS
def change_stage(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """How one of a pupil's places stands now."""
    of, person = _pupil_of(request, ref)
    held = person.offers.filter(pk=pk).first()
    if held is None:
        raise NotVisible
    form = StageForm(request.POST, rules=of.rules)

    def act() -> None:
        said, seen = form.said(held, of.school), form.cleaned_data["version"]
        change_place(offer=held, said=said, seen=seen, by=request.user, permission=Permission.OWN_YEAR_11)

    return _saved(request, of, person, form, act)


@require_POST
@OURS
def keep_concern(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What worries the school about a pupil; empty where it is over."""
    of, person = _pupil_of(request, ref)
    form = ConcernForm(request.POST)

    def act() -> None:
        held = person.concerns.filter(establishment=of.school, over_on=None).first()
        if words := form.cleaned_data["words"]:
            raise_concern(person=person, establishment=of.school, words=words, by=request.user)
        elif held:
            end_concern(concern=held, by=request.user)

    return _saved(request, of, person, form, act)


def _of(request: HttpRequest) -> Of:
    """The school asked for among the person's own, else the first of them."""
    schools = schools_of(request.user)
    wanted = request.GET.get("school", "")
    found = [each for each in schools if str(each.pk) == wanted] or schools
    if not found:
        raise NotVisible
    return Of.now(found[0], clock.today(), ruleset(clock.today()))


def _other_schools(request: HttpRequest, of: Of) -> list[Link]:
    schools = schools_of(request.user)
    url = reverse("year_11")
    here = of.school.pk
    return [Link(each.name, f"{url}?school={each.pk}", each.pk == here) for each in schools[1:] and schools]


def _pupil_of(request: HttpRequest, ref: UUID) -> tuple[Of, YoungPerson]:
    """One of the pupils on the list, and whose list it is. Raises NotVisible for anybody else."""
    of = _of(request)
    person = year_11(request.user, of).select_related("authority").filter(ref=ref).first()
    if person is None:
        raise NotVisible
    return of, person


def _saved(
    request: HttpRequest,
    of: Of,
    person: YoungPerson,
    form: PlainForm,
    act: Callable[[], None],
    adds: bool = False,
) -> HttpResponse:
    """Act and answer with the line as it is now; without scripts, with the page."""
    wrong = [str(each) for errors in form.errors.values() for each in errors]
    if not wrong:
        try:
            act()
        except NotRight as refused:
            wrong = list(refused.words.values())
        except Conflict:
            wrong = [CHANGED]
        except NotPermitted:
            raise NotVisible from None
    if request.htmx:
        [pupil] = pupils([person], request.user, of)
        said = "" if wrong else "Saved"
        line = _shown(pupil, of, said, tuple(wrong), form if adds and wrong else None)
        return render(request, "tracking/year_11_pupil.html", {"line": line})
    if wrong:
        messages.warning(request, f"Not saved for {person.full_name}. {' '.join(wrong)}")
    else:
        messages.success(request, f"Saved for {person.full_name}.")
    return redirect(f"{reverse('year_11')}?school={of.school.pk}#pupil-{person.ref}")


def _shown(
    pupil: Pupil, of: Of, said: str = "", wrong: tuple[str, ...] = (), asked: PlainForm | None = None
) -> PupilShown:
    key = f"pupil-{pupil.ref}"
    at = f"?school={of.school.pk}"
    places = tuple(
        PlaceShown(
            line,
            StageForm(
                initial={"stage": line.stage, "version": line.version},
                rules=of.rules,
                auto_id=f"{key}-{line.pk}-%s",
            ),
            reverse("change_year_11_place", args=[pupil.ref, line.pk]) + at,
        )
        for line in pupil.places
    )
    return PupilShown(
        pupil=pupil,
        key=key,
        places=places,
        new=PupilsPlaceForm(asked.data if asked else None, rules=of.rules, auto_id=f"{key}-%s"),
        new_url=reverse("add_year_11_place", args=[pupil.ref]) + at,
        concern=ConcernForm(initial={"words": pupil.concern}, auto_id=f"{key}-concern-%s"),
        concern_url=reverse("year_11_concern", args=[pupil.ref]) + at,
        said=said,
        wrong=wrong,
        adds=asked is not None,
    )


def _rows(pupil: Pupil) -> Iterable[list[Any]]:
    about = [pupil.sorted_name, pupil.born_on, pupil.status, pupil.destination]
    for line in pupil.places or (None,):
        place: list[Any] = ["", "", "", "", None, ""]
        if line:
            place = [line.place, line.course, line.words, line.preference, line.starts_on, line.told_by]
        yield [*about, *place, pupil.concern]


def _note(request: HttpRequest, people: Iterable[YoungPerson]) -> None:
    ids = [each.pk for each in people]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=ids)
