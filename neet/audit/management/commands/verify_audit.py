"""manage.py verify_audit: is the trail what it was?"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from neet.audit.copying import first_difference, numbers
from neet.audit.models import AuditEvent, Seal
from neet.audit.queries import Break, first_break
from neet.audit.sealing import seal_events


class Command(BaseCommand):
    """Walks every event and seal in order; names the first broken one and ends with an error, or says all is well.
    Where the trail is copied elsewhere, it is held against the copy too: whoever could write every table here cannot
    write there."""

    help = "Check that no event of the audit trail was changed, removed or slipped in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--copy", default=settings.TRAIL_COPY, help="folder of the copy (default: TRAIL_COPY)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["copy"]) if options["copy"] else None
        seal_events()
        self._stop_at(first_break())
        whole = f"{AuditEvent.objects.count()} events, {Seal.objects.count()} seals"
        if folder is None:
            self.stdout.write(f"The trail is whole: {whole}. It is copied nowhere.")
            return
        try:
            self._stop_at(first_difference(folder))
            copied = len(numbers(folder))
        except (OSError, ValueError, KeyError, IndexError) as problem:
            raise CommandError(f"The copy cannot be read: {type(problem).__name__}.") from problem
        self.stdout.write(f"The trail is whole: {whole}. The copy holds {copied} of them and is the same.")

    def _stop_at(self, found: Break | None) -> None:
        if found:
            raise CommandError(f"The trail is broken at {found.where}: {found.what}.")
