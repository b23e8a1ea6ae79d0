"""Signing in beyond the password, and one's own account."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal.flows import auth as passkeys
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from neet.accounts import actions, queries
from neet.accounts.access import anyone, needs
from neet.accounts.browsers import browser_words
from neet.accounts.forms import CodeForm, DeskForm, PasskeyAgainForm, where_from
from neet.accounts.limits import within
from neet.accounts.queries import SecondFactors, second_factors_of
from neet.accounts.roles import Permission
from neet.accounts.second_factor import (
    CUPBOARD,
    SIGNED_IN_BY,
    has_fresh_second_factor,
    has_second_factor,
    may_add_first_factor,
    record_second_factor,
    way_back,
)
from neet.accounts.shown_once import keep_to_show, to_show
from neet.audit.actions import note
from neet.audit.kinds import Kind

LIMIT = "second_factor"
CODES = "recovery_codes"
ASKED_BY = "code_sent"  # in a session: by what a code from the mailbox is known to be this browser's
TOO_MANY = "Too many tries. Wait five minutes and try again."


class SignIn(LoginView):
    """Address and password, a passkey, or an account of the council's own where the settings name one."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        asked = urlencode({"next": way_back(self.request)})
        providers = queries.sign_on_providers().values()
        ways = [(each.name, f"{reverse('begin_sign_on', args=[each.slug])}?{asked}") for each in providers]
        return {**super().get_context_data(**options), "ways": ways}


sign_in = SignIn.as_view()


@never_cache
@anyone("asks for the second factor after the password; shows nothing else")
def second_factor(request: HttpRequest) -> HttpResponse:
    """The step after the password."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if has_second_factor(request):
        return redirect(way_back(request))
    return _ask(request, fresh=False)


@never_cache
@needs(Permission.SIGNED_IN)
def fresh_second_factor(request: HttpRequest) -> HttpResponse:
    """The same step again, before something that matters."""
    if has_fresh_second_factor(request):
        return redirect(way_back(request))
    return _ask(request, fresh=True)


def _ask(request: HttpRequest, *, fresh: bool) -> HttpResponse:
    factors = second_factors_of(request.user)
    if request.method != "POST":
        return _page(request, factors, fresh)
    if "demonstration" in request.POST:
        return _step_in(request, fresh)
    if "send" in request.POST:
        return _send(request, factors, fresh)
    if "credential" in request.POST:
        return _take_passkey(request, factors, fresh)
    return _take_code(request, factors, fresh)


def _page(
    request: HttpRequest, factors: SecondFactors, fresh: bool, form: CodeForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form or _form(request, factors, fresh),
        "factors": factors,
        "fresh": fresh,
        "sent": bool(request.session.get(ASKED_BY)),
        "may_add": not fresh and factors.first_time and may_add_first_factor(request),
        "next": way_back(request),
        "again": _again(request) if fresh else None,
        "is_demonstration": queries.demonstration_is_open(),
    }
    if factors.passkeys:
        context["js_data"] = {"request_options": passkeys.begin_authentication(request.user)}
    return render(request, "accounts/second_factor.html", context)


def _again(request: HttpRequest) -> tuple[str, str] | None:
    """The account elsewhere by which this session was opened, where it vouches for a second factor: its name, and the
    address at which it is asked once more."""
    found = queries.sign_on_providers().get(request.session.get(SIGNED_IN_BY, ""))
    if found is None or not found.second_factor:
        return None
    asked = urlencode({"next": way_back(request)})
    return found.name, f"{reverse('begin_sign_on', args=[found.slug])}?{asked}"


def _form(request: HttpRequest, factors: SecondFactors, fresh: bool) -> CodeForm:
    return CodeForm(
        request.POST or None,
        may_remember=not fresh and queries.may_remember_device(request.user),
        hint=where_from(factors, sent=bool(request.session.get(ASKED_BY))),
    )


def _send(request: HttpRequest, factors: SecondFactors, fresh: bool) -> HttpResponse:
    """A code by e-mail: to those who may use one, and to anybody who has no other second factor yet."""
    if not (factors.mailbox or factors.first_time):
        return redirect(request.get_full_path())
    if not within(request, action="send_code", key=f"user {request.user.pk}"):
        messages.error(
            request, "We have just sent you a code. Look into your mailbox and its junk folder first."
        )
        return redirect(request.get_full_path())
    request.session[ASKED_BY] = actions.send_mailbox_code(user=request.user)
    messages.success(request, "We have sent you a code by e-mail. It works for ten minutes.")
    return redirect(request.get_full_path())


def _take_code(request: HttpRequest, factors: SecondFactors, fresh: bool) -> HttpResponse:
    form = _form(request, factors, fresh)
    if not form.is_valid():
        return _page(request, factors, fresh, form)
    key = f"user {request.user.pk}"
    if not within(request, action=LIMIT, key=key):
        form.add_error("code", TOO_MANY)
        return _page(request, factors, fresh, form)
    asked_by = request.session.get(ASKED_BY, "")
    kind = actions.use_code(user=request.user, code=form.cleaned_data["code"], asked_by=asked_by)
    if not kind:
        note(Kind.SECOND_FACTOR_FAILED, by=request.user, why="code")
        form.add_error("code", "That code is not right, or it was used before. Take the newest one.")
        return _page(request, factors, fresh, form)
    ratelimit.clear(request, action=LIMIT, key=key)
    if kind == "mailbox" and not factors.mailbox:
        kind = CUPBOARD
    return _let_in(request, kind, fresh, remember=bool(form.cleaned_data.get("remember")))


def _take_passkey(request: HttpRequest, factors: SecondFactors, fresh: bool) -> HttpResponse:
    form = PasskeyAgainForm(request.POST, user=request.user)
    if not form.is_valid():
        note(Kind.SECOND_FACTOR_FAILED, by=request.user, why="passkey")
        messages.error(request, "That passkey did not work. Try again, or use a code.")
        return redirect(request.get_full_path())
    form.cleaned_data["credential"].record_usage()
    return _let_in(request, "webauthn", fresh)


def _step_in(request: HttpRequest, fresh: bool) -> HttpResponse:
    if not queries.demonstration_is_open():
        return redirect(request.get_full_path())
    return _let_in(request, "demonstration", fresh)


def _let_in(request: HttpRequest, kind: str, fresh: bool, *, remember: bool = False) -> HttpResponse:
    request.session.pop(ASKED_BY, None)
    record_second_factor(request, kind)
    request.session.cycle_key()
    if kind == CUPBOARD:
        return redirect(request.get_full_path())
    leave = actions.note_shown_again if fresh else actions.note_signed_in
    leave(user=request.user, kind=kind)
    response = redirect(way_back(request))
    if remember:
        _remember(request, response)
    return response


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    token = actions.remember_device(
        user=request.user, browser=browser_words(request.headers.get("User-Agent", ""))
    )
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=actions.DEVICE_FOR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


@never_cache
@needs(Permission.SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: how one signs in, and from where one is signed in now."""
    return render(
        request,
        "accounts/account.html",
        {
            "factors": second_factors_of(request.user),
            "roles": queries.roles_in_words(request.user),
            "sessions": request.user.sessions.filter(seen_at__isnull=False),
            "devices": request.user.devices.all(),
            "sign_ons": queries.sign_ons_of(request.user),
            "this_session": request.session.session_key,
            "desks": len(request.scope.desks) > 1,
        },
    )


