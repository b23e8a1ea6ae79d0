"""What happens to accounts: second factors, devices, sessions, closing, and the mark of a demonstration."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from neet import clock
from neet.accounts.models import (
    DEMONSTRATION_DOMAIN,
    Device,
    Installation,
    MailboxCode,
    RecoveryCode,
    SignOn,
    User,
)
from neet.accounts.queries import is_of_authority
from neet.accounts.rules import codes
from neet.accounts.rules.sign_on import NotLetIn, Provider, Said, Why
from neet.accounts.secrets import decrypted, digest, encrypted, is_locked_as_today, new_token
from neet.audit.actions import note, recorded
from neet.audit.kinds import Kind
from neet.jobs.actions import cancel_all_of

MAILBOX_CODE_FOR = timedelta(minutes=10)
MAILBOX_CODE_TRIES = 5
RECOVERY_CODES = 10
DEVICE_FOR = timedelta(days=30)


class NotEmpty(Exception):
    """There are accounts here already: a demonstration is only made in an empty installation."""


# --- the second factor -------------------------------------------------------------------------------------------


def use_code(*, user: User, code: str, asked_by: str = "") -> str:
    """Spend a code: its kind ("totp", "mailbox", "recovery"), or "" for one that is wrong, old or spent. A code from
    the mailbox is good in the browser that asked for it alone: `asked_by` is what that browser's session holds."""
    typed = codes.tidy(code)
    if not typed.isdigit():
        return "recovery" if _use_recovery_code(user, typed) else ""
    if _use_app_code(user, typed):
        return "totp"
    return "mailbox" if asked_by and _use_mailbox_code(user, typed, asked_by) else ""


@transaction.atomic
def _use_app_code(user: User, typed: str) -> bool:
    app = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is None:
        return False
    moment = clock.now().timestamp()
    step = codes.matching_step(
        decrypted(app.data["secret"]), typed, moment, after=app.data.get("last_step", 0)
    )
    if step is None:
        return False
    app.data["last_step"], app.last_used_at = step, clock.now()
    app.save(update_fields=["data", "last_used_at"])
    return True


@transaction.atomic
def _use_mailbox_code(user: User, typed: str, asked_by: str) -> bool:
    open_codes = MailboxCode.objects.filter(
        user=user, used_at=None, sent_at__gt=clock.now() - MAILBOX_CODE_FOR
    )
    sent = open_codes.select_for_update().first()
    if sent is None or sent.tries >= MAILBOX_CODE_TRIES:
        return False
    sent.tries += 1
    right = sent.code_hash == _mailbox_digest(user, typed, asked_by)
    sent.used_at = clock.now() if right else None
    sent.save(update_fields=["tries", "used_at"])
    return right


@transaction.atomic
def _use_recovery_code(user: User, typed: str) -> bool:
    for kept in RecoveryCode.objects.select_for_update().filter(user=user, used_at=None):
        if check_password(typed, kept.code_hash):
            kept.used_at = clock.now()
            kept.save(update_fields=["used_at"])
            return True
    return False


def _mailbox_digest(user: User, code: str, asked_by: str) -> str:
    return digest(code, about=f"mailbox {user.pk} {asked_by}")


def send_mailbox_code(*, user: User) -> str:
    """Send a new code to the person's own mailbox; older ones are worth nothing from now on. Gives what the session of
    the browser that asked keeps: nowhere else is the code worth anything."""
    code, asked_by = codes.mailbox_code(), new_token()
    with transaction.atomic():
        MailboxCode.objects.filter(user=user, used_at=None).update(used_at=clock.now())
        MailboxCode.objects.create(user=user, code_hash=_mailbox_digest(user, code, asked_by))
    text = render_to_string("accounts/email/mailbox_code.txt", {"code": code})
    send_mail("Your sign-in code", text, None, [user.email])
    return asked_by


