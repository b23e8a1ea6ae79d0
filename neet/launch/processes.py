"""Child processes that end when we end, locks that end with their holder, and who is alive."""

import ctypes
import fcntl
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1


def end_with_parent(sign: int = signal.SIGKILL) -> None:
    """Ask the kernel to send `sign` to this process when the one that started it dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)


def end_quietly_on_signals() -> None:
    """SIGTERM and a closed terminal unwind like Ctrl-C, so that every `finally` runs."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, interrupt)


def birth(pid: int) -> str | None:
    """When a living process was born, in the kernel's ticks; None when it is gone or a zombie.

    The pair (pid, birth) names a process for ever: a recycled pid has another birth. A killed child can
    stay a zombie for long where PID 1 reaps late, so a zombie counts as gone.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None
    return None if fields[0] in {"Z", "X"} else fields[19]


def is_alive(pid: int, born: str) -> bool:
    """Is this very process still there?"""
    return birth(pid) == born


@contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[bool]:
    """Hold a lock file; yields whether it was got. The kernel frees it when the holder dies."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            yield False
            return
        yield True


def stop(process: subprocess.Popen[bytes], sign: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask a child to end, then insist; its whole process group goes with it."""
    if process.poll() is None:
        process.send_signal(sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    sweep(process)
    process.wait()


def sweep(process: subprocess.Popen[bytes]) -> None:
    """Kill what a child started in its own group and left behind."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
