"""What the environment says, read for the settings: yes or no, lists, the database, the secret key."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from neet import clock


def flag(name: str, default: bool = False) -> bool:
    """A yes/no of the environment."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    """A comma-separated list of the environment."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def database(url: str) -> dict:
    """A Django database entry from postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres"):
        raise SystemExit(
            "DATABASE_URL must begin with postgresql://; PostgreSQL is the only database of this system."
        )
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    if moved := clock.offset():
        asked["options"] = (
            f"{asked.get('options', '')} -c neet.clock_offset={moved.total_seconds():.0f}s".strip()
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "neet",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"prepare_threshold": 2, **asked},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def secret_key(var: Path, *, production: bool) -> str:
    """SECRET_KEY of the environment; off production one is made once and kept beside the data."""
    if stated := os.environ.get("SECRET_KEY"):
        return stated
    if production:
        raise SystemExit("SECRET_KEY is missing: set it to a long random text, the same on every host.")
    kept = var / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()
