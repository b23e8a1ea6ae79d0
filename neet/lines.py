"""What an installation with real people does not start with: lines that others can read, and credentials that
everybody knows. Asked by the settings in production, before anything is connected to."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
CHECKED = frozenset({"verify-full", "verify-ca"})
KNOWN_TO_ALL = frozenset(
    {"postgres", "password", "passwort", "changeme", "change-me", "secret", "admin", "root", "neet", "neet_app",
     "neet_owner", "redis", "test", "example", "guest", "letmein"}
)  # fmt: skip
SHORTEST_KEY, FEWEST_LETTERS = 50, 8


def readable_lines(settings: Mapping[str, Any], vouched: Collection[str]) -> Iterator[str]:
    """Each line that leaves this machine unencrypted, or to whoever answers, in words for who set it up. `vouched` are
    hosts of which the council says that nobody else is on the line, such as those of one machine's own network."""
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL"):
        host, query = _database_host(settings[name])
        if not _is_here(host, vouched) and query.get("sslmode", [""])[-1] not in CHECKED:
            yield f"{name}: add sslmode=verify-full, the line to {host} is open"
    redis = urlsplit(settings["REDIS_URL"])
    if redis.scheme not in {"", "unix", "rediss"} and not _is_here(redis.hostname or "", vouched):
        yield f"REDIS_URL: use rediss://, the line to {redis.hostname} is open"
    if not settings["EMAIL_USE_TLS"] and not _is_here(settings["EMAIL_HOST"], vouched):
        yield f"EMAIL_USE_TLS: the line to {settings['EMAIL_HOST']} is open"
    notify = urlsplit(settings["NOTIFY_URL"])
    if notify.scheme != "https" and not _is_here(notify.hostname or "", vouched):
        yield f"NOTIFY_URL: use https://, the line to {notify.hostname} is open"
    clam = settings["CLAMD_ADDRESS"]
    if clam and not clam.startswith("/") and not _is_here(clam.rpartition(":")[0], vouched):
        yield f"CLAMD_ADDRESS: files go to {clam} for everybody to read"


def known_credentials(settings: Mapping[str, Any]) -> Iterator[str]:
    """Each credential that came with something, repeats its owner's name or is too short to be one."""
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL"):
        parts = urlsplit(settings[name])
        password = unquote(parts.password or "")
        if password and (password.lower() in KNOWN_TO_ALL or password == unquote(parts.username or "")):
            yield f"{name}: its password is one that everybody tries first"
    if settings["EMAIL_HOST_PASSWORD"].lower() in KNOWN_TO_ALL:
        yield "EMAIL_PASSWORD: it is one that everybody tries first"
    key = settings["SECRET_KEY"]
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS or key.startswith("django-insecure"):
        yield f"SECRET_KEY: at least {SHORTEST_KEY} random letters"


def stop_unsafe(settings: Mapping[str, Any], vouched: Collection[str]) -> None:
    """Stop the start where a line is open or a credential known, and say all of them at once."""
    if found := [*readable_lines(settings, vouched), *known_credentials(settings)]:
        raise SystemExit("Not started:\n" + "\n".join(f"- {each}" for each in found))


def _database_host(url: str) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return query.get("host", [parts.hostname or ""])[-1], query


def _is_here(host: str, vouched: Collection[str]) -> bool:
    return host in HERE or host.startswith("/") or host in vouched
