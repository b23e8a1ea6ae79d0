"""The programs of docker-compose.yml as a container runs them: an account without rights, files nobody may change,
PostgreSQL and Redis of a distribution, every command and every line of the environment taken from the two files."""

import json
import os
import pwd
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from neet.launch.places import ROOT, VENV
from tests.neet.launch.installation import free_port, wait_for

IMAGE = (ROOT / "Dockerfile").read_text()
LAST = IMAGE[IMAGE.rindex("\nFROM ") :].replace("\\\n", " ")
LEAST = 15  # the PostgreSQL that install.md asks for
SECRETS = {
    "SECRET_KEY": "long-enough-and-only-for-a-test-of-the-container-0123456789",
    "ALLOWED_HOSTS": "neet.example.gov.uk",
    "BASE_URL": "https://neet.example.gov.uk",
    "DB_OWNER_PASSWORD": "owner's own",
    "DB_APP_PASSWORD": "app-password",
    "ARCHIVE_PASSWORD": "archive-password",
}


def database_programs() -> Path | None:
    """The oldest PostgreSQL of the distribution that we promise to work with."""
    found = {int(place.parent.name): place for place in Path("/usr/lib/postgresql").glob("[0-9]*/bin")}
    return min(((number, place) for number, place in found.items() if number >= LEAST), default=(0, None))[1]


# No capability, none to be had: what `cap_drop` and `no-new-privileges` say. An account of its own could not enter the
# folders in which the tests' own Python may lie.
POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]


def nobody() -> dict[str, Any]:
    """What makes a child run as somebody who owns nothing, where we may choose: PostgreSQL refuses root."""
    if os.geteuid():
        return {}
    found = pwd.getpwnam("nobody")
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def told(words: Any, values: dict[str, str]) -> str:
    """A value of the compose file with ${NAME}, ${NAME:-else} and ${NAME:?why} filled in, as compose fills them."""
    return re.sub(r"\$\{(\w+)(?::[-?]([^}]*))?\}", lambda it: values.get(it[1], it[2] or ""), str(words))


