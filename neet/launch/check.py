"""bin/check: everything that can be judged without running the system, all at once, all failures shown."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from neet.launch.places import ROOT

# As a council would run it, so that the deployment check judges the real thing. Nothing connects to these.
AS_IN_PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "only-for-the-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "neet.example.gov.uk",
    "BASE_URL": "https://neet.example.gov.uk",
    "DATABASE_URL": "postgresql://neet_app@db.invalid/neet?sslmode=verify-full",
    "REDIS_URL": "rediss://redis.invalid:6379/0",
}
TEMPLATES = ["templates"]


@dataclass(frozen=True)
class Judged:
    """What one tool said."""

    name: str
    passed: bool
    words: str
    seconds: float


def tool(name: str, *arguments: str) -> list[str]:
    """One of the installed tools, by its module or its command."""
    return [sys.executable, "-m", name, *arguments]


CHECKS: dict[str, Sequence[str]] = {
    "types (mypy)": tool("mypy"),
    "settings and migrations (django)": tool("neet.launch.check_django"),
    "templates (djlint)": tool("djlint", "--quiet", "--lint", *TEMPLATES),
    "who imports whom (import-linter)": [os.path.join(sys.prefix, "bin", "lint-imports")],
    "lint (ruff)": tool("ruff", "check", "--quiet", "--output-format", "concise", "."),
    "format (ruff)": tool("ruff", "format", "--check", "--quiet", "."),
}


def judge(name: str) -> Judged:
    """Run one check, whatever the others say."""
    began = time.monotonic()
    environment = {**os.environ, **AS_IN_PRODUCTION, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Judged(name, done.returncode == 0, done.stdout.strip(), time.monotonic() - began)


def main() -> int:
    """Run all checks, the slowest first, as many at once as there are processors."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        results = list(pool.map(judge, CHECKS))
    for result in results:
        print(f"{'ok  ' if result.passed else 'FAIL'}  {result.name}, {result.seconds:.1f} s")
        if not result.passed:
            print(result.words, end="\n\n")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
