"""manage.py verify_audit: is the trail what it was?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neet.audit.models import AuditEvent, Seal
from neet.audit.queries import first_break
from neet.audit.sealing import seal_events


class Command(BaseCommand):
    """Walks every event and seal in order; names the first broken one and ends with an error, or says all is well."""

    help = "Check that no event of the audit trail was changed, removed or slipped in."

    def handle(self, *args: Any, **options: Any) -> None:
        seal_events()
        if found := first_break():
            raise CommandError(f"The trail is broken at {found.where}: {found.what}.")
        self.stdout.write(
            f"The trail is whole: {AuditEvent.objects.count()} events, {Seal.objects.count()} seals."
        )
