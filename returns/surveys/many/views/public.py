"""A young person answers in class or on a telephone: one page, no account, the same page whoever they are.

The secret of a link leaves the address at once. Nothing they typed is kept in the browser, so that the next one at the
same computer finds an empty page.
"""

import logging
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError

from neet import clock
from neet.accounts.access import anyone
from neet.accounts.limits import note_reached, within
from neet.accounts.secrets import decrypted, encrypted
from neet.ui.words import day
from returns.surveys.many.actions.answering import (
    Closed,
    TooMany,
    change_answer,
    take_answer,
    withdraw_own,
)
from returns.surveys.many.actions.taking import wants_help
from returns.surveys.many.forms import AnswerForm
from returns.surveys.many.queries.doors import (
    digest_of,
    digest_of_own,
    is_open,
    open_door,
    own_answer,
    schools_of,
    wording_of,
)
from returns.surveys.many.rules import LANGUAGES, UPN_END, Language, language_of, same_name
from returns.surveys.many.tasks import find_people
from returns.surveys.models import Survey, SurveyAnswer, SurveyDoor

log = logging.getLogger(__name__)
WHY = "pupils answer in class and after results day; the page is the same for everybody and shows nothing of anybody"
OWN = "somebody comes back to what they answered, by a link only they were shown"
DOOR, MINE, SHOWN, CHOSEN = "survey_door", "survey_own", "survey_secret", "survey_language"
WRONG_DOOR, ANSWERS = "survey_door_wrong", "survey_answer"
ONLY_THEIRS = (MINE, SHOWN)


@never_cache
@anyone(WHY)
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the link's digest in the session and go on without it in the address; whoever tries many is stopped."""
    kept = digest_of(token)
    if open_door(kept, clock.today()) is None:
        return _guessed(request)
    _forget(request)
    request.session[DOOR] = kept
    return _without_referrer(redirect("survey"))


@never_cache
@sensitive_post_parameters()
@anyone(WHY)
def survey(request: HttpRequest) -> HttpResponse:
    """The questions, and taking what is answered."""
    held = open_door(request.session.get(DOOR, ""), clock.today())
    if held is None:
        return _page(request, "gone", status=404)
    if request.method == "GET":
        _forget(request)
    form = _form(request, held.survey, [] if held.establishment else schools_of(held.survey))
    if request.method == "POST" and form.is_valid():
        return _taken(request, held, form)
    place = str(held.establishment or "")
    return _page(request, "form", held.survey, form=form, place=place, action=reverse("survey"))


def _form(
    request: HttpRequest, asked: Survey, schools: list[Any], initial: dict[str, Any] | None = None
) -> AnswerForm:
    read = _language(request)
    return AnswerForm(
        request.POST if request.method == "POST" else None,
        survey=asked,
        words=_words(read, asked),
        questions=wording_of(asked, read.code, clock.today()).questions,
        schools=schools,
        initial=initial,
    )


def _taken(request: HttpRequest, held: SurveyDoor, form: AnswerForm) -> HttpResponse:
    """One person a link is counted, never the address: a whole year group sits behind one."""
    said = form.cleaned_data
    who = f"{held.pk} {same_name(said['given_name'])} {same_name(said['family_name'])} {said['born_on']}"
    if not within(request, action=ANSWERS, key=who):
        return _page(request, "too_many", status=429)
    read = _language(request)
    told = form.told(
        held.establishment_id, read.code, wording_of(held.survey, read.code, clock.today()).version
    )
    try:
        answer, secret = take_answer(door=held, told=told)
    except TooMany:
        return _page(request, "too_many", status=429)
    except Closed:
        return _page(request, "gone", status=404)
    _ring(answer)
    request.session[SHOWN] = [encrypted(secret), wants_help(answer), held.survey_id]
    return redirect("survey_thanks")


def _ring(answer: SurveyAnswer) -> None:
    """Have somebody look for who it was as soon as this has committed; without a broker the sweep does."""
    transaction.on_commit(lambda: _send(answer.survey_id))


def _send(survey_id: int) -> None:
    try:
        find_people.apply_async(args=[survey_id], retry=False, ignore_result=True)
    except OperationalError:
        log.warning("no broker to ring: answers wait for the sweep", extra={"about": {"survey": survey_id}})


@never_cache
@anyone(WHY)
def thanks(request: HttpRequest) -> HttpResponse:
    """That it was taken, and the address to come back to it, which stands here once."""
    if SHOWN not in request.session:
        return redirect("survey")
    secret, helps, survey_id = request.session[SHOWN]
    asked = Survey.objects.select_related("authority").get(pk=survey_id)
    own = f"{settings.BASE_URL}{reverse('survey_own', args=[decrypted(secret)])}"
    return _page(request, "thanks", asked, own=own, helps=helps, telephone=asked.authority.contact_telephone)


