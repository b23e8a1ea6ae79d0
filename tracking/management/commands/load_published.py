"""manage.py load_published FILE.csv: what the DfE published of all authorities, or sets of neighbours."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tracking.published.rules import NotPublished
from tracking.published.taking import take_in


class Command(BaseCommand):
    help = (
        "Takes in the scorecard's underlying data, the series of the local authority interactive tool, or sets of"
        " neighbours (columns set, la_code, neighbour, place). A year taken in again is replaced."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="+")

    def handle(self, *args: object, **options: list[Path]) -> None:
        for path in options["file"]:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.")
            try:
                self.stdout.write(f"{path.name}: {take_in(path, path.name, None)}")
            except NotPublished as reason:
                raise CommandError(f"{path.name}: {reason}") from None
