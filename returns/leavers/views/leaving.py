"""Somebody left: one page, filled in within a minute, on a telephone too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from returns.intake.refusals import NotNow, NotReady
from returns.leavers.actions import NotTaken, tell_of_leaver
from returns.leavers.forms import FindForm, LeaverForm
from returns.leavers.kinds import Kind
from returns.leavers.queries.own import Own, listed, own_pupils
from tracking.reference.queries import ruleset
from tracking.register.refusals import NotPermitted

MANY = 400  # names; more are looked for by the beginning of the last name
FIND = "find"


@never_cache
@needs(Permission.RETURN_SUBMIT)
def leaver(request: HttpRequest) -> HttpResponse:
    """Who left, since when, why, what next. The names of those who may be chosen stand on the page alone."""
    today = clock.today()
    found = own_pupils(request.user, today)
    total = found.count()
    find = FindForm(request.POST if FIND in request.POST else None)
    beginning = find.cleaned_data["beginning"] if find.is_bound and find.is_valid() else ""
    is_sent = request.method == "POST" and FIND not in request.POST
    own = listed(found, beginning) if total <= MANY or beginning or is_sent else []
    form = LeaverForm(request.POST if is_sent else None, own=own, rules=ruleset(today))
    if is_sent and form.is_valid() and (answer := _told(request, form)):
        return answer
    note_read(
        Kind.OFFERED,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[each.person_id for each in own],
    )
    return render(request, "returns/leavers/leaver.html", _shown(form, find, own, total, is_sent))


def _shown(form: LeaverForm, find: FindForm, own: list[Own], total: int, is_sent: bool) -> dict[str, object]:
    """With many and nothing found yet, only the question whose name begins how."""
    return {
        "form": form,
        "find": find,
        "total": total,
        "has_many": total > MANY,
        "found": len(own),
        "asks": bool(own) or is_sent,
        "nobody": not total,
    }


def _told(request: HttpRequest, form: LeaverForm) -> HttpResponse | None:
    """The answer where it went well; None with the reason on the form."""
    try:
        sent = tell_of_leaver(leaving=form.leaving(), by=request.user)
    except NotPermitted:
        form.add_error(None, "Somebody who may send returns here has to say it.")
        return None
    except (NotTaken, NotNow, NotReady) as problem:
        form.add_error(None, str(problem))
        return None
    messages.success(request, "Thank you. The council's trackers have it now.")
    return redirect("receipt", ref=sent.ref)
