"""The virus check of every file somebody sends: by clamd, by the council's own command, or by none."""

import socket
import struct
import subprocess
from pathlib import Path

from django.conf import settings

CHUNK = 1 << 20
PATIENCE = 120  # seconds
LONGEST_ANSWER = 4096
INFECTED = "The virus check refused this file."
NOT_CHECKED = "The file could not be checked for viruses just now. Nothing was kept. Try again later."


def refusal(path: Path) -> str:
    """Why this file is not kept, in words for who sent it; empty where nothing speaks against it.

    A check that is set and does not answer refuses too: a file nobody looked at is not kept.
    """
    if settings.CLAMD_ADDRESS:
        try:
            answer = _asked_of_clamd(path)
        except OSError:
            return NOT_CHECKED
        if not answer.endswith((b" OK", b" FOUND")):
            return NOT_CHECKED
        if answer.endswith(b" FOUND"):
            return INFECTED
    return _asked_of_command(path) if settings.SCAN_COMMAND else ""


def _asked_of_clamd(path: Path) -> bytes:
    """The whole file down clamd's own line, since clamd may be on another host; what it says of it."""
    with _line() as line, path.open("rb") as file:
        line.settimeout(PATIENCE)
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(1024)):
            answer += more
    return answer.rstrip(b"\0")


def _line() -> socket.socket:
    address = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _asked_of_command(path: Path) -> str:
    """A command that fails for a bad file."""
    try:
        done = subprocess.run(
            [*settings.SCAN_COMMAND, str(path)], capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return NOT_CHECKED
    return INFECTED if done.returncode else ""
