"""A real OpenID provider, run beside the tests: Django OAuth Toolkit in a process of its own. What it says of whom, and
where it lies, is posted to /said/ by the test.

    python openid_provider.py <folder> <port>
"""

import json
import os
import sys
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

CLIENT_ID, CLIENT_SECRET, PASSWORD = "neet", "a secret: with/marks & more", "a long enough password"
SAID: dict[str, Any] = {"email": "", "email_verified": True, "amr": ["pwd"], "mischief": ""}


def configure(folder: Path, port: int) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="provider",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "provider.sqlite3",
                "OPTIONS": {"init_command": "PRAGMA synchronous=OFF"},
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN})]
                },
            }
        ],
        SESSION_COOKIE_NAME="provider",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        LOGIN_URL="/login/",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OIDC_RSA_PRIVATE_KEY": key.decode(),
            "SCOPES": {"openid": "", "email": "", "profile": ""},
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
            "PKCE_REQUIRED": True,
            "ALLOW_LOCALHOST_LOOPBACK": True,
        },
    )


LOGIN = """<!doctype html><html lang="en"><title>Council account</title><form method="post">{% csrf_token %}
<label>Name <input name="username"></label><label>Password <input type="password" name="password"></label>
<input type="hidden" name="next" value="{{ next }}"><button>Sign in there</button></form></html>"""


def mended(token: str, mischief: str, request: Any) -> str:
    """The token as a provider that lies, errs or is not the one we know would send it."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric import rsa

    claims = jwt.decode(token, options={"verify_signature": False})
    claims |= {"sub": SAID.get("sub", claims["sub"]), "auth_time": int(time.time())}
    claims |= {
        "wrong audience": {"aud": "another client"},
        "another client's": {"aud": [CLIENT_ID, "another client"], "azp": "another client"},
        "expired": {"exp": int(time.time()) - 600},
        "issued long ago": {"iat": int(time.time()) - 7200},
        "wrong issuer": {"iss": "https://elsewhere.example"},
        "wrong nonce": {"nonce": "of another day"},
        "not anew": {"auth_time": int(time.time()) - 7200},
    }.get(mischief, {})
    if mischief == "no subject":
        del claims["sub"]
    if mischief == "unsigned":
        return jwt.encode(claims, None, algorithm="none")
    named = {"kid": request.client.jwk_key.thumbprint()}
    if mischief == "signed by what is public":
        return jwt.encode(claims, CLIENT_SECRET.ljust(32), algorithm="HS256", headers=named)
    key = request.client.jwk_key.export_to_pem(private_key=True, password=None)
    if mischief == "signed by somebody else":
        key = rsa.generate_private_key(65537, 2048)
    return jwt.encode(claims, key, algorithm="RS256", headers=named)


def main(folder: Path, port: int) -> None:
    global Validator, urlpatterns
    sys.modules["openid_provider"] = sys.modules["__main__"]
    globals()["__name__"] = "openid_provider"
    configure(folder, port)
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.contrib.auth.views import LoginView
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse, JsonResponse
    from django.urls import include, path
    from oauth2_provider.models import Application
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Validator(OAuth2Validator):
        oidc_claim_scope = None

        def get_additional_claims(self, request: Any) -> dict[str, Any]:
            return {
                name: SAID[name] for name in ("email", "email_verified", "amr") if SAID.get(name) is not None
            }

        def finalize_id_token(self, id_token: Any, token: Any, token_handler: Any, request: Any) -> str:
            made = super().finalize_id_token(id_token, token, token_handler, request)
            return mended(made, SAID["mischief"], request)

    def said(request: Any) -> HttpResponse:
        SAID.pop("sub", None)
        SAID.update({"mischief": "", "amr": ["pwd"], "email_verified": True, **json.loads(request.body)})
        return JsonResponse(SAID)

    call_command("migrate", verbosity=0)
    User.objects.create_user("pat", password=PASSWORD)
    Application.objects.create(
        name="NEET",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        algorithm="RS256",
        skip_authorization=True,
        redirect_uris="http://127.0.0.1/sign-in/with/council/back/ http://localhost/sign-in/with/council/back/",
    )
    urlpatterns = [
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        path("login/", LoginView.as_view()),
        path("said/", said),
    ]

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nobody reads along."""

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    server = Server(("127.0.0.1", port), Quiet)
    server.set_app(get_wsgi_application())
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    main(Path(sys.argv[1]), int(sys.argv[2]))
