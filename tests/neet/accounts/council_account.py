"""The real provider beside the tests, and somebody going there and back without a browser."""

import html
import json
import re
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from neet.accounts.rules.sign_on import Provider
from tests.neet.accounts.openid_provider import CLIENT_ID, CLIENT_SECRET, PASSWORD

SCRIPT = Path(__file__).with_name("openid_provider.py")
PATIENCE = 60


@dataclass
class CouncilAccount:
    """A provider that listens; `say` is what it says from now on of whoever signs in there."""

    process: subprocess.Popen
    address: str

    @property
    def issuer(self) -> str:
        return f"{self.address}/o"

    def say(self, **said: Any) -> None:
        requests.post(f"{self.address}/said/", data=json.dumps(said), timeout=PATIENCE).raise_for_status()

    def entry(self, **more: Any) -> Provider:
        told = {"slug": "council", "name": "Council account", "issuer": self.issuer}
        return Provider(**{**told, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **more})

    def come_back(self, url: str) -> str:
        """Signs in there by name and password: where the provider sends the browser afterwards."""
        with requests.Session() as browser:
            answer = browser.get(url, timeout=PATIENCE)
            hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', answer.text)
            typed = {name: html.unescape(value) for name, value in hidden}
            typed |= {"username": "pat", "password": PASSWORD}
            answer = browser.post(answer.url, data=typed, timeout=PATIENCE, allow_redirects=False)
            while answer.headers["Location"].startswith(("/", self.address)):
                onward_url = requests.compat.urljoin(answer.url, answer.headers["Location"])
                answer = browser.get(onward_url, timeout=PATIENCE, allow_redirects=False)
            return answer.headers["Location"]

    def signed_in(self, client: Client, onward: str = "/account/") -> HttpResponse:
        """There and back: what we answer to whoever comes back."""
        begun = client.get(reverse("begin_sign_on", args=["council"]), {"next": onward})
        assert begun.status_code == 302, begun.content.decode()
        back = urlsplit(self.come_back(begun.url))
        return client.get(f"{back.path}?{back.query}")


def started(folder: Path) -> CouncilAccount:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(SCRIPT), str(folder), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return CouncilAccount(process, f"http://127.0.0.1:{port}")


def asked_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
