"""bin/run: the whole system on this machine, until Ctrl-C.

PostgreSQL and Valkey (unless DATABASE_URL and REDIS_URL name others), the web, two workers and the timer.
"""

import argparse
import os
import signal
import socket
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException

from neet.launch.places import VAR, var
from neet.launch.postgres import OWNER, Postgres
from neet.launch.processes import end_quietly_on_signals, locked
from neet.launch.services import cluster_folder, forget, prepare, record, running, started_by_us
from neet.launch.supervisor import Program, Supervisor
from neet.launch.valkey import Valkey

ANSWERS_WITHIN = 180  # seconds; a busy machine takes a minute to import it all
LOOK_EVERY = 0.2
LONGEST_LOG = 20_000_000
WAITING = 1_024  # who may wait to be asked in


def main() -> int:
    """Start everything, say where it is, look after it, end everything."""
    options = arguments()
    host, port = address(os.environ.get("BIND", "127.0.0.1:8000"))
    end_quietly_on_signals()
    shorten_logs()
    with locked(var() / "run.lock", wait=False) as alone:
        if not alone:
            return refuse_a_second(running())
        if taken := why_taken(host, port):
            print(taken, file=sys.stderr)
            return 1
        supervisor = Supervisor()
        try:
            serve(supervisor, host, port, empty=options.empty)
        except KeyboardInterrupt:
            pass
        finally:
            for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(sign, signal.SIG_IGN)
            forget()
            supervisor.stop()
            print("Stopped.", flush=True)
    return 0


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    asked = argparse.ArgumentParser(prog="bin/run", description="Run the whole system on this machine.")
    asked.add_argument("--empty", action="store_true", help="start without the demonstration")
    return asked.parse_args()


def shorten_logs() -> None:
    """Keep the log before last of a long-running installation, not all of them."""
    for log in (var() / "log").glob("*.log"):
        if log.stat().st_size > LONGEST_LOG:
            log.rename(log.with_suffix(".log.1"))


def address(bind: str) -> tuple[str, int]:
    """Host and port of `host:port`."""
    host, _, port = bind.rpartition(":")
    if not port.isdigit() or not host:
        raise SystemExit(f"BIND is {bind!r}; it must look like 127.0.0.1:8000.")
    return host, int(port)


def refuse_a_second(other: object) -> int:
    """One installation per folder: say where the first one is."""
    where = getattr(other, "address", "") or "it is still starting"
    print(f"This installation is already running: {where}", file=sys.stderr)
    return 1


def family(host: str) -> socket.AddressFamily:
    """Which kind of address this is."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def why_taken(host: str, port: int) -> str:
    """Why we cannot serve there, in words; empty when we can."""
    with socket.socket(family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as problem:
            hint = f"BIND={host}:{port + 1} bin/run"
            return (
                f"Cannot serve at {host}:{port}: {problem.strerror}. Choose another port, for example {hint}"
            )
    return ""


def serve(supervisor: Supervisor, host: str, port: int, *, empty: bool) -> None:
    """Start the services in order; the address is printed as soon as the sign-in page answers."""
    began = time.monotonic()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "neet.settings",
        "BASE_URL": f"http://{host}:{port}",
    }
    environment |= start_services(supervisor, f"http://{host}:{port}/")
    demonstration = make_ready(environment, empty=empty)
    environment.pop("OWNER_DATABASE_URL", None)
    environment["DEMO"] = "1" if demonstration else "0"
    supervisor.start(web(environment, listening(host, port)))
    wait_for_answer(supervisor, host, port)
    print(
        f"Ready after {time.monotonic() - began:.0f} s: http://{host}:{port}/   (Ctrl-C stops it)", flush=True
    )
    for program in background(environment):
        supervisor.start(program)
    while True:
        supervisor.look()
        time.sleep(LOOK_EVERY)


def start_services(supervisor: Supervisor, where: str) -> dict[str, str]:
    """The database and the doorbell: those of the environment, else our own, recorded for other commands."""
    named: dict[str, str] = {}
    if not os.environ.get("REDIS_URL"):
        valkey = Valkey()
        supervisor.start(valkey)
        named["REDIS_URL"] = valkey.url
    if not os.environ.get("DATABASE_URL"):
        with locked(var() / "services.lock"), locked(VAR / "services.users"):
            server = Postgres(cluster_folder())
            print("Starting the database ...", flush=True)
            supervisor.start(server)
            record(started_by_us(server, named.get("REDIS_URL", os.environ.get("REDIS_URL", "")), where))
            named |= {"DATABASE_URL": server.url(), "OWNER_DATABASE_URL": server.url(OWNER)}
    return named


def make_ready(environment: dict[str, str], *, empty: bool) -> bool:
    """Tables, reference data, static files, demonstration, in one process; is it a demonstration now?"""
    print("Preparing the database ...", flush=True)
    prepare(environment, *(["--demonstration"] if wants_demonstration(empty) else []))
    return (VAR / "demonstration").exists()


def wants_demonstration(empty: bool) -> bool:
    """`--empty` is remembered: a start without it later does not fill what was left empty on purpose."""
    kept_empty = VAR / "kept-empty"
    if empty:
        var()
        kept_empty.touch()
    return not kept_empty.exists()


def listening(host: str, port: int) -> socket.socket:
    """Where the web is asked; held by us, so that nobody is refused while the web ends and begins anew."""
    try:
        return socket.create_server((host.strip("[]"), port), family=family(host), backlog=WAITING)
    except OSError as problem:
        raise SystemExit(why_taken(host, port) or str(problem)) from problem


def web(environment: dict[str, str], at: socket.socket) -> Program:
    """The web server."""
    bind = f"fd://{at.fileno()}"
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:neet.launch.gunicorn", "--bind", bind]
    return Program("web", [*gunicorn, "neet.wsgi"], environment, patience=20, listening=at)


def background(environment: dict[str, str]) -> list[Program]:
    """A worker for the short jobs, one for the long ones, and the timer that wakes them."""
    celery = [sys.executable, "-m", "celery", "-A", "neet.celery", "--skip-checks"]
    worker = [
        *celery,
        "worker",
        "--loglevel",
        "WARNING",
        "--concurrency",
        "1",
        "--without-gossip",
        "--without-mingle",
    ]
    timer = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", "", "--schedule", str(VAR / "beat")]
    return [
        Program("worker-small", [*worker, "--queues", "small", "--hostname", "small@%h"], environment),
        Program("worker-large", [*worker, "--queues", "large", "--hostname", "large@%h"], environment),
        Program("beat", timer, environment),
    ]


def wait_for_answer(supervisor: Supervisor, host: str, port: int) -> None:
    """Wait until the web answers; a web that cannot start says so with the end of its log."""
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline:
        here = "127.0.0.1" if host == "0.0.0.0" else host
        with suppress(OSError, HTTPException), closing(HTTPConnection(here, port, timeout=10)) as asked:
            asked.request("GET", "/health", headers={"Host": "127.0.0.1"})
            if asked.getresponse().status == 200:
                return
        supervisor.look()
        time.sleep(LOOK_EVERY)
    raise SystemExit(f"The web did not answer within {ANSWERS_WITHIN} s: see {VAR / 'log' / 'web.log'}")


if __name__ == "__main__":
    sys.exit(main())
