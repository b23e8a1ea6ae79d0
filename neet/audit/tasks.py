"""The timer's call to close the trail, and to put it elsewhere."""

import logging
from pathlib import Path

from celery import shared_task
from django.conf import settings

from neet.audit.copying import CannotCopy, copy_seals
from neet.audit.divided import make_room
from neet.audit.sealing import seal_events

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def seal() -> None:
    """Make room for the next events, seal what is finished, and copy it to the place the settings name. A place that
    is away stops no sealing."""
    make_room()
    seal_events()
    if not settings.TRAIL_COPY:
        return
    try:
        copy_seals(Path(settings.TRAIL_COPY))
    except CannotCopy as problem:
        log.error("the trail was not copied", extra={"about": {"problem": str(problem)}})
