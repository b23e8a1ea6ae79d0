"""Why a change to many is not made now."""


class NotNow(Exception):
    """It cannot be done as it stands; the words are for the page and name nobody."""
