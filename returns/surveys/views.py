"""A young person answers on a telephone: no account, no name on the page, one question at a time.

The link's secret leaves the address at once; opening a page records nothing, only a button does.
"""

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from neet import clock
from neet.accounts.access import anyone
from returns.surveys import actions
from returns.surveys.actions import NotUsable
from returns.surveys.forms import BirthdayForm, CallForm, DoingForm, QuestionForm
from returns.surveys.models import AnswerLink
from returns.surveys.queries import can_be_checked, digest_of, offered, question_of, usable_link
from returns.surveys.statements import Said

WHY = (
    "a young person opens the link in our message; the page shows nothing about anybody before their birthday"
)
HELD, CHECKED = "answer_link", "answer_checked"
WRONG = "answer_wrong"
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


def of_link(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """A page for whoever came by a link that is good; everybody else reads the same few words."""

    @wraps(page)
    def shown(request: HttpRequest) -> HttpResponse:
        found = usable_link(request.session.get(HELD, ""), clock.today())
        try:
            return page(request, found) if found else _gone(request)
        except NotUsable:
            return _gone(request)

    return never_cache(sensitive_post_parameters()(anyone(WHY)(shown)))


@of_link
def answer(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """Their birthday first, then the one question."""
    if not _knows_them(request, found):
        return _birthday(request, found)
    question = question_of(found, clock.today(), knows_them=True)
    form = QuestionForm(request.POST or None, question=question)
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "question": question, "council": question.council}
        return render(request, "returns/surveys/question.html", shown)
    said = form.cleaned_data["answer"]
    if said == A.SOMETHING_ELSE:
        return redirect("answer_doing")
    if said == A.CALL_ME:
        return redirect("answer_call")
    return _taken(found, Said(said))


@of_link
def doing(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """What they do instead, and where."""
    if not _knows_them(request, found):
        return redirect("answer")
    form = DoingForm(request.POST or None, offered=offered(clock.today()))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["doing"]
        return _taken(found, Said(A.SOMETHING_ELSE, doing=chosen, place=form.where()))
    return _one_question(request, found, form, "Send my answer")


@of_link
def call(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """When to call them."""
    if not _knows_them(request, found):
        return redirect("answer")
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _taken(found, Said(A.CALL_ME, call_when=form.cleaned_data["when"]))
    return _one_question(request, found, form, "Ask for a call")


@of_link
def no_more(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """Whoever holds the telephone may ask for no more messages, or say that it is not them, without a birthday."""
    said = request.POST.get("answer")
    if request.method == "POST" and said in {A.STOP, A.NOT_ME}:
        return _taken(found, Said(said))
    return render(request, "returns/surveys/no_more.html", {"council": found.authority.name})


@of_link
def thanks(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """What was taken, and that it may still be changed."""
    if not found.answered_at:
        return redirect("answer")
    shown = {"link": found, "council": found.authority.name, "telephone": found.authority.contact_telephone}
    return render(request, "returns/surveys/thanks.html", shown)


def _birthday(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    form = BirthdayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if actions.check_birthday(link=found, day=said["day"], month=said["month"]):
            request.session[CHECKED] = found.digest
            return redirect("answer")
        # Only wrong tries count, so a whole year group behind one address answers.
        if not ratelimit.consume(request, action=WRONG):
            return render(request, "returns/surveys/too_many.html", {"council": ""}, status=429)
        if usable_link(found.digest, clock.today()) is None:
            raise NotUsable
        form.add_error("day", "That is not the birthday we know. Check the day and the month")
    question = question_of(found, clock.today(), knows_them=False)
    shown = {"form": form, "question": question, "council": question.council}
    return render(request, "returns/surveys/birthday.html", shown)


def _knows_them(request: HttpRequest, found: AnswerLink) -> bool:
    return not can_be_checked(found.person) or request.session.get(CHECKED) == found.digest


def _one_question(
    request: HttpRequest, found: AnswerLink, form: DoingForm | CallForm, button: str
) -> HttpResponse:
    shown = {"form": form, "button": button, "council": found.authority.name}
    return render(request, "returns/surveys/one_question.html", shown)


def _taken(found: AnswerLink, said: Said) -> HttpResponse:
    actions.answer(link=found, said=said)
    return redirect("answer_thanks")


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "returns/surveys/gone.html", {"council": ""}, status=404)
