"""How long somebody has been NEET, and in which year they are, in words that point at nobody."""

from datetime import date

from dateutil.relativedelta import relativedelta

SHORT, LONG = relativedelta(months=1), relativedelta(months=6)
BANDS = ("less than a month", "1 to 6 months", "more than 6 months")
NOT_NEET = "not NEET"
YEARS = ("Year 11 and below", "Year 12", "Year 13", "Older", "Not known")


def neet_for(since: date | None, on: date) -> str:
    """The band a spell lies in; "not NEET" for somebody who is on the agenda for another reason."""
    if since is None:
        return NOT_NEET
    if since > on - SHORT:
        return BANDS[0]
    return BANDS[1] if since >= on - LONG else BANDS[2]


def year_band(year: int | None) -> str:
    """The year group as outsiders may read it: the ends in one."""
    if year is None:
        return YEARS[-1]
    return YEARS[min(max(year, 11), 14) - 11]
