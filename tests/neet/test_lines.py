"""With real people nothing starts that others could read, or that everybody can open; and a certificate is checked."""

import datetime
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.mail import get_connection
from notifications_python_client.errors import HTTPError

from neet.accounts.provider import fetched
from neet.accounts.rules.sign_on import NotLetIn
from neet.launch.check import AS_IN_PRODUCTION
from neet.lines import known_credentials, readable_lines
from neet.messages.ways import Parcel, by_notify

SAFE = {
    "DATABASE_URL": "postgresql://neet_app:long-and-random@db.example/neet?sslmode=verify-full",
    "OWNER_DATABASE_URL": "postgresql:///neet?host=/run/postgresql",
    "REDIS_URL": "rediss://:long-and-random@redis.example:6379/0",
    "EMAIL_HOST": "mail.example", "EMAIL_USE_TLS": True, "EMAIL_HOST_PASSWORD": "long-and-random",
    "NOTIFY_URL": "https://notify.example", "CLAMD_ADDRESS": "/run/clamd.sock",
    "SECRET_KEY": "".join(chr(97 + number % 26) for number in range(60)),
}  # fmt: skip


def test_what_is_encrypted_or_stays_on_the_machine_starts() -> None:
    on_the_machine = {
        **SAFE, "DATABASE_URL": "postgresql://neet_app@127.0.0.1/neet", "REDIS_URL": "redis://localhost:6379/0",
        "CLAMD_ADDRESS": "127.0.0.1:3310",
    }  # fmt: skip

    for settings_ in (SAFE, on_the_machine):
        assert [*readable_lines(settings_, ()), *known_credentials(settings_)] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://neet_app@db.example/neet"),
        ("DATABASE_URL", "postgresql://neet_app@db.example/neet?sslmode=require"),
        ("DATABASE_URL", "postgresql://neet_app@/neet?host=db.example"),
        ("OWNER_DATABASE_URL", "postgresql://neet_owner@db.example/neet?sslmode=prefer"),
        ("REDIS_URL", "redis://redis.example:6379/0"),
        ("EMAIL_USE_TLS", False),
        ("NOTIFY_URL", "http://notify.example"),
        ("CLAMD_ADDRESS", "clam.example:3310"),
    ],
)
def test_an_open_line_is_named_and_may_be_vouched_for(name: str, value: Any) -> None:
    changed = {**SAFE, name: value}
    everybody = {"db.example", "redis.example", "mail.example", "notify.example", "clam.example"}

    assert [each.split(":")[0] for each in readable_lines(changed, ())] == [name]
    assert list(readable_lines(changed, everybody)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://neet_app:neet_app@/neet?application_name=example"),
        ("OWNER_DATABASE_URL", "postgresql://someone:Postgres@/neet?application_name=example"),
        ("REDIS_URL", "redis://:changeme@localhost/0"),
        ("EMAIL_HOST_PASSWORD", "password"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "ab" * 40),
    ],
)
def test_a_credential_that_everybody_knows_is_named(name: str, value: str) -> None:
    found = list(known_credentials({**SAFE, name: value}))

    assert len(found) == 1
    assert value not in found[0]


def test_production_does_not_start_with_either(tmp_path: Path) -> None:
    open_to_all = {"DATABASE_URL": "postgresql://neet_app:neet_app@db.invalid/neet", "OWNER_DATABASE_URL": ""}

    def started(**more: str) -> subprocess.CompletedProcess:
        environment = {**os.environ, **AS_IN_PRODUCTION, "VAR_DIR": str(tmp_path), **more}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "neet.settings",
            "OWNER_DATABASE_URL": environment["DATABASE_URL"],
        }
        asked = [sys.executable, "-c", "import neet.settings"]
        return subprocess.run(
            asked, env=environment, cwd=settings.ROOT, capture_output=True, text=True, check=False
        )

    refused = started(**open_to_all)

    assert refused.returncode == 1
    assert "sslmode=verify-full" in refused.stderr
    assert "everybody tries first" in refused.stderr
    assert started().returncode == 0


# --- certificates ----------------------------------------------------------------------------------------------


class Greets(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    """Somebody who answers with a certificate that nobody vouches for; `asked` is what reached them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now.replace(year=now.year + 1)
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    file = tmp_path / "certificate.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Greets)
    server.asked = []  # type: ignore[attr-defined]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_nobody_s_certificate_is_believed(stranger: ThreadingHTTPServer, settings: Any) -> None:
    """Sign-on, Notify: what is known of us does not reach whoever merely answers."""
    address = f"https://localhost:{stranger.server_port}"
    settings.NOTIFY_URL, settings.NOTIFY_TEXT_TEMPLATE = address, "template"
    settings.NOTIFY_API_KEY = f"invented-{UUID(int=1)}-{UUID(int=2)}"

    with pytest.raises(NotLetIn):
        fetched(f"{address}/keys")
    with pytest.raises((HTTPError, requests.RequestException, OSError)):
        by_notify(Parcel("text", "07700 900111", "", "Hello"))

    assert stranger.asked == []  # type: ignore[attr-defined]


def test_a_mail_server_s_certificate_is_asked_for(settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "mail.example", True
    context = get_connection("django.core.mail.backends.smtp.EmailBackend").ssl_context

    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
