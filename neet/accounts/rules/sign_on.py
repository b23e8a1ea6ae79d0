"""Signing in with an account of the council's own: who provides them, and whether what a provider says is believed."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

HERE = frozenset({"127.0.0.1", "localhost"})
LEEWAY = 60
LONGEST_SUBJECT = 255  # OpenID Connect Core 2
TOKEN_OF_THE_LAST = 600
SINGLE = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "AUTHORITY", "DOMAINS", "SECOND_FACTOR")


class Why(StrEnum):
    """Why somebody does not come in. The value stands in the trail."""

    TROUBLE = "trouble"
    LEFT = "left_the_page"
    UNKNOWN = "unknown_person"
    UNVERIFIED = "address_not_confirmed"
    CLOSED = "account_closed"
    ANOTHER = "another_account_there"
    ELSEWHERE = "not_of_that_council"


WORDS: Mapping[Why, str] = {
    Why.TROUBLE: "Something went wrong between us and {name}. Try again. If it happens again, sign in with your "
    "password and tell whoever looks after {name}.",
    Why.LEFT: "You did not finish signing in with {name}.",
    Why.UNKNOWN: "There is no account here for the e-mail address that {name} gave us. Accounts are opened by "
    "invitation: ask the person at your council or school who looks after them.",
    Why.UNVERIFIED: "{name} does not say that the e-mail address is yours, so we cannot take it. Sign in with your "
    "password, or ask whoever looks after {name}.",
    Why.CLOSED: "Your account here is closed. Ask the person at your council or school who looks after accounts.",
    Why.ANOTHER: "Your account here belongs to another {name} than the one you have just used, although the e-mail "
    "address is the same. If you have a new one, sign in with your password and remove the old one on the page of "
    "your account. If you have not, tell whoever looks after accounts.",
    Why.ELSEWHERE: "{name} opens accounts of its own council only, and yours is with another. Sign in with your "
    "password.",
}


class NotLetIn(Exception):
    """The sign-on goes no further. `about` is for the log of the installation and names nobody."""

    def __init__(self, why: Why, about: str = "") -> None:
        super().__init__(about or why.value)
        self.why, self.about = why, about


@dataclass(frozen=True, slots=True)
class Provider:
    """Who signs people in for us. `second_factor`: values of `amr` or `acr` by which it says that it asked for a second
    factor (none: we ask ourselves). `domains`: addresses it gives out itself, and the only ones it may speak for.
    """

    slug: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    authority: str = ""
    domains: frozenset[str] = frozenset()
    second_factor: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider says of whoever signed in there."""

    subject: str
    email: str
    is_verified: bool
    second_factor: bool
    signed_in_at: int | None


def providers_from(environment: Mapping[str, str]) -> dict[str, Provider]:
    """The providers of the settings: SIGN_ON as JSON for several, or SIGN_ON_ISSUER and its like for one. Raises
    ValueError with what is wrong."""
    if text := environment.get("SIGN_ON", ""):
        entries = json.loads(text)
    elif environment.get("SIGN_ON_ISSUER"):
        one = {name.lower(): environment.get(f"SIGN_ON_{name}", "") for name in SINGLE}
        entries = [{"slug": "council", **{name: value for name, value in one.items() if value}}]
    else:
        entries = []
    return {each.slug: each for each in map(provider_from, entries)}


def provider_from(entry: Mapping[str, Any]) -> Provider:
    many = {name: frozenset(_listed(entry.get(name, ""))) for name in ("domains", "second_factor")}
    one = {name: str(value) for name, value in entry.items() if name not in many}
    try:
        made = Provider(**{"name": "Council account", **one, **many})  # type: ignore[arg-type]  # names checked here
    except TypeError as wrong:
        raise ValueError(f"SIGN_ON: {wrong}") from None
    if not made.slug.isidentifier():
        raise ValueError("SIGN_ON: a slug is made of letters, figures and _")
    if not is_safe(made.issuer) or made.issuer.endswith("/.well-known/openid-configuration"):
        raise ValueError(
            f"SIGN_ON: the issuer must be an https address as the provider states it: {made.issuer}"
        )
    return made


def _listed(value: Any) -> list[str]:
    found = value.split(",") if isinstance(value, str) else list(value)
    return [str(each).strip() for each in found if str(each).strip()]


def is_safe(url: str) -> bool:
    """Encrypted on its way, or to this very machine."""
    parts = urlsplit(url)
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in HERE
    )


def believed(claims: Mapping[str, Any], provider: Provider, nonce: str, now: int) -> Said:
    """What the claims of a token say whose signature, issuer, audience and expiry hold already (OpenID Connect Core
    3.1.3.7). Raises NotLetIn where it is for another client, of another request, or old."""
    if not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
        raise NotLetIn(Why.TROUBLE, "nonce")
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", provider.client_id) != provider.client_id or (
        len(audience) > 1 and "azp" not in claims
    ):
        raise NotLetIn(Why.TROUBLE, "authorised party")
    if not -LEEWAY <= now - int(claims["iat"]) <= TOKEN_OF_THE_LAST:
        raise NotLetIn(Why.TROUBLE, "issued long ago")
    if not 0 < len(str(claims["sub"])) <= LONGEST_SUBJECT:
        raise NotLetIn(Why.TROUBLE, "subject")
    email = str(claims.get("email") or "").strip().lower()
    amr = claims.get("amr")
    said = [*(_listed(amr) if isinstance(amr, list | str) else []), str(claims.get("acr") or "")]
    signed_in_at = claims.get("auth_time")
    return Said(
        subject=str(claims["sub"]),
        email=email,
        is_verified=_speaks_for(provider, email, claims.get("email_verified")),
        second_factor=not provider.second_factor.isdisjoint(said),
        signed_in_at=signed_in_at if isinstance(signed_in_at, int) else None,
    )


def _speaks_for(provider: Provider, email: str, stated: Any) -> bool:
    """Whether the address is theirs: the provider says so, or says nothing and gives such addresses out itself."""
    domain = email.rpartition("@")[2]
    if not email or (provider.domains and domain not in provider.domains):
        return False
    return stated is True or (stated is None and bool(provider.domains))


def is_again(said: Said, asked_at: int) -> bool:
    """Whether they signed in there anew since we asked, second factor included."""
    return said.second_factor and said.signed_in_at is not None and said.signed_in_at >= asked_at - LEEWAY
