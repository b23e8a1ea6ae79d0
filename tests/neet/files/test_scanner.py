"""A real clamd with a signature of the test's own: what it knows is refused, what it did not see is not kept."""

import io
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from neet.files import actions, scanner
from neet.files.models import StoredFile
from neet.launch import tools

SIGNATURE = b"a-harmless-line-that-stands-for-a-virus"
CLAMD = tools.clamd()
WAITS = 30  # seconds for clamd to begin


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a clamd that knows one signature."""
    if not CLAMD:
        pytest.skip("clamd is not installed (Debian: clamav-daemon; bin/assure installs it where it may)")
    room = tmp_path_factory.mktemp("clamd")
    (room / "own.ndb").write_text(f"Own.Test.Signature:0:*:{SIGNATURE.hex()}\n")
    (room / "clamd.conf").write_text(
        f"LocalSocket {room}/line\nDatabaseDirectory {room}\nTemporaryDirectory {room}\n"
        "Foreground true\nStreamMaxLength 1M\n"
    )
    process = subprocess.Popen(
        [CLAMD, "--config-file", str(room / "clamd.conf")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + WAITS
        while not (room / "line").exists() and process.poll() is None and time.monotonic() < until:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.05)
        yield str(room / "line")
    finally:
        process.terminate()
        process.wait(WAITS)


@pytest.fixture(autouse=True)
def no_command(settings) -> None:
    settings.SCAN_COMMAND = []


def sent(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "sent"
    path.write_bytes(content)
    return path


def test_clamd_refuses_what_it_knows_and_lets_the_rest_through(clamd, settings, tmp_path) -> None:
    settings.CLAMD_ADDRESS = clamd

    assert scanner.refusal(sent(tmp_path, b"a,b\n1,2\n")) == ""
    assert scanner.refusal(sent(tmp_path, b"a,b\n" + SIGNATURE)) == scanner.INFECTED
    assert scanner.refusal(sent(tmp_path, b"")) == ""


def test_what_clamd_does_not_look_through_is_not_kept(clamd, settings, tmp_path) -> None:
    """Larger than its own limit."""
    settings.CLAMD_ADDRESS = clamd

    assert scanner.refusal(sent(tmp_path, b"x" * (3 << 20))) == scanner.NOT_CHECKED


def test_nothing_is_kept_while_clamd_is_away(settings, tmp_path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens there
        for address in (str(tmp_path / "nowhere"), f"127.0.0.1:{taken.getsockname()[1]}"):
            settings.CLAMD_ADDRESS = address

            assert scanner.refusal(sent(tmp_path, b"a,b\n")) == scanner.NOT_CHECKED


def test_a_command_that_is_not_there_lets_nothing_through(settings, tmp_path) -> None:
    settings.CLAMD_ADDRESS, settings.SCAN_COMMAND = "", ["no-such-scanner"]

    assert scanner.refusal(sent(tmp_path, b"a,b\n")) == scanner.NOT_CHECKED


@pytest.mark.assure
@pytest.mark.django_db
def test_the_daemon_stands_before_every_file_that_is_kept(clamd, settings, tmp_path) -> None:
    """The whole way of a file with the daemon of the distribution, which `bin/assure` installs: one it knows by the
    signature is refused and leaves nothing, also inside a zip; a harmless one is kept as it came."""
    settings.CLAMD_ADDRESS, settings.MEDIA_ROOT = clamd, tmp_path / "kept"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pupils.csv", b"a,b\n" + SIGNATURE)

    for content in (b"a,b\n" + SIGNATURE, packed.getvalue()):
        with pytest.raises(actions.CannotStore, match="virus check"):
            actions.store(source=[content], name="return.csv", purpose="intake", by=None, authority_id=1)
    assert not StoredFile.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []

    kept = actions.store(source=[b"a,b\n1,2\n"], name="return.csv", purpose="intake", by=None, authority_id=1)
    assert kept.path.read_bytes() == b"a,b\n1,2\n"
