"""The council of the cuts, with its frozen autumn."""

from tests.tracking.exploring.conftest import _in_december, autumn, council, officer

__all__ = ["_in_december", "autumn", "council", "officer"]
