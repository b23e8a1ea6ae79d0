"""The county of three months, with its tables made."""

from tests.tracking.released.conftest import _in_december, county, frozen

__all__ = ["_in_december", "county", "frozen"]
