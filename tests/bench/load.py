"""A county's installation, started as people start it, asked 25 times a second by its officers while twenty schools'
returns are on their way at any moment; locust counts, on the same two cores.

Prints every page's times, and how much of what was asked came through. Any error fails the run. Seconds: LOAD_SECONDS
(180), after LOAD_WARM (60). LOAD_WRONG=cuts cuts every connection of pages and workers again and again, =ends asks the
web to end; then pages may fail, but no note that somebody was told is saved may be missing, and no answer be half.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench._load_wrong import HALF, Broken, broken, going_wrong, lost
from tests.bench._measuring import ROOT, Figure, report
from tests.neet.launch.installation import Installation, wait_for

RATE, SENDERS = float(os.environ.get("LOAD_RATE", "25")), int(os.environ.get("LOAD_SENDERS", "20"))
SECONDS, WARM = int(os.environ.get("LOAD_SECONDS", "180")), int(os.environ.get("LOAD_WARM", "60"))
SIZE, WRONG = os.environ.get("LOAD_SIZE", "county"), os.environ.get("LOAD_WRONG", "")
AIM = 500  # milliseconds that 95 of 100 answers stay under: the register, a search, a person's page, a contact saved
AIMED_AT = ("the register", "a search", "a person's page", "a contact saved")
ALL = "Aggregated"
JOB = "a return of 250 rows, from sending to its checked page"
OF_SENDERS = (ALL, JOB, "a return handed in", "how far a return is", "a checked return")


@dataclass
class InService(Installation):
    """Every number as the product chooses it."""

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in super().environment().items() if name != "WEB_WORKERS"}


def main() -> None:
    if not shutil.which("locust", path=str(Path(sys.executable).parent)):
        sys.exit("The generator of load is not installed: uv sync --inexact --group bench")
    with tempfile.TemporaryDirectory(prefix="neet-load-") as folder:
        here = InService(Path(folder) / "var")
        here.folder.mkdir()
        here.start()
        try:
            wait_for(here.is_whole, "the installation runs", 300)
            ready(here, Path(folder))
            found = loaded(here, Path(folder))
            memory = most_memory(here)
            missing = lost(here, Path(folder) / "told.json")
            failures = broken(Path(folder) / "load_failures.csv")
        finally:
            here.stop()
    tell(found, memory)
    if WRONG:
        tell_wrong(failures, missing)
    else:
        keep(found)


def ready(here: Installation, folder: Path) -> None:
    """The county's register, people with sessions, and files to send."""
    (running,) = here.folder.glob("services.json")
    named = json.loads(running.read_text())
    owner = {"DATABASE_URL": named["owner_database_url"], "OWNER_DATABASE_URL": named["owner_database_url"]}
    for asked in (
        ["manage.py", "seed", "--size", SIZE],
        ["-m", "tests.bench._load_ready", str(folder)],
    ):
        environment = here.environment() | owner | {"REDIS_URL": named["redis_url"]}
        subprocess.run([sys.executable, *asked], cwd=ROOT, env=environment, check=True)


def loaded(here: Installation, folder: Path) -> Mapping[str, Mapping[str, str]]:
    """What locust counted of each page, after the warm-up."""
    given = {
        "LOAD_GIVEN": str(folder / "load.json"),
        "LOAD_RATE": str(RATE),
        "LOAD_SENDERS": str(SENDERS),
        "LOAD_TOLD": str(folder / "told.json"),
    }
    officers = len(json.loads((folder / "load.json").read_text())["officers"])
    for name, seconds, order in (("warm", WARM, "-1"), ("load", SECONDS, "1")):
        with going_wrong(here, WRONG if name == "load" else ""):
            subprocess.run(
                [sys.executable, "-m", "locust", "-f", ROOT / "tests" / "bench" / "_locustfile.py", "--headless",
                 "--only-summary", "--host", f"http://127.0.0.1:{here.port}", "-u", str(officers + SENDERS),
                 "-r", str(officers + SENDERS), "-t", f"{seconds}s", "--csv", folder / name, "--stop-timeout", "60"],
                env={**os.environ, **given, "LOAD_ORDER": order}, cwd=folder, check=False,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
    raised = (folder / "load_exceptions.csv").read_text().splitlines()[1:]
    if raised:
        sys.exit("The generator itself failed: " + " ".join(raised)[:2_000])
    for failure in csv.DictReader((folder / "load_failures.csv").open()):
        print(f"{failure['Occurrences']} x {failure['Name']}: {failure['Error']}", flush=True)
    rows = list(csv.DictReader((folder / "load_stats.csv").open()))
    return {row["Name"]: row for row in rows}


def most_memory(here: Installation) -> dict[str, int]:
    """Megabytes each program has taken at most, all its processes together."""
    found = {}
    for program in ("web", "worker-small", "worker-large"):
        peaks = [
            int(line.split()[1])
            for pid in here.pids(program)
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmHWM")
        ]
        found[program] = sum(peaks) // 1024
    return found


def tell(found: Mapping[str, Mapping[str, str]], memory: Mapping[str, int]) -> None:
    """Every page's times, and what the programs took."""
    for name, row in sorted(found.items(), key=lambda each: -float(each[1]["95%"])):
        print(
            f"{name}: {row['Request Count']} times, {row['Failure Count']} failed, median {float(row['50%']):.0f}, "
            f"p95 {float(row['95%']):.0f}, most {float(row['Max Response Time']):.0f} ms", flush=True,
        )  # fmt: skip
    print(", ".join(f"{program} {size} MB" for program, size in memory.items()), flush=True)


def keep(found: Mapping[str, Mapping[str, str]]) -> None:
    """A row for each page that has an aim and one for the returns; anything that failed fails the run."""
    rates = {name: float(row["Requests/s"]) for name, row in found.items() if name not in OF_SENDERS}
    officers = sum(rates.values()) + rates["a search"]  # which is two requests that count as one
    around = (
        f"{RATE:.0f} requests a second asked, {officers:.0f} answered, "
        f"{SENDERS} returns of 250 rows on their way, {SIZE}"
    )
    for name in AIMED_AT:
        row = found[name]
        p50, p95 = float(row["50%"]), float(row["95%"])
        report(Figure(
            f"{name}, under load: {around}", f"p50 {p50:.0f} ms, p95 {p95:.0f} ms", f"must be p95 {AIM} ms", p95 / AIM,
            int(row["Request Count"]),
        ))  # fmt: skip
    failed = int(found[ALL]["Failure Count"])
    if SENDERS:
        job = found[JOB]
        report(Figure(
            f"a return from sending to its checked page, under load: {around}",
            f"p50 {float(job['50%']) / 1000:.0f} s, p95 {float(job['95%']) / 1000:.0f} s; {failed} errors in all",
            "must be no error", None, int(job["Request Count"]),
        ))  # fmt: skip
    if failed:
        sys.exit(f"{failed} of {found[ALL]['Request Count']} failed")


def tell_wrong(failures: Broken, missing: tuple[int, int]) -> None:
    """What came of it; a note lost or saved twice, or half an answer, fails the run."""
    told, wrong = missing
    print(f"{told} notes told as saved, {wrong} of them not there exactly once", flush=True)
    print(", ".join(f"{number} {what}" for what, number in failures.items()) or "nothing failed", flush=True)
    if wrong or not told or (WRONG == "ends" and failures[HALF]):
        sys.exit("What was promised was not kept")


if __name__ == "__main__":
    main()
