"""A document is tagged, and nothing of the machine finds its way into it."""

import socket
import threading
import zlib
from pathlib import Path

import pytest

from neet.documents.pdf import OURS, NotOurs, our_file, pdf_from, pdf_of_each, unpacked
from tests.pdf import text_of


@pytest.fixture
def canary(tmp_path) -> Path:
    path = tmp_path / "canary.txt"
    path.write_text("CANARY-OF-THE-DISK")
    return path


def insides(pdf: bytes) -> bytes:
    """The document with its streams unpacked."""
    found = [pdf]
    for piece in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(piece.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_a_document_is_tagged_and_titled():
    pdf = pdf_from("<html lang='en-GB'><title>Letter</title><h1>Dear parent</h1><p>Words</p></html>")

    inside = insides(pdf)
    assert pdf.startswith(b"%PDF")
    assert b"StructTreeRoot" in inside
    assert b"pdfuaid" in inside


def test_many_documents_in_one_count_their_own_pages_and_are_tagged():
    long = "".join(f"<p>Line {number}</p>" for number in range(90))
    pages = [f"<html lang='en-GB'><title>Letters</title><p>Dear {who}</p></html>" for who in ("Ada", long)]
    heard = []

    pdf, number = pdf_of_each(pages, sheet="neet/print.css", tell=heard.append)

    words = text_of(pdf)
    assert (number, heard) == (5, [1, 2])
    assert words.count("Page 1 of 1") == 1
    assert "Page 4 of 4" in words
    assert b"StructTreeRoot" in insides(pdf)
    with pytest.raises(ValueError, match="nothing to be set"):
        pdf_of_each([], sheet="neet/print.css", tell=heard.append)


def test_files_of_the_machine_stay_out(canary):
    address = canary.as_uri()
    html = f"""<html lang="en-GB"><title>x</title><link rel="attachment" href="{address}">
        <link rel="stylesheet" href="{address}"><img src="{address}" alt=""><object data="{address}"></object>
        <a rel="attachment" href="{address}">x</a><p style="background: url({address})">x</p></html>"""

    assert b"CANARY" not in insides(pdf_from(html))


def test_nothing_is_asked_of_the_network():
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.css"
        waiter = threading.Thread(target=lambda: asked.extend(_visits(listener)))
        waiter.start()
        pdf_from(
            f"<html lang='en'><title>x</title><link rel=stylesheet href='{address}'><img src='{address}' alt=''>"
        )
        waiter.join()

    assert asked == []


def _visits(listener: socket.socket):
    try:
        yield listener.accept()
    except TimeoutError:
        return


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://ours.invalid/static/../../etc/passwd",
        "https://ours.invalid/static/%2e%2e/%2e%2e/neet/settings.py",
        "https://elsewhere.example/static/neet/print.css",
        "https://ours.invalid/static/neet/app.js",
    ],
)
def test_only_our_styles_fonts_and_pictures_are_ours(url):
    with pytest.raises(NotOurs):
        our_file(url)


def test_our_own_style_is_found(settings, tmp_path):
    (tmp_path / "neet").mkdir()
    (tmp_path / "neet" / "print.css").write_text("p { color: black }")
    settings.STATIC_ROOT = tmp_path

    assert our_file("https://ours.invalid/static/neet/print.css") == tmp_path / "neet" / "print.css"


def test_a_font_is_unpacked_once_and_again_when_its_file_changed(tmp_path):
    ours = our_file(OURS + "static/neet/fonts/inter-latin.woff2")
    font = tmp_path / "font.woff2"
    font.write_bytes(ours.read_bytes())

    plain = unpacked(font, 1)

    assert plain[:4] in {b"\x00\x01\x00\x00", b"OTTO"}
    assert unpacked(font, 1) is plain
    assert unpacked(font, 2) is not plain