@never_cache
@needs(Permission.SIGNED_IN, fresh=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Codes to print. Making new ones shows them once; nobody can show them again."""
    if request.method == "POST":
        keep_to_show(request, CODES, actions.make_recovery_codes(user=request.user))
        return redirect("recovery_codes")
    made = to_show(request, CODES) or []
    left = request.user.recovery_codes.filter(used_at=None).count()
    return render(request, "accounts/recovery_codes.html", {"made": made, "left": left})


@needs(Permission.SIGNED_IN, fresh=True)
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out one other browser, or all of them. Asks for a factor anew, so that whoever sits down at an open browser
    does not put out the one whose account it is."""
    mine = request.session.session_key
    marks = {session.mark: session.pk for session in request.user.sessions.exclude(pk=mine)}
    marked = request.POST.get("session")
    chosen = [marks[marked]] if marked in marks else [] if marked else list(marks.values())
    actions.end_sessions(of=request.user, by=request.user, keys=chosen)
    messages.success(request, "Signed out there." if chosen else "There was nothing to sign out.")
    return redirect("account")


@needs(Permission.SIGNED_IN)
@require_POST
def forget_device(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor on that device again."""
    number = request.POST.get("device", "")
    if number.isdigit():
        actions.forget_device(user=request.user, device_id=int(number))
        messages.success(request, "That device will be asked for a code again.")
    return redirect("account")


@needs(Permission.SIGNED_IN)
def desk(request: HttpRequest) -> HttpResponse:
    """Choose where to work from, for those who work in several places."""
    form = DeskForm(request.POST or None, choices=queries.desks_in_words(request.scope))
    form.fields["desk"].initial = request.scope.places[0].desk if request.scope.places else ""
    if request.method == "POST" and form.is_valid():
        request.session["desk"] = form.cleaned_data["desk"]
        return redirect("/")
    return render(request, "accounts/desk.html", {"form": form})
