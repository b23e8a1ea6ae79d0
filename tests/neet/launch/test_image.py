"""The image and what is started from it: without root rights, nothing to write to, asked whether it serves."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import yaml

from neet.launch.healthy import says_ready
from neet.launch.places import ROOT

IMAGE = (ROOT / "Dockerfile").read_text()
OURS = ("prepare", "web", "worker-small", "worker-large", "beat")


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_image_ends_without_root_rights_and_asks_whether_it_serves() -> None:
    last = IMAGE[IMAGE.rindex("\nFROM ") :]

    assert re.search(r"^USER neet$", last, re.MULTILINE)
    assert last.index("USER neet") > max(last.index("COPY"), last.index("RUN"))
    assert '"neet.launch.healthy"' in last


def test_what_the_image_copies_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE, re.MULTILINE)

    assert copied
    assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", OURS)
def test_each_program_may_write_nowhere_but_where_it_must(composed: dict[str, Any], name: str) -> None:
    program = composed["services"][name]

    assert program["read_only"] is True
    assert program["cap_drop"] == ["ALL"]
    assert program["security_opt"] == ["no-new-privileges:true"]
    assert program["volumes"] == ["files:/var/lib/neet"]


def test_programs_wait_for_what_exists_and_name_volumes_that_are_declared(composed: dict[str, Any]) -> None:
    programs = composed["services"]
    waited = {other for one in programs.values() for other in one.get("depends_on", {})}
    named = {place.split(":")[0] for one in programs.values() for place in one.get("volumes", [])}

    assert waited <= set(programs)
    assert {name for name in named if not name.startswith("./")} == set(composed["volumes"])
    assert [name for name in named if name.startswith("./") and not (ROOT / name).is_file()] == []


def test_only_the_step_that_makes_tables_knows_the_owner(composed: dict[str, Any]) -> None:
    knowing = {
        name for name in OURS if "OWNER_DATABASE_URL" in composed["services"][name].get("environment", {})
    }

    assert knowing == {"prepare"}


class Web(BaseHTTPRequestHandler):
    """Serves one name over https alone, as ours does behind its proxy."""

    def do_GET(self) -> None:
        asked = (self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"])
        self.send_response(200 if asked == ("/ready", "neet.example.gov.uk", "https") else 503)
        self.end_headers()

    def log_message(self, *said: object) -> None:
        """Nothing is said of requests."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Web) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_health_is_asked_for_our_first_name_as_the_proxy_asks(address: str) -> None:
    assert says_ready(address, "neet.example.gov.uk,other.example.gov.uk")
    assert says_ready(address, ".neet.example.gov.uk")
    assert not says_ready(address, "other.example.gov.uk")


def test_a_server_that_is_not_there_is_not_healthy() -> None:
    assert not says_ready("http://127.0.0.1:9", "localhost")
