"""bin/inventory --holes: the packages that serve, held against the public list of published holes.

The list is asked by uv, with the names and versions of uv.lock and nothing else. A hole may stand as long as
docs/security.md allows for the worst, since the list does not say who can reach it; one that is known for longer ends
the command with 1, and so does a package that was withdrawn.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from neet.launch.places import ROOT

MENDED_WITHIN = timedelta(days=2)
ASKED = ["audit", "--frozen", "--no-dev", "--output-format", "json", "-q"]
PATIENCE = {"UV_HTTP_TIMEOUT": "30", "UV_HTTP_RETRIES": "1", "UV_SYSTEM_CERTS": "true"}


class NotAnswered(Exception):
    """The list could not be asked; in the words of who asked."""


def asked(address: str | None = None) -> dict[str, Any]:
    """What the list says, as uv writes it; `address` is of another list than the public one.

    Raises NotAnswered where there is no answer. Nothing is kept and nothing is installed.
    """
    elsewhere = ["--service-url", address] if address else []
    said = subprocess.run(
        [sys.executable, "-m", "uv", *ASKED, *elsewhere],
        cwd=ROOT, env={**os.environ, **PATIENCE}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not said.stdout.strip():
        raise NotAnswered(said.stderr.strip())
    answer: dict[str, Any] = json.loads(said.stdout)
    return answer


def overdue(answer: dict[str, Any], now: datetime) -> list[str]:
    """The holes of an answer that were published longer ago than we allow, and withdrawn packages, a line each.

    A hole without a day of publishing counts as old.
    """
    found = [
        f"{hole['dependency']['name']} {hole['dependency']['version']}: {hole['display_id']}, "
        f"mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for hole in answer["vulnerabilities"]
        if not hole["published"] or now - datetime.fromisoformat(hole["published"]) > MENDED_WITHIN
    ]
    return found + [json.dumps(each, sort_keys=True) for each in answer["adverse_statuses"]]


def main() -> int:
    """Say what is overdue; 0 when nothing is, 1 when something is, 2 when the list did not answer."""
    try:
        answer = asked()
    except NotAnswered as why:
        print(f"The list of published holes did not answer.\n{why}", file=sys.stderr)
        return 2
    late = overdue(answer, datetime.now(UTC))
    packages = answer["summary"]["audited_packages"]
    print("\n".join([f"{packages} packages, {len(late)} holes older than {MENDED_WITHIN.days} days", *late]))
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
