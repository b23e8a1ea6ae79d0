"""Answers to confirm: forty at a time where they say what is recorded, and one by one with the next one up."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.chase.actions.confirming import set_aside, take, take_as_recorded
from caseload.chase.forms import AnswersFilter, SetAsideForm
from caseload.chase.kinds import Kind
from caseload.chase.queries import answers as queries
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.models import Claim
from tracking.reference.queries import ruleset
from tracking.register.forms.activities import ActivityDetails
from tracking.register.forms.editing import RecordForm
from tracking.register.queries.changing import roles_at
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.activities import look_up_places

P = Permission
AT_ONCE = 40
SORTS = {
    "said": ("said_on", "pk"),
    "name": ("person__family_name", "person__given_name", "pk"),
}
NOTHING_TICKED = "answers_nothing_ticked"


@needs(P.CASE_WORK)
def listed(request: HttpRequest) -> HttpResponse:
    """What was said and waits, the oldest first."""
    today = clock.today()
    form = AnswersFilter(request.GET, channels=queries.channels_of(request.user))
    found = queries.wanted_answers(request.user, form.wanted(), today)
    listing = listing_of(request.GET, sorts=SORTS, first="said", filters=form.fields, per_page=AT_ONCE)
    listing = listing.counted(found.count())
    page = found.order_by(*listing.order_by)[listing.start : listing.stop]
    lines = queries.answer_lines(page, request.user, today)
    _note(request, lines)
    shown = {
        "tabs": tabs(request, "answers_to_confirm", CALLS),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "alike": sum(each.is_as_recorded for each in lines),
        "total_words": many(listing.total, "answer,answers").capitalize(),
        "error": "Select at least one answer" if request.session.pop(NOTHING_TICKED, False) else "",
        "here": urlencode(listing.kept),
    }
    return render(request, "caseload/chase/answers.html", shown)


@require_POST
@needs(P.CASE_WORK)
def together(request: HttpRequest) -> HttpResponse:
    """The ticked: those that say what is recorded are taken, or all are set aside for one reason."""
    ticked = [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()][:AT_ONCE]
    lines = queries.answer_lines(
        queries.answers_for(request.user).filter(pk__in=ticked).order_by("pk"), request.user, clock.today()
    )
    if not lines:
        request.session[NOTHING_TICKED] = True
        return redirect(_list(request))
    if request.POST.get("act") == "set_aside":
        return _set_aside(request, lines)
    number = take_as_recorded(answers=ticked, authority_id=request.authority_id, by=request.user)
    messages.success(request, _taken(number, len(lines) - number))
    return redirect(_list(request))


def _taken(number: int, left: int) -> str:
    said = f"{many(number, 'answer,answers').capitalize()} confirmed what is recorded."
    return f"{said} {many(left, 'says,say')} something else: open them one by one." if left else said


def _set_aside(request: HttpRequest, lines: tuple[queries.AnswerLine, ...]) -> HttpResponse:
    form = SetAsideForm(request.POST if "why" in request.POST else None)
    if form.is_valid():
        keys = [each.pk for each in lines]
        asked = {"why": form.cleaned_data["why"], "authority_id": request.authority_id}
        number = set_aside(answers=keys, by=request.user, **asked)
        messages.success(request, f"{many(number, 'answer,answers').capitalize()} set aside.")
        return redirect(_list(request))
    _note(request, lines)
    shown = {"form": form, "lines": lines, "cancel": _list(request)}
    return render(request, "caseload/chase/set_aside.html", shown)


@needs(P.CASE_WORK)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer beside what is recorded; once it is decided, the next one is up."""
    answer = get_object_or_404(queries.answers_for(request.user).select_related("person"), pk=pk)
    aside, details = SetAsideForm(), _details(request, answer)
    act = request.POST.get("act", "")
    if act == "set_aside":
        aside = SetAsideForm(request.POST)
        done = aside.is_valid() and _done(aside, lambda: _put_aside(request, answer, aside))
    elif act == "same":
        done = _confirm(request, answer)
    else:
        done = bool(
            details and details.is_valid() and _done(details, lambda: _record(request, answer, details))
        )
    if request.method == "POST" and done:
        return redirect(_next(request, pk))
    line = queries.answer_lines(queries.answers_for(request.user).filter(pk=pk), request.user, clock.today())[
        0
    ]
    _note(request, (line,))
    shown = {
        "line": line,
        "aside": aside,
        "details": details,
        "code": answer.code,
        "person": answer.person,
        "list_url": _list(request),
        "left": queries.wanted_answers(request.user, _wanted(request), clock.today()).count(),
    }
    return render(request, "caseload/chase/answer.html", shown)


def _details(request: HttpRequest, answer: Claim) -> ActivityDetails | None:
    """The questions that make a record of what was said, filled in so far; none where nothing new is said."""
    rules = ruleset(clock.today())
    if answer.is_as_recorded or answer.code not in rules.activities:  # type: ignore[attr-defined]  # a column of the query
        return None
    first = {"place": answer.place, "told_on": answer.said_on, "source": queries.source_of(answer)}
    roles = roles_at(request.user, answer.person.authority_id)
    given = request.POST if request.POST.get("act") == "record" else None
    form = ActivityDetails(given, initial=first, code=answer.code, rules=rules, roles=roles)
    return look_up_places(form, answer.person)


def _confirm(request: HttpRequest, answer: Claim) -> bool:
    asked = {"answers": [answer.pk], "authority_id": answer.person.authority_id}
    number = take_as_recorded(by=request.user, **asked)
    if number:
        messages.success(request, f"{answer.person.full_name}: confirmed.")
    else:
        messages.error(request, "What is recorded changed meanwhile. Look at it again.")
    return bool(number)


def _record(request: HttpRequest, answer: Claim, form: ActivityDetails) -> None:
    take(answer=answer, told=form.told(), by=request.user)
    messages.success(request, f"{answer.person.full_name}: recorded.")


def _put_aside(request: HttpRequest, answer: Claim, form: SetAsideForm) -> None:
    asked = {"answers": [answer.pk], "authority_id": answer.person.authority_id}
    set_aside(why=form.cleaned_data["why"], by=request.user, **asked)
    messages.success(request, f"{answer.person.full_name}: set aside.")


def _done(form: RecordForm, act: Callable[[], None]) -> bool:
    try:
        act()
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        raise NotVisible from None
    return True


def _wanted(request: HttpRequest) -> queries.Wanted:
    return AnswersFilter(request.GET, channels=queries.channels_of(request.user)).wanted()


def _list(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in AnswersFilter.base_fields if request.GET.get(name)}
    return f"{reverse('answers_to_confirm')}?{urlencode(kept)}" if kept else reverse("answers_to_confirm")


def _next(request: HttpRequest, pk: int) -> str:
    following = queries.next_answer(request.user, _wanted(request), clock.today(), pk)
    if following is None:
        return _list(request)
    kept = {name: request.GET[name] for name in AnswersFilter.base_fields if request.GET.get(name)}
    return f"{reverse('answer_to_confirm', args=[following])}{'?' + urlencode(kept) if kept else ''}"


def _note(request: HttpRequest, lines: tuple[queries.AnswerLine, ...]) -> None:
    seen = sorted({each.person.pk for each in lines})
    note_read(Kind.ANSWERS_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
