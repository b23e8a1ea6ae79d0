"""One autumn's survey: who is in it, how far it is, its file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.words import many
from returns.activity_survey import actions
from returns.activity_survey.building import kept, made_again
from returns.activity_survey.forms import SignForm, WhyForm
from returns.activity_survey.kinds import Kind
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import Whose, whose
from returns.activity_survey.queries.destinations import as_file, destinations
from returns.activity_survey.queries.people import wrong_in
from returns.activity_survey.queries.reading import HowFar, how_far, left_out, would_be_listed
from returns.activity_survey.rules.rows import CHECKS
from returns.activity_survey.signing import CannotSign, is_own_work, may_sign
from returns.activity_survey.views.frame import READINGS, address_of, around, asked_for, home_of, survey_of
from schools.models import Authority, Establishment
from tracking.figures.reader import may_read_whole, sees_every_number
from tracking.rules.released import Line

P = Permission
PEOPLE = "young person,young people"
STANDS = "This survey is signed off. Take the sign-off back first, with a reason."


@needs(P.ERRORS_READ)
def survey(request: HttpRequest) -> HttpResponse:
    """An autumn's survey, or what it would be."""
    year, reading = asked_for(request)
    whom = whose(request.authority, year, reading)
    people = ("authority", "listed_by", "made_by", "signed_off_by", "sent_by")
    found = ActivitySurvey.objects.filter(authority=request.authority_id, year=year, reading=reading)
    begun = found.select_related(*people).defer("content").first()
    shown = {
        **around(request, year, reading),
        "days": whom.days,
        "survey": begun,
        "has_come": clock.today() >= whom.days.on,
        "may_build": request.scope.can(P.FILE_BUILD),
        "may_explore": request.scope.can(P.FIGURES_EXPLORE),
        **(_of_begun(request, begun, whom) if begun else _of_none(whom)),
    }
    return render(request, "returns/activity_survey/survey.html", shown)


def _of_none(whom: Whose) -> dict[str, object]:
    is_over = clock.today() > whom.days.list_on
    return {"would_be": would_be_listed(whom) if is_over else 0, "can_begin": is_over}


def _of_begun(request: HttpRequest, begun: ActivitySurvey, whom: Whose) -> dict[str, object]:
    others = left_out(whom)
    far, sees_parts = how_far(begun), sees_every_number(request.scope)
    names = dict(Establishment.objects.filter(pk__in=others.beside).values_list("pk", "name"))
    has_come = clock.today() >= whom.days.on
    wrong = wrong_in(begun) if has_come and request.scope.can(P.FILE_BUILD) else {}
    return {
        "far": far,
        "sees_parts": sees_parts,
        "sees_whole": _sees_whole(request, far),
        "left_out": others,
        "beside_us": sorted((names[place], number) for place, number in others.beside.items()),
        "wrong": [(CHECKS[code], len(rows)) for code, rows in wrong.items()],
        "is_stopped": any(CHECKS[code].stops for code in wrong),
        "may_sign": may_sign(begun, request.user),
    }


def _sees_whole(request: HttpRequest, far: HowFar) -> bool:
    """Whether this person is told how far the whole survey is."""
    whole = far.whole
    return may_read_whole(request.scope, Line("", "", whole.members, whole.to_confirm, whole.not_known))


@require_POST
@needs(P.FILE_BUILD)
def make_list(request: HttpRequest) -> HttpResponse:
    """Make the list of a survey, or bring it up to date."""
    year, reading = request.POST.get("year", ""), request.POST.get("reading", "")
    if not (year.isascii() and year.isdigit() and len(year) == 4) or reading not in READINGS:
        return redirect("activity_survey")
    authority = Authority.objects.get(pk=request.authority_id)
    try:
        made = actions.make_list(authority=authority, year=int(year), reading=reading, by=request.user)
    except actions.TooEarly as early:
        messages.warning(request, str(early))
    except actions.Stands:
        messages.warning(request, STANDS)
    else:
        changes = (
            f"{made.came:,} came in, {made.went:,} left it" if made.went or made.came else "nobody changed"
        )
        messages.success(request, f"{many(made.people, PEOPLE)} in the survey; {changes}.")
    return redirect(address_of(int(year), reading))


