"""What people type when they sign in."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from neet.accounts.queries import SecondFactors
from neet.audit.actions import note
from neet.audit.kinds import Kind
from neet.ui.forms import PlainForm, offer

EMAIL = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
WORDS = "Three or four unrelated words work well. At least 12 characters; 15 or more is better."
NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


def plainly(form: forms.Form, **words: tuple[str, str]) -> None:
    """Give the fields of another package's form our label and hint, and leave placeholders out."""
    form.label_suffix = ""
    for name, (label, hint) in words.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}"
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("remember", None)
        self.fields["login"].widget = EMAIL
        plainly(self, login=("E-mail address", ""), password=("Password", ""))
        self.fields["password"].help_text = ""


class ResetForm(allauth.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget = EMAIL
        plainly(self, email=("E-mail address", "The one you sign in with."))

    def save(self, request: HttpRequest, **options: Any) -> str:
        """An address without an account gets a mail too: nobody can tell the two apart by waiting."""
        email = self.cleaned_data["email"]
        note(Kind.PASSWORD_RESET_ASKED, by=None)
        if not self.users:
            get_adapter(request).send_mail("account/email/unknown_account", email, {})
            return email
        return super().save(request, **options)


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    """A new password by the link."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plainly(self, password1=("New password", WORDS), password2=("New password again", ""))


class ChangePasswordForm(allauth.ChangePasswordForm):
    """A new password by the old one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plainly(
            self,
            oldpassword=("Current password", ""),
            password1=("New password", WORDS),
            password2=("New password again", ""),
        )


class AppForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plainly(self, code=("The six-digit code the app shows", ""))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10"}


NO_PASSKEY = "That passkey did not work. Try again, or sign in another way."
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)  # as the library meets what no browser sends


class PasskeyAloneForm(LoginWebAuthnForm):
    """Signing in by a passkey and nothing else."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except UNREADABLE as wrong:
            raise ValidationError(NO_PASSKEY) from wrong


class PasskeyAgainForm(ReauthenticateWebAuthnForm):
    """A passkey as the second factor."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except UNREADABLE as wrong:
            raise ValidationError(NO_PASSKEY) from wrong


class PasskeyForm(AddWebAuthnForm):
    """A new passkey."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plainly(self, name=("What to call it", "For instance: office computer"))
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = "I can unlock it with a PIN, a finger or my face"
        self.fields["passwordless"].help_text = "You can then sign in with it alone, without the password."

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except UNREADABLE as wrong:
            raise ValidationError(NO_PASSKEY) from wrong


class CodeForm(PlainForm):
    """One box for every kind of code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "govuk-input--width-10"}),
    )
    remember = forms.BooleanField(
        label="Do not ask again on this device for 30 days",
        required=False,
        help_text="Not on a shared computer.",
    )

    def __init__(self, *args: Any, may_remember: bool, hint: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].help_text = hint
        if not may_remember:
            del self.fields["remember"]


def where_from(factors: SecondFactors, *, sent: bool) -> str:
    """Where this person finds a code: only what they have is named."""
    held = (
        ("our e-mail", sent),
        ("your authenticator app", factors.app),
        ("your printed codes", factors.recovery_codes),
    )
    return f"From {' or '.join(words for words, is_held in held if is_held)}."


class DeskForm(PlainForm):
    """Where somebody with several places works from now."""

    desk = forms.ChoiceField(label="Where do you want to work?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "desk", choices)
