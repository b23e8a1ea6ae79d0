"""What every night asks of keeping and erasing."""

from datetime import date

from schools.models import Authority
from tracking.retention.actions.lists import archive, list_due
from tracking.retention.actions.stones import keep_list


def turn_of_day(*, day: date) -> int:
    """Records leave everyday lists or come back to them, each council's list of whose time is over is made anew where
    nobody has proposed one, and the list of who was erased is written beside the database. Says how many stand on
    lists."""
    listed = 0
    for authority in Authority.objects.order_by("pk"):
        archive(authority=authority, on=day)
        run = list_due(authority=authority, on=day, by=None)
        listed += run.lines.count() if run else 0
    keep_list()
    return listed
