"""Whom somebody chose in the register is written to: the list is made here, and looked at where messages are."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from caseload.messaging.actions import make
from caseload.messaging.queries.audiences import CHOSEN
from caseload.messaging.queries.choosing import NAMED
from caseload.messaging.rules import MOST
from caseload.messaging.statements import Wanted
from neet.accounts.models import User
from tracking.bulk.models import BulkChange
from tracking.register.refusals import NotRight

TOO_MANY = "A list of messages holds {most:,} young people at most. Narrow the register and choose fewer."


def hand_over(*, change: BulkChange, said: Mapping[str, Any], by: User) -> str:
    """The address of a list of messages to those chosen, which waits to be looked at and sent. Raises NotRight,
    NotPermitted."""
    number = change.people.count()
    if number > MOST:
        raise NotRight({"": TOO_MANY.format(most=MOST)})
    narrowed = {CHOSEN: change.pk, NAMED: change.chosen_by}
    batch = make(wanted=Wanted(change.authority, said["wording"], "chosen", narrowed, number), by=by)
    return reverse("message_batch", args=[batch.ref])
