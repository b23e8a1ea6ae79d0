"""A job as the code that does it sees it: what to work on, where to report, and the fence to check before writing."""

import threading
from dataclasses import dataclass, field

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from psycopg.errors import LockNotAvailable

from neet import clock
from neet.accounts.models import User
from neet.jobs.models import Job

BEAT_EVERY = 5.0


class NoLongerMine(Exception):
    """The job was cancelled, its owner left, or another worker took it over: stop without writing anything."""


class JobFailed(Exception):
    """The work cannot be done; the words are shown to the person who asked for it and name nobody."""


@dataclass
class Work:
    """One attempt at a job."""

    job_id: int
    attempt: int
    payload: dict
    authority_id: int | None
    by: User | None
    done: int = 0
    total: int = 0
    lost: threading.Event = field(default_factory=threading.Event)

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far it is. Cheap: written every few seconds beside the work. Raises NoLongerMine."""
        self.done, self.total = done, self.total if total is None else total
        if self.lost.is_set():
            raise NoLongerMine

    def still_mine(self) -> None:
        """The fence: call it first in the transaction that writes. Holds the job row until that ends, so nobody
        can take the job over or cancel it meanwhile. Raises NoLongerMine.
        """
        if self._mine().select_for_update(of=("self",)).only("pk").first() is None:
            raise NoLongerMine

    def beat(self) -> None:
        """A sign of life with the progress so far; notices when the job is no longer ours. While the work holds the row
        itself, which is sign enough, nobody waits for it."""
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '1s'")
                written = self._mine().update(beat_at=clock.now(), done=self.done, total=self.total)
        except OperationalError as failure:
            if isinstance(failure.__cause__, LockNotAvailable):
                return
            raise
        if not written and Job.objects.filter(pk=self.job_id).exists():
            self.lost.set()

    def _mine(self) -> QuerySet[Job]:
        owner_is_here = Q(owner__isnull=True) | Q(owner__is_active=True)
        mine = Q(pk=self.job_id, attempt=self.attempt, state=Job.State.RUNNING)
        return Job.objects.filter(mine & owner_is_here)


class Heartbeat:
    """Beats beside the work on a connection of its own, so that progress is seen before the work commits."""

    def __init__(self, work: Work, *, every: float = BEAT_EVERY) -> None:
        self.work, self.every = work, every
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def _run(self) -> None:
        try:
            while not self.ended.wait(self.every):
                self.work.beat()
        finally:
            connection.close()
