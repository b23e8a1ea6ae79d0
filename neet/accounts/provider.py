"""Talking to a provider of sign-on: where it is asked, what it answers, whether the answer is signed by it."""

import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import jwt
import requests

from neet.accounts.rules.sign_on import LEEWAY, NotLetIn, Provider, Said, Why, believed, is_safe

WELL_KNOWN = "/.well-known/openid-configuration"
# Signed by a key of the provider's own: never by a secret both know, never by nobody.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ["iss", "aud", "exp", "iat", "sub"]
WAIT = (3.05, 8)
LARGEST = 256 << 10
SCOPE = "openid email profile"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider is asked, as its own document says."""

    authorize: str
    token: str
    keys: str
    by_header: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """What only this browser's session knows of a sign-on under way."""

    slug: str
    state: str
    nonce: str
    verifier: str
    at: int
    again: bool = False


def discovered(provider: Provider) -> Endpoints:
    """The provider's document, which must name the very issuer of the settings. Raises NotLetIn."""
    document = fetched(provider.issuer.rstrip("/") + WELL_KNOWN)
    if document.get("issuer") != provider.issuer:
        raise NotLetIn(Why.TROUBLE, "the document names another issuer")
    authorize, token, keys = (
        str(document.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    )
    if not all(map(is_safe, (authorize, token, keys))):
        raise NotLetIn(Why.TROUBLE, "the document names an address that is not safe")
    ways = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Endpoints(authorize, token, keys, by_header="client_secret_basic" in ways)


def begin(provider: Provider, come_back: str, *, again: bool) -> tuple[str, Begun]:
    """The address to send the browser to, and what its session keeps. Raises NotLetIn."""
    where = discovered(provider).authorize
    begun = Begun(
        provider.slug,
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(48),
        int(time.time()),
        again,
    )
    challenge = urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": come_back,
        "scope": SCOPE,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if again else {}),
    }
    return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}", begun


def said_by(provider: Provider, code: str, begun: Begun, come_back: str) -> Said:
    """Whom the code stands for, by a token that the provider signed for us. Raises NotLetIn."""
    where = discovered(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": come_back,
        "code_verifier": begun.verifier,
    }
    answer = fetched(where.token, form=form, provider=provider, by_header=where.by_header)
    claims = verified(str(answer.get("id_token", "")), provider, fetched(where.keys))
    return believed(claims, provider, begun.nonce, int(time.time()))


def verified(token: str, provider: Provider, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of a token signed by one of these keys, for us, by this issuer, and not expired by the world's clock.
    Raises NotLetIn."""
    try:
        return jwt.decode(
            token,
            _key(token, keys),
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as wrong:
        raise NotLetIn(Why.TROUBLE, f"token: {type(wrong).__name__}") from None


def _key(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key the token names; the only one where it names none."""
    found = jwt.PyJWKSet.from_dict(dict(keys)).keys
    named = jwt.get_unverified_header(token).get("kid")
    matching = [key for key in found if named in (None, key.key_id)]
    if len(matching) != 1:
        raise jwt.InvalidKeyError("no such key")
    return matching[0]


def fetched(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    provider: Provider | None = None,
    by_header: bool = True,
) -> dict[str, Any]:
    """A JSON object of limited size, in limited time, from that very address. Raises NotLetIn."""
    if not is_safe(url):
        raise NotLetIn(Why.TROUBLE, "an address that is not safe")
    asked: dict[str, Any] = {"timeout": WAIT, "allow_redirects": False, "stream": True}
    if provider is not None:
        named = {"client_id": provider.client_id, "client_secret": provider.client_secret}
        asked["data"] = dict(form or {}) | ({} if by_header else named)
        asked["auth"] = tuple(quote(value, safe="") for value in named.values()) if by_header else None
    try:
        with requests.request("POST" if provider else "GET", url, **asked) as answer:
            content = answer.raw.read(LARGEST + 1, decode_content=True)
            if answer.status_code != requests.codes.ok or len(content) > LARGEST:
                raise NotLetIn(Why.TROUBLE, f"answered {answer.status_code}, {len(content)} bytes")
            found = json.loads(content)
    except (requests.RequestException, OSError, ValueError) as wrong:
        raise NotLetIn(Why.TROUBLE, f"no answer: {type(wrong).__name__}") from None
    if not isinstance(found, dict):
        raise NotLetIn(Why.TROUBLE, "an answer that is no object")
    return found
