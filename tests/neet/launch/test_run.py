"""bin/run with real processes: what dies comes back, what ends leaves nothing, what is in the way is said."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from celery import Celery

from neet.launch.places import ROOT
from neet.logs import LEFT_OUT
from tests.neet.launch.installation import PROGRAMS, Installation, wait_for


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for the tests of this file."""
    one = Installation(tmp_path_factory.mktemp("installation")).with_tables()
    yield one
    one.stop()


@pytest.fixture
def installation(folder: Installation) -> Installation:
    """The installation, running; a test before may have ended it."""
    if folder.exit_code is not None or folder.process is None:
        folder.start()
    wait_for(folder.is_whole, "the installation starts")
    return folder


@pytest.mark.parametrize("program", PROGRAMS)
def test_run_starts_again_what_was_killed(installation: Installation, program: str) -> None:
    killed = installation.main_pid(program)

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: killed not in installation.alive(), f"{program} is dead")
    wait_for(installation.is_whole, f"{program} is back")


def test_run_leaves_no_orphan_of_a_killed_web_server(installation: Installation) -> None:
    before = installation.pids("web")

    os.kill(installation.main_pid("web"), signal.SIGKILL)

    wait_for(lambda: not before & set(installation.alive()), "the old web processes are gone", 5)
    wait_for(installation.is_whole, "the web is back")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_who_comes_while_the_web_begins_anew_is_answered(installation: Installation, sign: int) -> None:
    ended = installation.main_pid("web")
    os.kill(ended, sign)
    wait_for(lambda: ended not in installation.alive(), "the web has ended")

    with ThreadPoolExecutor(8) as browsers:
        told = list(browsers.map(installation.asked, ["/health"] * 8))

    assert told == [200] * 8
    wait_for(installation.is_whole, "the web is back")


def test_manage_finds_the_running_services(installation: Installation) -> None:
    said = manage(
        installation, "shell", "-c", "from django.conf import settings; print(settings.DATABASE_URL)"
    )

    assert str(installation.folder) not in said
    assert said.strip().splitlines()[-1] in (installation.folder / "services.json").read_text()


def test_run_refuses_a_second_start_in_the_same_folder(installation: Installation) -> None:
    second = Installation(installation.folder)

    said, _ = second.start().communicate(timeout=90)

    assert second.exit_code == 1
    assert f"already running: http://127.0.0.1:{installation.port}/" in said
    assert installation.is_whole()


CANARY = "Quillcanary"
HOSTILE = (
    "GET /people/{0}?q={0} HTTP/1.1 {0}\r\nHost: 127.0.0.1\r\n\r\n",
    "G({0} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "GET /{0}/?upn={0} HTTP/1.1\r\nHost: 127.0.0.1\r\n{0} : {0}\r\n\r\n",
    "GET /{0}/?upn={0} HTTP/1.1\r\nHost: {0}_.example\r\nReferer: http://{0}\r\nConnection: close\r\n\r\n",
    "POST /sign-in/?{0} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={0}\r\nContent-Length: 17\r\n\r\nlogin={0}",
)


def test_no_log_holds_what_was_sent_to_web_or_worker(installation: Installation) -> None:
    """Requests that are none, a host that is not ours, and tasks that fail over what they were told."""
    for each in HOSTILE:
        with socket.create_connection(("127.0.0.1", installation.port), timeout=60) as browser:
            browser.sendall(each.format(CANARY).encode())
            assert browser.recv(1024).startswith(b"HTTP/1.1 4")
    redis = json.loads((installation.folder / "services.json").read_text())["redis_url"]
    other = Celery(broker=redis.replace("unix://", "redis+socket://", 1))
    for task in ("neet.jobs.tasks.run_job", "no.such.task"):
        other.send_task(task, args=[CANARY], queue="small", ignore_result=True)

    logs = {each.stem: each for each in (installation.folder / "log").glob("*.log")}
    wait_for(lambda: "ValueError" in logs["worker-small"].read_text(), "the task has failed")
    wait_for(lambda: logs["web"].read_text().count(LEFT_OUT) > 3, "the requests stand in the log")
    assert set(logs) >= {"postgres", "web", "worker-small"}
    for name, log in logs.items():
        assert CANARY.lower() not in log.read_text().lower(), name


def test_run_says_that_a_port_is_taken(tmp_path: Path) -> None:
    one = Installation(tmp_path).with_tables()
    with socket.socket() as other:
        other.bind(("127.0.0.1", one.port))
        other.listen()

        said, _ = one.start().communicate(timeout=90)

    assert one.exit_code == 1
    assert f"Cannot serve at 127.0.0.1:{one.port}" in said
    assert "Traceback" not in said
    assert not one.alive()


def test_run_killed_itself_leaves_nothing_and_starts_again(installation: Installation) -> None:
    installation.stop(signal.SIGKILL)
    wait_for(lambda: not installation.alive(), "everything is gone", 10)

    installation.start()

    wait_for(installation.is_whole, "the installation starts again")


def test_run_ends_everything_when_asked_to(installation: Installation) -> None:
    installation.stop()

    assert installation.exit_code == 0
    assert not installation.alive()
    assert not (installation.folder / "services.json").exists()


def manage(installation: Installation, *command: str) -> str:
    """What a command of manage.py prints."""
    asked = [sys.executable, str(ROOT / "manage.py"), *command]
    done = subprocess.run(asked, env=installation.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
