"""People who sign in, and what their signing in leaves behind."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from neet import clock
from neet.accounts.secrets import digest

DEMONSTRATION_DOMAIN = "demonstration.example"


class UserManager(BaseUserManager["User"]):
    """Makes accounts by e-mail address: the only name anybody signs in with."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person's account. What they may see and do comes from their memberships, not from here."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("full name", max_length=120)
    telephone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    chosen_desk = ""  # kept for the length of a request, see scope.py
    kept_scope: Any = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Session(AbstractBaseSession):
    """A browser that is signed in, with whose it is, so that it can be shown to them and ended."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"session of {self.user_id}"

    @property
    def mark(self) -> str:
        """What a page may carry: the key itself opens the account."""
        return digest(self.session_key, about="session")[:20]


class RecoveryCode(models.Model):
    """A printed code for the day the telephone is lost; kept as its hash, good for once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=200)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class MailboxCode(models.Model):
    """A code sent to the person's own mailbox; kept as its hash, good for ten minutes and five tries."""

    user = models.ForeignKey(User, models.CASCADE, related_name="mailbox_codes")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"mailbox code {self.pk}"


class Device(models.Model):
    """A browser in which the second factor is not asked again for thirty days."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64, unique=True)
    password_mark = models.CharField(max_length=64, help_text="A new password forgets every device.")
    browser = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"device {self.pk}"


class SignOn(models.Model):
    """Whose account elsewhere signs in here: by who issues it and the number it has there, which is never given to
    anybody else. An e-mail address may be."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ons")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["issuer", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="sign_on_subject_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="sign_on_one_an_issuer"),
        ]

    def __str__(self) -> str:
        return f"sign-on {self.pk}"


class Installation(models.Model):
    """What this installation is: one row, made when an empty database was filled with the demonstration."""

    is_demonstration = models.BooleanField(default=False)
    marked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="installation_is_one")]

    def __str__(self) -> str:
        return "demonstration" if self.is_demonstration else "installation"
