"""A page that is one form: ask, act, say what was done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tracking.register.forms.editing import RecordForm
from tracking.register.refusals import NotPermitted, NotRight


def one_form(
    request: HttpRequest, form: RecordForm, act: Callable[[], str], *, then: str, shown: dict[str, str]
) -> HttpResponse:
    """Show the form; once it is answered, act, say what `act` returns and go on. A refusal goes to its question."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise Http404 from None
        else:
            return redirect(then)
    return render(request, "one_form.html", {"form": form, "back_url": then, **shown})


def done(request: HttpRequest, act: Callable[[], object], words: str) -> bool:
    """Act on one press, and say what was done or why not."""
    try:
        act()
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
        return False
    except NotPermitted:
        raise Http404 from None
    messages.success(request, words)
    return True
