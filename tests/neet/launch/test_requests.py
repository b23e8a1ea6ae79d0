"""Where a request ends: the web server takes none of which two readers could think differently."""

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

START = b"POST /sign-in/ HTTP/1.1\r\nHost: neet.example\r\n"
CHUNKED = b"0\r\n\r\n"
DOUBTFUL = {
    "a length and pieces": START + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    "two lengths": START + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "a length of signs": START + b"Content-Length: +5\r\n\r\nabcde",
    "two lengths in one": START + b"Content-Length: 5, 6\r\n\r\nabcdef",
    "a way nobody knows": START + b"Transfer-Encoding: xchunked\r\n\r\n" + CHUNKED,
    "pieces twice": START + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    "pieces not last": START + b"Transfer-Encoding: chunked, identity\r\n\r\n" + CHUNKED,
    "a space before the colon": START + b"Content-Length : 5\r\n\r\nabcde",
    "a header that goes on": START + b"X-One: a\r\n b\r\nContent-Length: 0\r\n\r\n",
    "a line that ends early": START + b"X-One: a\rContent-Length: 5\r\n\r\nabcde",
}


def read(raw: bytes) -> list[bytes]:
    """The bodies of the requests the server finds in these bytes, as it is configured here."""
    return [each.body.read() for each in RequestParser(Config(), iter([raw]), ("127.0.0.1", 1))]


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_request_whose_end_is_in_doubt_is_refused(what: str) -> None:
    with pytest.raises(ParseException):
        read(DOUBTFUL[what])


def test_an_honest_request_is_read_to_its_end() -> None:
    pieces = START + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"

    assert read(START + b"Content-Length: 5\r\n\r\nabcde") == [b"abcde"]
    assert read(pieces) == [b"abcde"]