@require_POST
@needs(P.FILE_BUILD)
def make_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the file and hold fast what it says."""
    found = survey_of(request, pk)
    try:
        made = actions.make_file(survey=found, by=request.user)
    except actions.Stands:
        messages.warning(request, STANDS)
    except actions.CannotMake as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(
            request, f"The file is made: {many(made.people, PEOPLE)}. Look at it and sign it off."
        )
    return redirect(home_of(found))


@needs(P.FILE_BUILD)
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was made; that it was taken is written down before the first byte."""
    found = survey_of(request, pk)
    if found.made_at is None:
        raise Http404
    content = kept(found)
    if not content:
        messages.warning(request, "The file is no longer kept: its time is over.")
        return redirect(home_of(found))
    if request.method == "GET":
        counts = {"survey": found.pk, "people": found.people}
        note(Kind.DOWNLOADED, by=request.user, authority_id=found.authority_id, counts=counts)
    return download_of([content], name=found.file_name, kind=StoredFile.Kind.CSV)


@require_POST
@needs(P.FILE_BUILD)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the file once more from the history, and say whether it is the same byte for byte."""
    found = survey_of(request, pk)
    if found.made_at is None:
        raise Http404
    if made_again(found).fingerprint == found.sha256:
        messages.success(request, "Made again from the history, the file is the same byte for byte.")
    else:
        messages.warning(
            request,
            "Made again from the history, the file differs: somebody in it was erased or put together with "
            "another record since. The file that is kept is the one that was made.",
        )
    return redirect(home_of(found))


@needs(P.ERRORS_READ)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the file off: its numbers once more, then a second yes."""
    found = survey_of(request, pk)
    form = SignForm(
        request.POST if request.method == "POST" else None, own_work=is_own_work(found, request.user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_off(survey=found, by=request.user, why=form.cleaned_data.get("why", ""))
        except CannotSign as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Signed off. Download the file and send it.")
            return redirect(home_of(found))
    far = how_far(found)
    shown = {
        "survey": found,
        "form": form,
        "far": far,
        "sees_whole": _sees_whole(request, far),
        "may": may_sign(found, request.user),
        "back_url": home_of(found),
    }
    return render(request, "returns/activity_survey/sign_off.html", shown)


@needs(P.ERRORS_READ)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sign-off back, or go on with a survey whose file was made."""
    found = survey_of(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if found.made_at is None or (found.signed_off_at is None and not request.scope.can(P.FILE_BUILD)):
        raise Http404
    act = actions.take_back_sign_off if found.signed_off_at else actions.take_file_back
    if request.method == "POST" and form.is_valid():
        try:
            act(survey=found, by=request.user, why=form.cleaned_data["why"])
        except (CannotSign, actions.Stands) as refusal:
            form.add_error(None, str(refusal) or STANDS)
        else:
            messages.success(
                request, "Taken back. What young people did is read anew until the file is made again."
            )
            return redirect(home_of(found))
    return render(request, "one_form.html", {**_taking_back(found), "form": form})


def _taking_back(found: ActivitySurvey) -> dict[str, object]:
    signed = found.signed_off_at is not None
    lead = (
        "The file is kept as it was until it is made again."
        if signed
        else "The file goes, and the survey is followed up again until it is made once more."
    )
    return {
        "title": "Take the sign-off back" if signed else "Go on with the survey",
        "caption": f"Activity Survey {found.year}",
        "lead": lead,
        "button": "Take it back" if signed else "Go on with it",
        "back_url": home_of(found),
    }


@require_POST
@needs(P.FILE_BUILD)
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the file went to the DfE."""
    found = survey_of(request, pk)
    try:
        actions.mark_sent(survey=found, by=request.user)
    except CannotSign as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Noted: this file went to the DfE.")
    return redirect(home_of(found))


@needs(P.RETURN_RECEIVE)
def where(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where everybody was, school by school; with `file` in the address as a file of numbers."""
    found = survey_of(request, pk)
    table = destinations(found)
    if "file" in request.GET:
        headings, lines = as_file(table)
        name = f"activity_survey_{found.year}_{found.reading}_by_school.csv"
        return download_of(csv_chunks(headings, lines), name=name, kind=StoredFile.Kind.CSV)
    shown = {"survey": found, "table": table, "back_url": home_of(found)}
    return render(request, "returns/activity_survey/where.html", shown)
