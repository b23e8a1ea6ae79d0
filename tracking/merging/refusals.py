"""Why two records are not put together, or not taken apart."""


class CannotBe(Exception):
    """It cannot be done now; the message says why in plain words."""
