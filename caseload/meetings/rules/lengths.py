"""How long somebody has been NEET, in words that point at nobody."""

from datetime import date

from dateutil.relativedelta import relativedelta

SHORT, LONG = relativedelta(months=1), relativedelta(months=6)
BANDS = ("less than a month", "1 to 6 months", "more than 6 months")
NOT_NEET = "not NEET"


def neet_for(since: date | None, on: date) -> str:
    """The band a spell lies in; "not NEET" for somebody who is on the agenda for another reason."""
    if since is None:
        return NOT_NEET
    if since > on - SHORT:
        return BANDS[0]
    return BANDS[1] if since >= on - LONG else BANDS[2]
