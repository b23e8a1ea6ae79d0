"""How allauth is bent to this house: nobody signs themselves up, links name the fixed address, the gate is ours."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from neet.accounts.actions import note_first_step, note_signed_in
from neet.accounts.limits import note_reached
from neet.accounts.models import User
from neet.accounts.queries import sign_on_providers
from neet.accounts.second_factor import METHOD, SIGNED_IN_BY
from neet.accounts.secrets import decrypted, encrypted
from neet.audit.actions import note
from neet.audit.kinds import Kind

STILL_OPEN = "You are signed out here. On a shared computer sign out of {name} too."


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and the mails about them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": "Too many tries. Wait ten minutes and try again.",
        "enter_current_password": "Enter your current password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """None: after the password every road leads to our own gate (middleware.require_second_factor)."""
        return []

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a reset, on the address of the settings whatever host the request named."""
        uidb36, _, token = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", args=[uidb36, token])

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Rendered without the request: nothing of its headers reaches a mail."""
        wanted = {"password_reset_url": context.get("password_reset_url"), "base_url": settings.BASE_URL}
        self.render_mail(template_prefix, email, wanted).send()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note_reached(request, "login_failed")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        note(Kind.SIGN_IN_FAILED, by=None, why="password")

    def login(self, request: HttpRequest, user: User) -> None:
        """In by a password, or by a passkey that is both factors at once: the trail says which."""
        super().login(request, user)
        last = (get_authentication_records(request, user) or [{}])[-1]
        if last.get("method") == METHOD:
            note_signed_in(user=user, kind=f"{last.get('type')} alone")
        else:
            note_first_step(user=user, kind=str(last.get("method", "")))

    def logout(self, request: HttpRequest) -> None:
        """Out of here; whoever came in with an account elsewhere is told that it is still open there."""
        found = sign_on_providers().get(request.session.get(SIGNED_IN_BY, ""))
        person = request.user if isinstance(request.user, User) else None
        super().logout(request)
        note(Kind.SIGNED_OUT, by=person)
        if found is not None:
            messages.info(request, STILL_OPEN.format(name=found.name))

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session and forgets every device; the second factor stays."""
        super().set_password(user, password)
        user.sessions.exclude(session_key=self.request.session.session_key or "").delete()
        user.devices.all().delete()
        note(Kind.PASSWORD_CHANGED, by=user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address; what a proxy adds is believed only for as many proxies as the settings name."""
        count = settings.TRUSTED_PROXIES
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        return hops[-count] if count and len(hops) >= count else request.META.get("REMOTE_ADDR", "")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and passkeys."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. Check that the telephone's clock is right and take the newest code.",
    }

    def encrypt(self, text: str) -> str:
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypted(encrypted_text)

    def get_totp_issuer(self) -> str:
        return settings.COUNCIL_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.BASE_URL).hostname or "localhost", "name": settings.COUNCIL_NAME}

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return "This device"
