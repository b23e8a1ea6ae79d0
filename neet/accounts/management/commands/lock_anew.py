"""manage.py lock_anew: after a new SECRET_KEY, before the old one is forgotten."""

from django.core.management.base import BaseCommand

from neet.accounts.actions import lock_seeds_anew


class Command(BaseCommand):
    help = "Lock the seeds of authenticator apps with the first secret key; the others may then go."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(
            f"Locked anew: {lock_seeds_anew()}. Earlier keys open nothing that is kept any more."
        )