@require_POST
@anyone(WHY)
def finish(request: HttpRequest) -> HttpResponse:
    """Nothing of this person stays in the browser; the link of the school does."""
    _forget(request)
    return redirect("survey") if DOOR in request.session else redirect("survey_finished")


@never_cache
@anyone(WHY)
def finished(request: HttpRequest) -> HttpResponse:
    """Where somebody who came by their own link ends."""
    return _page(request, "finished")


@require_POST
@anyone("which words the pages are read in; nothing about anybody is shown or kept")
def language(request: HttpRequest) -> HttpResponse:
    """The same pages in other words, from now on in this browser."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        request.session[CHOSEN] = chosen
    return redirect("survey_mine" if MINE in request.session else "survey")


@never_cache
@anyone(OWN)
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Back to one's own answers."""
    kept = digest_of_own(token)
    if own_answer(kept) is None:
        return _guessed(request)
    _forget(request)
    request.session[MINE] = kept
    return _without_referrer(redirect("survey_mine"))


@never_cache
@anyone(OWN)
def mine(request: HttpRequest) -> HttpResponse:
    """When they answered, whether their school may be told, and what they may still do about it."""
    answer = own_answer(request.session.get(MINE, ""))
    if answer is None:
        return _page(request, "gone", status=404)
    if request.method == "POST":
        withdraw_own(answer=answer)
        return redirect("survey_mine")
    asked = answer.survey
    may_change = is_open(asked, clock.today())
    about = {"answer": answer, "may_change": may_change, "asks_consent": asked.kind == Survey.Kind.WHAT_NEXT}
    return _page(request, "mine", asked, facts={"day": day(answer.answered_at)}, **about)


@never_cache
@sensitive_post_parameters()
@anyone(OWN)
def change(request: HttpRequest) -> HttpResponse:
    """Their answers as they gave them, to be given otherwise."""
    answer = own_answer(request.session.get(MINE, ""))
    if answer is None or not is_open(answer.survey, clock.today()):
        return _page(request, "gone", status=404)
    asked = answer.survey
    form = _form(request, asked, schools_of(asked), _given(answer))
    if request.method != "POST" or not form.is_valid():
        action = reverse("survey_change")
        return _page(request, "form", asked, form=form, before=True, action=action)
    read = _language(request)
    told = form.told(None, read.code, wording_of(asked, read.code, clock.today()).version)
    try:
        _ring(change_answer(before=answer, told=told))
    except Closed:
        return _page(request, "gone", status=404)
    return redirect("survey_mine")


def _given(answer: SurveyAnswer) -> dict[str, Any]:
    return {
        **answer.answers,
        "given_name": answer.given_name,
        "family_name": answer.family_name,
        "born_on": answer.date_of_birth,
        "tutor_group": answer.tutor_group,
        "school": str(answer.establishment_id or "other"),
        "consent": answer.consent,
    }


def _guessed(request: HttpRequest) -> HttpResponse:
    """A link that opens nothing; whoever tries many from one address is stopped. Only such are counted: the outer
    function of the library counts nobody who merely opens a page."""
    if not consume(request, app="allauth.account", action=WRONG_DOOR, limit_get=True):
        note_reached(request, WRONG_DOOR)
        return _page(request, "too_many", status=429)
    return _page(request, "gone", status=404)


def _forget(request: HttpRequest) -> None:
    for name in ONLY_THEIRS:
        request.session.pop(name, None)


def _language(request: HttpRequest) -> Language:
    return language_of(request.session.get(CHOSEN, ""))


def _words(read: Language, asked: Survey | None, **facts: str) -> dict[str, dict[str, str]]:
    council = asked.authority if asked else None
    known = {
        "council": council.name if council else "",
        "telephone": council.contact_telephone if council else "",
        "places": str(UPN_END),
        "year": "{year}",
    }
    return read.words(**{**known, **facts})


def _page(
    request: HttpRequest, name: str, asked: Survey | None = None, status: int = 200, **shown: Any
) -> HttpResponse:
    read = _language(request)
    words = _words(read, asked, **shown.pop("facts", {}))
    about = {
        "words": words,
        "read": read,
        "others": [each for each in LANGUAGES.values() if each.code != read.code],
        "council": asked.authority.name if asked else "",
        "title": words["page"][asked.kind] if asked else "",
        "lead": words["form"][f"lead_{asked.kind}"] if asked else "",
    }
    return render(request, f"returns/surveys/many/{name}.html", {**about, **shown}, status=status)


def _without_referrer(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response
