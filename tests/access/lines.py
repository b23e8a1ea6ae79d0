"""What may not stand in the lines of a walk."""

import io
import json
import re

from tests.access.canary import Canary


def held(logged: io.StringIO, *secrets: object, canary: Canary | None = None) -> list[str]:
    """Which of these stand in the lines; there are lines, each of one event."""
    text = logged.getvalue()
    assert all(json.loads(line)["says"] for line in text.splitlines())
    assert "neet.requests" in text
    looked_for = [str(each) for each in secrets] + list(canary.values.values() if canary else [])
    assert all(len(each) >= 6 for each in looked_for)
    return [each for each in looked_for if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE)]
