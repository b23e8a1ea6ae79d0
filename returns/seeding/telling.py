"""What was asked for in the past was asked on the day it opened."""

from datetime import datetime, time

from neet.clock import LONDON
from returns.calendar.models import Collection, Notice


def tell_earlier(*collections: Collection) -> None:
    """What was asked for was asked on the day it opened."""
    for each in collections:
        opened = datetime.combine(each.opens_on, time(9), LONDON)
        Notice.objects.filter(expected__collection=each, kind=Notice.Kind.ISSUED).update(day=each.opens_on)
        each.expected.update(noticed_at=opened)
        Collection.objects.filter(pk=each.pk).update(published_at=opened)
