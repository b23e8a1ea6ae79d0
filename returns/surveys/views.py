"""A young person answers on a telephone: no account, no name on the page, one question at a time.

The link's secret leaves the address at once, and a code never stands in one; opening a page records nothing, only a
button does.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import anyone
from neet.accounts.limits import within
from returns.surveys import actions
from returns.surveys.actions import NotUsable
from returns.surveys.forms import BirthdayForm, CallForm, CodeForm, DoingForm, QuestionForm
from returns.surveys.models import AnswerLink
from returns.surveys.queries import (
    can_be_checked,
    digest_of,
    link_of_code,
    offered,
    question_of,
    usable_link,
)
from returns.surveys.rules import LANGUAGES, Language, language_of
from returns.surveys.statements import Said

WHY = (
    "a young person opens the link in our message; the page shows nothing about anybody before their birthday"
)
BY_CODE = (
    "a young person types the code of our letter; the page says nothing but whether there is such a code"
)
HELD, CHECKED, CHOSEN = "answer_link", "answer_checked", "answer_language"
WRONG, WRONG_CODE = "answer_wrong", "answer_code"
OK = 200
A = AnswerLink.Answer
Page = Callable[[HttpRequest, AnswerLink], HttpResponse]


@never_cache
@anyone(WHY)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the secret's digest in the session and go on without it in the address."""
    kept = digest_of(token)
    if usable_link(kept, clock.today()) is None:
        return _gone(request)
    request.session[HELD] = kept
    response = redirect("answer")
    # Only here: a page with it would have its own form sent from nowhere, which the check against forgery refuses.
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@sensitive_post_parameters()
@anyone(BY_CODE)
def code(request: HttpRequest) -> HttpResponse:
    """The code of a letter instead of a link; an unknown, old or withdrawn one reads the same."""
    words = _language(request).words()
    form = CodeForm(request.POST or None, words=words)
    if request.method == "POST" and form.is_valid():
        # Asked before the code is looked at: whoever guesses learns nothing more, not even of a code that is right.
        if not within(request, action=WRONG_CODE, dry_run=True):
            return _shown(request, "too_many", status=429)
        if kept := link_of_code(form.cleaned_data["code"], clock.today()):
            request.session[HELD] = kept
            return redirect("answer")
        within(request, action=WRONG_CODE)
        form.add_error("code", words["code"]["wrong"])
    return _shown(request, "code", form=form)


@require_POST
@anyone("which words the pages of answers are read in; nothing about anybody is shown or kept")
def language(request: HttpRequest) -> HttpResponse:
    """The same pages in other words, from now on in this browser."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        request.session[CHOSEN] = chosen
    return redirect("answer")


def of_link(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """A page for whoever came by a link that is good, or typed a code; everybody else reads the same few words."""

    @wraps(page)
    def shown(request: HttpRequest) -> HttpResponse:
        found = usable_link(request.session.get(HELD, ""), clock.today())
        try:
            return page(request, found) if found else _without(request)
        except NotUsable:
            return _gone(request)

    return never_cache(sensitive_post_parameters()(anyone(WHY)(shown)))


def _without(request: HttpRequest) -> HttpResponse:
    """Who brings no link may have a letter; whose link is good no more is told so."""
    return _gone(request) if HELD in request.session else redirect("answer_code")


@of_link
def answer(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """Their birthday first, then the one question."""
    if not _knows_them(request, found):
        return _birthday(request, found)
    question = question_of(found, clock.today(), knows_them=True)
    read = _language(request, found)
    answered = read.said["answered"].get(question.answered, "")
    words = _words(read, found, still=question.still, answered=answered)
    form = QuestionForm(request.POST or None, question=question, words=words)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "question", found, words=words, form=form, question=question)
    said = form.cleaned_data["answer"]
    if said == A.SOMETHING_ELSE:
        return redirect("answer_doing")
    if said == A.CALL_ME:
        return redirect("answer_call")
    return _taken(request, found, Said(said, language=read.code))


@of_link
def doing(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """What they do instead, and where."""
    if not _knows_them(request, found):
        return redirect("answer")
    read = _language(request, found)
    words = _words(read, found)
    form = DoingForm(request.POST or None, offered=offered(clock.today()), words=words)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["doing"]
        said = Said(A.SOMETHING_ELSE, doing=chosen, place=form.where(), language=read.code)
        return _taken(request, found, said)
    return _shown(request, "one_question", found, form=form, button=words["doing"]["button"])


@of_link
def call(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """When to call them."""
    if not _knows_them(request, found):
        return redirect("answer")
    read = _language(request, found)
    words = _words(read, found)
    form = CallForm(request.POST or None, words=words)
    if request.method == "POST" and form.is_valid():
        said = Said(A.CALL_ME, call_when=form.cleaned_data["when"], language=read.code)
        return _taken(request, found, said)
    return _shown(request, "one_question", found, form=form, button=words["call"]["button"])


@of_link
def no_more(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """Whoever holds the telephone may ask for no more messages, or say that it is not them, without a birthday."""
    said = request.POST.get("answer")
    if request.method == "POST" and said in {A.STOP, A.NOT_ME}:
        return _taken(request, found, Said(said, language=_language(request, found).code))
    return _shown(request, "no_more", found)


@of_link
def thanks(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """What was taken, and that it may still be changed."""
    if not found.answered_at:
        return redirect("answer")
    return _shown(request, "thanks", found, link=found, telephone=found.authority.contact_telephone)


def _birthday(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    read = _language(request, found)
    words = _words(read, found)
    form = BirthdayForm(request.POST or None, words=words, months=read.months)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if actions.check_birthday(link=found, day=said["day"], month=said["month"]):
            request.session[CHECKED] = found.digest
            return redirect("answer")
        # Only wrong tries count, so a whole year group behind one address answers.
        if not within(request, action=WRONG):
            return _shown(request, "too_many", status=429)
        if usable_link(found.digest, clock.today()) is None:
            raise NotUsable
        form.add_error("day", words["birthday"]["wrong"])
    return _shown(request, "birthday", found, form=form)


def _knows_them(request: HttpRequest, found: AnswerLink) -> bool:
    return not can_be_checked(found.person) or request.session.get(CHECKED) == found.digest


def _language(request: HttpRequest, found: AnswerLink | None = None) -> Language:
    """The one chosen in this browser, else the one the message was written in."""
    return language_of(request.session.get(CHOSEN) or (found.language if found else ""))


def _words(read: Language, found: AnswerLink | None, **facts: str) -> dict[str, dict[str, str]]:
    council = found.authority if found else None
    named = {"council": council.name, "telephone": council.contact_telephone} if council else {}
    return read.words(**named, **facts)


def _shown(
    request: HttpRequest, page: str, found: AnswerLink | None = None, *, status: int = OK, **shown: Any
) -> HttpResponse:
    """A page in the words of the reader's language, with the other languages beside it."""
    read = _language(request, found)
    shown.setdefault("words", _words(read, found))
    shown["council"] = found.authority.name if found else ""
    shown["read"] = read
    # A page of refusal is the same bytes for everybody, so it holds no form.
    shown["others"] = [each for each in LANGUAGES.values() if status == OK and each.code != read.code]
    return render(request, f"returns/surveys/{page}.html", shown, status=status)


def _taken(request: HttpRequest, found: AnswerLink, said: Said) -> HttpResponse:
    actions.answer(link=found, said=said)
    return redirect("answer_thanks")


def _gone(request: HttpRequest) -> HttpResponse:
    return _shown(request, "gone", status=404)