def make_recovery_codes(*, user: User) -> list[str]:
    """Ten new codes to print, shown this once; the old ones are worth nothing from now on."""
    made = [codes.recovery_code() for _ in range(RECOVERY_CODES)]
    with recorded(Kind.RECOVERY_CODES_MADE, by=user):
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            [RecoveryCode(user=user, code_hash=make_password(codes.tidy(code))) for code in made]
        )
    return made


def add_app(*, user: User, secret: str) -> None:
    """Give an account an authenticator app by its secret (base32)."""
    with recorded(Kind.SECOND_FACTOR_ADDED, by=user):
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": encrypted(secret)}
        )


def lock_seeds_anew() -> int:
    """Lock every seed of an app with the key and the method of today, so that an earlier key can be forgotten; says how
    many were locked otherwise. All of them or none. Raises CannotOpen for one that no key opens any more."""
    changed = 0
    with recorded(Kind.SECRETS_LOCKED_ANEW, by=None) as event:
        for app in Authenticator.objects.select_for_update().filter(type=Authenticator.Type.TOTP):
            if not is_locked_as_today(app.data["secret"]):
                app.data["secret"] = encrypted(decrypted(app.data["secret"]))
                app.save(update_fields=["data"])
                changed += 1
        event.counts["seeds"] = changed
    return changed


def key_was_added(*, user: User, kind: str) -> None:
    """A new app or passkey stands; the code an app was added with is used up by it."""
    with recorded(Kind.SECOND_FACTOR_ADDED, by=user, why=kind):
        app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if app and "last_step" not in app.data:
            app.data["last_step"] = int(clock.now().timestamp()) // codes.STEP_SECONDS + 1
            app.save(update_fields=["data"])


def take_second_factor_away(*, user: User, by: User, why: str) -> None:
    """For somebody who lost theirs: apps, passkeys, printed codes and remembered devices are worth nothing from now on,
    and whoever is signed in is out. With the password and a code from their mailbox they add a new one. `why` says who
    asked and how they were known (V6.4.4)."""
    with recorded(Kind.SECOND_FACTOR_REMOVED, by=by, why=why, counts={"account": user.pk}):
        Authenticator.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        user.devices.all().delete()
        user.mailbox_codes.all().delete()
        user.sessions.all().delete()


def remember_device(*, user: User, browser: str) -> str:
    """A token for the browser's cookie, by which it is known for thirty days."""
    token = new_token()
    with recorded(Kind.DEVICE_REMEMBERED, by=user):
        Device.objects.create(
            user=user,
            token_hash=digest(token, about="device"),
            password_mark=digest(user.password, about="device password"),
            browser=browser,
            until=clock.now() + DEVICE_FOR,
        )
    return token


def forget_device(*, user: User, device_id: int) -> None:
    with recorded(Kind.SESSION_ENDED, by=user):
        user.devices.filter(pk=device_id).delete()


# --- sessions and accounts ---------------------------------------------------------------------------------------


def end_sessions(*, of: User, by: User | None, keys: list[str]) -> None:
    """Sign these browsers of theirs out at once."""
    with recorded(Kind.SESSION_ENDED, by=by, counts={"sessions": len(keys)}):
        of.sessions.filter(pk__in=keys).delete()


def deactivate(*, user: User, by: User | None, why: str = "") -> None:
    """Close an account: sessions, devices, codes and running work end in the same moment. What they did stays."""
    with recorded(Kind.ACCOUNT_DEACTIVATED, by=by, why=why, counts={"account": user.pk}):
        user.is_active = False
        user.save(update_fields=["is_active"])
        user.sessions.all().delete()
        user.devices.all().delete()
        user.mailbox_codes.all().delete()
        cancel_all_of(owner=user)


def reactivate(*, user: User, by: User | None, why: str = "") -> None:
    """Open a closed account again; the second factor stays what it was."""
    with recorded(Kind.ACCOUNT_REACTIVATED, by=by, why=why, counts={"account": user.pk}):
        user.is_active = True
        user.save(update_fields=["is_active"])


