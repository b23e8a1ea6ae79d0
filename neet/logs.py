"""What the system writes about itself: one JSON line per event, with the request's number and nobody's data.

A line holds the words the programmer wrote and never what was put into them, nor the text of an exception:
those carry names, numbers and typed values. Words count as the programmer's where they stand in the code that
logs them; what was put together first ("Invalid request: ..." of a web server, a traceback somebody prints) is left
out, and the line says where it came from. What our own code wants in a line it passes as `extra={"about": {...}}`
with opaque ids and counts. JSON escapes line breaks, so nothing logged can pretend to be a second line.
"""

import json
import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from neet import clock
from neet.audit.context import request_id

ROOT = Path(__file__).resolve().parent.parent
log = logging.getLogger("neet.requests")
LEFT_OUT = "(words that were put together are left out)"
# So many callers are asked whether the words are theirs: libraries log by one or two helpers of their own.
CALLERS = 4


class JsonLines(logging.Formatter):
    """One event, one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The template of the message, the request's number, the facts we chose, where an exception arose."""
        is_theirs = isinstance(record.msg, str) and _is_written(record.msg)
        line = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.msg if is_theirs else LEFT_OUT,
            "where": None if is_theirs else f"{_short(record.pathname)}:{record.lineno}",
            "request": request_id.get() or None,
            "about": getattr(record, "about", None),
            "error": _where(record.exc_info[1]) if record.exc_info and record.exc_info[1] else None,
        }
        return json.dumps({name: value for name, value in line.items() if value is not None}, default=_told)


def _is_written(words: str) -> bool:
    """Do these words stand as they are in the code that logs them? A handler is called by it, frames above us."""
    frame: FrameType | None = sys._getframe(1)
    callers = 0
    while frame and callers <= CALLERS:
        if words in frame.f_code.co_consts:
            return True
        callers += frame.f_globals.get("__name__") not in {__name__, logging.__name__}
        frame = frame.f_back
    return False


def _told(value: object) -> str:
    """A fact that is no number and no word: ids are told, of anything else only its kind."""
    return str(value) if isinstance(value, UUID) else type(value).__name__


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


def log_what_python_prints() -> None:
    """Warnings, and the errors with which a thread or a program ends, become lines of ours: Python itself would print
    what stands in them. For processes that serve; whoever calls a command reads what it says."""
    logging.captureWarnings(True)
    # A line that cannot be written would be printed with all that was put into it.
    logging.raiseExceptions = False
    sys.excepthook = lambda kind, problem, way: _ended(problem, way)
    sys.unraisablehook = lambda it: _ended(it.exc_value, it.exc_traceback)
    threading.excepthook = lambda it: _ended(it.exc_value, it.exc_traceback)


def _ended(problem: BaseException | None, way: TracebackType | None) -> None:
    told = (type(problem), problem, way) if problem else None
    log.critical("nobody caught this", exc_info=told)


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
