"""What the system writes about itself: one JSON line per event, with the request's number and nobody's data.

A line holds the words the programmer wrote and never what was put into them, nor the text of an exception:
those carry names, numbers and typed values. What our own code wants in a line it passes as
`extra={"about": {...}}` with opaque ids and counts. JSON escapes line breaks, so nothing logged can pretend
to be a second line.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from neet import clock
from neet.audit.context import request_id

ROOT = Path(__file__).resolve().parent.parent
log = logging.getLogger("neet.requests")


class JsonLines(logging.Formatter):
    """One event, one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The template of the message, the request's number, the facts we chose, where an exception arose."""
        line = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": str(record.msg),
            "request": request_id.get() or None,
            "about": getattr(record, "about", None),
            "error": _where(record.exc_info[1]) if record.exc_info and record.exc_info[1] else None,
        }
        return json.dumps({name: value for name, value in line.items() if value is not None}, default=str)


def _where(problem: BaseException) -> dict[str, object]:
    """The kind of an exception and the way to it; its text may hold what somebody typed."""
    steps = [
        f"{_short(step.filename)}:{step.lineno} {step.name}"
        for step in traceback.extract_tb(problem.__traceback__)
    ]
    causes = problem.__cause__ or problem.__context__
    found: dict[str, object] = {"kind": type(problem).__name__, "way": steps[-12:]}
    return found | ({"after": type(causes).__name__} if causes else {})


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def log_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """One line per request: the pattern of the address (never the address), the answer, the time, whose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        match, user = request.resolver_match, getattr(request, "user", None)
        about = {
            "method": request.method if request.method in METHODS else "other",
            "route": match.route if match else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "user": user.pk if user and user.is_authenticated else None,
        }
        log.info("request", extra={"about": about})
        return response

    return middleware


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
