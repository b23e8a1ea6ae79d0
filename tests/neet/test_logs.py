"""A log line tells what happened and nothing of anybody."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client

from neet.audit.context import request_id
from neet.logs import LEFT_OUT, JsonLines, log_what_python_prints

CANARY = "Wilhelmina Canary"


def line(message: str, *arguments: object, **extra: object) -> dict:
    record = logging.getLogger("some.library").makeRecord(
        "some.library", logging.ERROR, __file__, 1, message, arguments, None, extra=extra
    )
    return json.loads(JsonLines().format(record))


def test_a_line_holds_the_words_and_never_what_was_put_into_them() -> None:
    said = line("Could not write %s", CANARY)

    assert said["says"] == "Could not write %s"
    assert CANARY not in json.dumps(said)


def test_a_line_tells_where_an_exception_arose_and_not_what_it_says() -> None:
    try:
        raise ValueError(f"{CANARY} is not a date")
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", logging.ERROR, "", 1, "failed", (), sys.exc_info())

    said = json.loads(JsonLines().format(record))

    assert said["error"]["kind"] == "ValueError"
    assert "tests/neet/test_logs.py" in said["error"]["way"][-1]
    assert CANARY not in json.dumps(said)


@pytest.mark.parametrize(
    "put_together",
    [f"Invalid request from {CANARY}", "Refused: " + CANARY.title(), ValueError(CANARY), {"name": CANARY}],
    ids=lambda each: type(each).__name__,
)
def test_words_that_were_put_together_before_are_left_out_and_the_place_is_told(put_together: object) -> None:
    said = logged(lambda log: log.error(put_together))

    assert said["says"] == LEFT_OUT
    assert said["where"].startswith("tests/neet/test_logs.py:")
    assert "anary" not in json.dumps(said)


def test_words_of_code_that_logs_by_a_helper_are_told() -> None:
    def helper(log: logging.Logger, words: str) -> None:
        log.error(words, CANARY)

    assert logged(lambda log: helper(log, "Refused: %s"))["says"] == "Refused: %s"


def test_a_fact_that_is_no_number_and_no_word_is_told_by_its_kind() -> None:
    number, day = uuid4(), date(2009, 5, 14)

    told = line("made", about={"job": number, "born": day, "rows": 3})["about"]

    assert told == {"job": str(number), "born": "date", "rows": 3}


def test_what_python_would_print_becomes_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    for module, name in ((warnings, "showwarning"), (logging, "raiseExceptions")):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(logging, "_warnings_showwarning", None)

    def fails(log: logging.Logger) -> None:
        log_what_python_prints()
        one = threading.Thread(target=lambda: int(CANARY))
        one.start()
        one.join()

    said = logged(fails, "neet.requests")

    assert (said["says"], said["error"]["kind"]) == ("nobody caught this", "ValueError")
    assert CANARY not in json.dumps(said)
    warned = logged(
        lambda log: warnings.showwarning(f"{CANARY} is naive", UserWarning, "a.py", 1), "py.warnings"
    )
    assert CANARY not in json.dumps(warned)


def logged(act: Callable[[logging.Logger], object], name: str = "some.library") -> dict:
    """The line written while something acts, as a handler writes it."""
    written, log = io.StringIO(), logging.getLogger(name)
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    log.addHandler(handler)
    try:
        act(log)
    finally:
        log.removeHandler(handler)
    return json.loads(written.getvalue())


def test_a_line_is_one_line_whatever_it_is_told() -> None:
    formatted = JsonLines().format(
        logging.makeLogRecord({"msg": 'x\n{"level": "info"}', "about": {"route": "a\r\nb\u2028c"}})
    )

    assert len(formatted.splitlines()) == 1


def test_a_line_carries_the_number_of_its_request() -> None:
    mark = request_id.set("4711")

    said = line("something")

    request_id.reset(mark)
    assert said["request"] == "4711"


@pytest.mark.django_db
def test_a_request_is_logged_by_its_pattern_and_not_its_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "neet.requests")

    Client().get(f"/health?name={CANARY}")
    Client().get(f"/nobody/{CANARY}/")

    told = [JsonLines().format(record) for record in caplog.records if record.name == "neet.requests"]
    assert [json.loads(each)["about"]["route"] for each in told] == ["health", None]
    assert CANARY not in "".join(told)


def test_a_moment_is_written_with_its_offset() -> None:
    assert datetime.fromisoformat(line("anything")["at"]).utcoffset() is not None
