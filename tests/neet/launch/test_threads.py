"""The web server's own process among browsers that are slow to hang up."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from neet.launch.places import ROOT
from neet.launch.processes import stop
from tests.neet.launch.installation import free_port, wait_for

APPLICATION = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Length", "30000")])
    return [b"x" * 30_000]
"""
ANSWER = 30_000


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One process of the web server as the product sets it up, with a page that reads nothing of what is sent."""
    folder, number = tmp_path_factory.mktemp("web"), free_port()
    (folder / "page.py").write_text(APPLICATION)
    asked = ["--config", "python:neet.launch.gunicorn", "--workers", "1", "--bind", f"127.0.0.1:{number}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *asked, "--pythonpath", str(folder), "page"],
        cwd=ROOT,
        start_new_session=True,
    )
    wait_for(lambda: answers(number), "the web answers")
    yield number
    stop(process)


def answers(port: int) -> bool:
    try:
        ask(port).close()
    except OSError:
        return False
    return True


def begin(port: int, sent: bytes = b"") -> socket.socket:
    """Ask for the page; the answer may wait to be read."""
    browser = socket.create_connection(("127.0.0.1", port), timeout=6)
    browser.sendall(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % len(sent) + sent)
    return browser


def ask(port: int, sent: bytes = b"") -> socket.socket:
    """Ask for the page, read it to its end, and do not hang up."""
    browser = begin(port, sent)
    with browser.makefile("rb") as read:
        page = read.read().partition(b"\r\n\r\n")[2]
    if len(page) != ANSWER:
        browser.close()
        raise OSError(f"only {len(page)} bytes came")
    return browser


def test_who_does_not_hang_up_holds_nobody_up(port: int) -> None:
    # Were each of them waited for, two seconds long, the last would ask in vain.
    with ExitStack() as slow:
        for _ in range(8):
            slow.enter_context(begin(port))

        ask(port).close()


def test_what_is_not_read_does_not_cut_the_answer(port: int) -> None:
    for _ in range(20):
        ask(port, b"y" * 200_000).close()


def test_who_never_hangs_up_is_hung_up_on(port: int) -> None:
    with ask(port) as browser:
        wait_for(lambda: hung_up(browser), "the web hangs up", 15)


def hung_up(browser: socket.socket) -> bool:
    try:
        browser.sendall(b"still here")
    except (BrokenPipeError, ConnectionResetError):
        return True
    return False