@dataclass
class Container:
    """A checkout as the image holds it, and what runs from it."""

    folder: Path
    database_port: int = field(default_factory=free_port)
    redis_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
        for name in ("app", "files", "tmp", "pg", "backups"):
            self.own(name).mkdir(mode=0o700)
        if nobody():
            os.chown(self.own("pg"), nobody()["user"], nobody()["group"])

    def own(self, name: str) -> Path:
        return self.folder / name

    # --- what the image holds -------------------------------------------------------------------------

    def build(self) -> None:
        """The files under version control that .dockerignore lets through, the built screens, the static files."""
        app = self.own("app")
        asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        left_out = {line for line in (ROOT / ".dockerignore").read_text().split() if line.isidentifier()}
        for name in filter(None, names.split("\0")):
            if name.split("/")[0] not in left_out and (ROOT / name).is_file():
                (app / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, app / name)
        shutil.copytree(ROOT / "build", app / "build")
        (app / ".venv").symlink_to(VENV)
        collected = re.search(r"STATIC_ROOT=/app/static (SECRET_KEY=\S+ DATABASE_URL=\S+)\s+(.+)", LAST)
        assert collected
        environment = {**self.image(), **dict(each.split("=", 1) for each in collected[1].split())}
        command = shlex.split(collected[2].split("\n")[0])
        subprocess.run(command, cwd=app, env={**environment, "STATIC_ROOT": str(app / "static")}, check=True)
        for place in [app, *app.rglob("*")]:
            if not place.is_symlink():
                place.chmod(0o555 if place.is_dir() else 0o444)

    def image(self) -> dict[str, str]:
        """The environment that the Dockerfile sets, its places turned to ours."""
        words = " ".join(re.findall(r"^ENV (.+)$", LAST, re.MULTILINE))
        found = dict(each.split("=", 1) for each in words.split())
        found["PATH"] = found["PATH"].replace("$PATH", os.environ["PATH"])
        places = {"/app": self.own("app"), "/var/lib/neet": self.own("files"), "/tmp": self.own("tmp")}
        return {name: self.moved(value, places) for name, value in found.items()} | {
            "TMPDIR": str(self.own("tmp"))
        }

    def moved(self, value: str, places: dict[str, Path]) -> str:
        named = "|".join(map(re.escape, places))
        return re.sub(rf"(?<![\w/])({named})(?=[/:]|$)", lambda it: str(places[it[1]]), value)

    # --- what is started from it ----------------------------------------------------------------------

    def environment(self, program: str) -> dict[str, str]:
        """What a program of the compose file finds, with the hosts of the other two turned to ours."""
        said = self.composed[program]["environment"]
        found = {
            name: told(value, {**SECRETS, "DB_OWNER_PASSWORD": "owner-password"})
            for name, value in said.items()
        }
        hosts = {
            "@postgres/": f"@127.0.0.1:{self.database_port}/",
            "//redis:6379": f"//127.0.0.1:{self.redis_port}",
        }
        for host, ours in hosts.items():
            found = {name: value.replace(host, ours) for name, value in found.items()}
        return {**self.image(), **found}

    def command(self, program: str) -> list[str]:
        """Its command, or the image's own."""
        said = self.composed[program].get("command") or json.loads(
            re.findall(r"^CMD (\[.+\])$", LAST, re.MULTILINE)[-1]
        )
        ports = [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.web_port}") for word in said]
        return [self.moved(word, {"/tmp": self.own("tmp")}) for word in ports]

    def once(self, *command: str, program: str = "web") -> subprocess.CompletedProcess[str]:
        """`docker compose run --rm PROGRAM COMMAND`."""
        return subprocess.run(
            [*POWERLESS, *(command or self.command(program))],
            cwd=self.own("app"), env=self.environment(program), capture_output=True, text=True, check=False,
        )  # fmt: skip

    def start(self, program: str) -> subprocess.Popen[bytes]:
        """`docker compose up PROGRAM`, what it says kept beside it."""
        with self.own(f"{program}.log").open("wb") as log:
            started: subprocess.Popen[bytes] = subprocess.Popen(
                [*POWERLESS, *self.command(program)],
                cwd=self.own("app"), env=self.environment(program), stdout=log, stderr=log,
            )  # fmt: skip
        self.running.append(started)
        return started

    def said(self, program: str) -> str:
        return self.own(f"{program}.log").read_text()

    def stop(self, but: int = 0) -> None:
        """What was started last ends first, as it is asked to; the first `but` go on."""
        for each in reversed(self.running[but:]):
            each.terminate()
            each.wait(timeout=60)
        del self.running[but:]

    # --- the two servers ------------------------------------------------------------------------------

    def start_servers(self, programs: Path) -> None:
        """PostgreSQL made ready as its image makes it ready, by our two files; Redis with our command."""
        data, socket = self.own("pg") / "data", self.own("pg")
        everybody = {**nobody(), "cwd": "/"}
        secret = self.own("superuser")
        secret.write_text("superuser")
        secret.chmod(0o444)
        made = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--auth-host=scram-sha-256",
            "--auth-local=trust",
        ]
        made += ["--pwfile", secret]
        subprocess.run(
            [*made, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True,
            capture_output=True,
            **everybody,
        )
        asked = self.composed["postgres"]["command"][1:]
        archived = [word for word in asked if "archive_command" not in word]
        options = ["-c", "archive_command=true", "-k", str(socket), "-p", str(self.database_port)]
        settled = [
            word
            for pair in zip(archived[::2], archived[1::2], strict=False)
            for word in pair
            if pair[0] == "-c"
        ]
        self._beside("postgres", [str(programs / "postgres"), "-D", str(data), *settled, *options])
        local = self._local(programs)
        ready = [programs / "pg_isready", "-U", "postgres"]
        wait_for(
            lambda: not subprocess.run(ready, env=local, capture_output=True, check=False).returncode,
            "PostgreSQL",
        )
        self._make_database(programs)
        beginning = self.composed["redis"]["command"]
        self._beside("redis", [*beginning, "--port", str(self.redis_port), "--dir", str(self.own("pg"))])

    def begin_anew(self, programs: Path) -> None:
        """Every program but the two servers ends; the database and the files are as on a new machine."""
        self.stop(but=2)
        dropped = [programs / "dropdb", "-U", "postgres", "--force", "neet"]
        subprocess.run(dropped, env=self._local(programs), check=True)
        self._make_database(programs)
        shutil.rmtree(self.own("files"))
        self.own("files").mkdir(mode=0o700)

    def _local(self, programs: Path) -> dict[str, str]:
        """How its own programs find the server, as its superuser."""
        path = f"{programs}:{os.environ['PATH']}"
        return {"PGHOST": str(self.own("pg")), "PGPORT": str(self.database_port), "PATH": path}

    def _make_database(self, programs: Path) -> None:
        local = self._local(programs)
        subprocess.run([programs / "createdb", "-U", "postgres", "neet"], env=local, check=True)
        for place in self.composed["postgres"]["volumes"]:
            file, _, inside = place.partition(":")
            if "initdb.d" in inside:
                self._first_start(ROOT / file, local)

    def _first_start(self, file: Path, local: dict[str, str]) -> None:
        """What the image of PostgreSQL does with a file of its first start."""
        passwords = {"DB_OWNER_PASSWORD": "owner-password", "DB_APP_PASSWORD": SECRETS["DB_APP_PASSWORD"]}
        by = (
            ["sh", file]
            if file.suffix == ".sh"
            else ["psql", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", "neet", "-f", file]
        )
        subprocess.run(by, env={**local, **passwords}, check=True, capture_output=True)

    def _beside(self, name: str, command: list[str]) -> None:
        with self.own(f"{name}.log").open("wb") as log:
            self.running.append(subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **nobody()))
