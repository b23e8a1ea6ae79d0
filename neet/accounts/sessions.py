"""Sessions in the database, each with whose it is."""

from datetime import UTC, datetime
from typing import cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from neet.accounts.models import Session


class SessionStore(DatabaseStore):
    """Django's store, which also writes the owner and the times into columns."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict) -> Session:
        session = cast("Session", super().create_model_instance(data))
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.started_at, session.seen_at = _moment(data.get("started_at")), _moment(data.get("seen_at"))
        session.browser = data.get("browser", "")
        return session


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
