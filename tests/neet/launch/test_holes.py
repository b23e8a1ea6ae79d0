"""No package that serves has a published hole for longer than the page on safety allows."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from neet.launch.holes import MENDED_WITHIN, NotAnswered, asked, overdue
from neet.launch.places import ROOT

NOW = datetime.now(UTC)


def hole(name: str, published: datetime) -> dict[str, Any]:
    """One in the form in which public lists write it (OSV 1.6)."""
    when = published.isoformat().replace("+00:00", "Z")
    return {"id": f"HOLE-{name}", "modified": when, "published": when, "summary": "A hole", "affected": []}


HOLES = {
    "pillow": hole("pillow", NOW - MENDED_WITHIN - timedelta(hours=1)),
    "django": hole("django", NOW - timedelta(hours=1)),
}


class List(BaseHTTPRequestHandler):
    """A list of two holes that answers as the public one does."""

    sent: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        type(self).sent = queries
        known = [HOLES.get(each["package"]["name"]) for each in queries]
        self.answer(
            {
                "results": [
                    {"vulns": [{"id": it["id"], "modified": it["modified"]}]} if it else {} for it in known
                ]
            }
        )

    def do_GET(self) -> None:
        self.answer(HOLES[self.path.rpartition("HOLE-")[2]])

    def answer(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing between the lines of the tests."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), List)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_hole_is_found_and_overdue_once_its_time_is_over(address: str) -> None:
    """uv itself asks a list of ours: every package that serves is asked about, by name and version alone."""
    answer = asked(address)

    lock = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    assert {each["package"]["name"] for each in List.sent} >= {"django", "pillow", "psycopg", "openpyxl"}
    assert all(set(each) == {"package", "version"} for each in List.sent)
    assert {(each["package"]["name"], each["version"]) for each in List.sent} <= {
        (each["name"], each.get("version")) for each in lock
    }
    assert {each["display_id"] for each in answer["vulnerabilities"]} == {"HOLE-pillow", "HOLE-django"}
    assert [line.partition(" ")[0] for line in overdue(answer, NOW)] == ["pillow"]
    assert len(overdue(answer, NOW + MENDED_WITHIN)) == 2


def test_a_list_that_does_not_answer_is_not_a_good_answer() -> None:
    with pytest.raises(NotAnswered):
        asked("http://127.0.0.1:1")


def test_the_time_allowed_is_the_one_on_the_page() -> None:
    page = (ROOT / "docs" / "security.md").read_text()

    assert re.search(r"^\| used by somebody already, or reachable.+\| (\d+) days \|$", page, re.MULTILINE)[
        1
    ] == str(MENDED_WITHIN.days)


@pytest.mark.assure
def test_no_package_that_serves_has_a_hole_known_for_longer_than_we_allow() -> None:
    try:
        answer = asked()
    except NotAnswered as why:
        pytest.skip(f"the public list of holes does not answer from here: {str(why).splitlines()[0]}")

    assert answer["summary"]["audited_packages"] > 100
    assert overdue(answer, datetime.now(UTC)) == []
