"""manage.py load_reference: codes and rules of the reporting years from the seed files."""

from django.core.management.base import BaseCommand

from tracking.reference.actions import load_seed


class Command(BaseCommand):
    help = "Brings codes and rules up to the seed files; rows that people edited stay and are listed."

    def handle(self, *args: object, **options: object) -> None:
        report = load_seed()
        if not options["verbosity"]:
            return
        self.stdout.write(
            f"{report.added} added, {report.changed} changed, {len(report.kept)} left as people wrote them."
        )
        for kept in report.kept:
            self.stdout.write(f"  {kept.table} {kept.key} from {kept.valid_from}")
