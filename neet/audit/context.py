"""What an event takes from the request it happens in: its number, and the role the person acts in."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
acting_role: ContextVar[str] = ContextVar("acting_role", default="")
