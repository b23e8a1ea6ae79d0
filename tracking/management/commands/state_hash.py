"""manage.py state_hash: one digest for each table of facts."""

from django.core.management.base import BaseCommand

from tracking.state.queries import digests


class Command(BaseCommand):
    help = (
        "Prints a line for each table: its name, its rows and a digest of its current facts by natural key, without "
        "database ids, history, audit, jobs and files. Equal before and after something that was undone."
    )

    def handle(self, *args: object, **options: object) -> None:
        for table, (rows, digest) in digests().items():
            self.stdout.write(f"{table} {rows} {digest}")