def create_account(*, email: str, name: str, password: str | None, by: User | None) -> User:
    """A new account, which may do nothing until it has a membership somewhere."""
    with recorded(Kind.ACCOUNT_CREATED, by=by) as event:
        user = User.objects.create_user(email, password, name=name)
        event.counts["account"] = user.pk
    return user


# --- signing in with an account elsewhere ------------------------------------------------------------------------


@transaction.atomic
def let_in_by(*, provider: Provider, said: Said) -> User:
    """Whom an account elsewhere opens here: who it was linked to, else the one invited person with the address that
    the provider confirms, linked to it from now on. Raises NotLetIn for everybody else: there is no other way to an
    account than an invitation, and a closed one stays closed whoever vouches (CVE-2016-4427)."""
    held = SignOn.objects.select_for_update(of=("self",)).select_related("user")
    link = held.filter(issuer=provider.issuer, subject=said.subject).first()
    user = link.user if link else _invited(provider, said)
    if not user.is_active:
        raise NotLetIn(Why.CLOSED)
    if user.email.endswith(f"@{DEMONSTRATION_DOMAIN}"):
        raise NotLetIn(Why.UNKNOWN)
    if provider.authority and not is_of_authority(user, provider.authority):
        raise NotLetIn(Why.ELSEWHERE)
    if link is None:
        link = _linked(user, provider, said)
    SignOn.objects.filter(pk=link.pk).update(used_at=clock.now())
    return user


def _invited(provider: Provider, said: Said) -> User:
    if not said.is_verified:
        raise NotLetIn(Why.UNVERIFIED)
    user = User.objects.select_for_update().filter(email=said.email).first()
    if user is None:
        raise NotLetIn(Why.UNKNOWN)
    if user.sign_ons.filter(issuer=provider.issuer).exists():
        raise NotLetIn(Why.ANOTHER)
    return user


def _linked(user: User, provider: Provider, said: Said) -> SignOn:
    with recorded(Kind.SIGN_ON_LINKED, by=user, why=provider.slug):
        return SignOn.objects.create(user=user, issuer=provider.issuer, subject=said.subject)


def forget_sign_on(*, user: User, sign_on_id: int) -> None:
    """The account elsewhere is theirs no more; the next one with their confirmed address may take its place."""
    with recorded(Kind.SIGN_ON_FORGOTTEN, by=user):
        user.sign_ons.filter(pk=sign_on_id).delete()


def note_not_let_in(*, why: Why) -> None:
    note(Kind.SIGN_ON_REFUSED, by=None, why=why)


# --- the demonstration -------------------------------------------------------------------------------------------


def mark_as_demonstration() -> None:
    """Mark this installation as a demonstration, for good. Raises NotEmpty where anybody has an account."""
    with transaction.atomic():
        if User.objects.exists():
            raise NotEmpty("There are accounts here already; a demonstration needs an empty installation.")
        Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})


def create_demonstration_account(*, slug: str, name: str) -> User:
    """An account anybody may step into from the demonstration page; nowhere else and never with a password."""
    if not Installation.objects.filter(is_demonstration=True).exists():
        raise PermissionError("This is not a demonstration.")
    return create_account(email=f"{slug}@{DEMONSTRATION_DOMAIN}", name=name, password=None, by=None)


# --- what signing in leaves in the trail -------------------------------------------------------------------------


def note_first_step(*, user: User, kind: str) -> None:
    """A password, or an account elsewhere, was right; the second factor is still to come."""
    note(Kind.FIRST_STEP_TAKEN, by=user, why=kind)


def note_signed_in(*, user: User, kind: str) -> None:
    """Somebody is in, by this kind of second factor."""
    note(Kind.SIGNED_IN, by=user, why=kind)


def note_shown_again(*, user: User, kind: str) -> None:
    """A second factor was shown once more, before something that matters."""
    note(Kind.SECOND_FACTOR_SHOWN, by=user, why=kind)
