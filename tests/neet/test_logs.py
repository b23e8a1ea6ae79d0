"""A log line tells what happened and nothing of anybody."""

import json
import logging
import sys
from datetime import datetime

import pytest
from django.test import Client

from neet.audit.context import request_id
from neet.logs import JsonLines

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
