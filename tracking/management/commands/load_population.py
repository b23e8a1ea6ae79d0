"""manage.py load_population FILE [--year 2025]: how many people of each age live where, as estimated."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from neet.ui.words import many
from tracking.reconciling.actions.loading import load_population
from tracking.reconciling.reading import estimates_of
from tracking.reconciling.rules.estimates import NotEstimates


class Command(BaseCommand):
    help = (
        "Takes in mid-year estimates of the population by single year of age and area, as CSV or spreadsheet: a column"
        " for each year, a column for each age, or a row for each figure. Years taken in before are kept, and a later"
        " file of a year replaces it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--year", type=int, help="the year of the estimates, where the file does not say it"
        )

    def handle(self, *args: object, **options: object) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            done = load_population(name=path.name, estimates=estimates_of(path, options["year"]), by=None)
        except NotEstimates as reason:
            raise CommandError(f"{path.name}: {reason} Nothing of the file was taken in.") from None
        said = f"{many(done.rows, 'figure,figures')}, {done.changed:,} of them new or different."
        self.stdout.write(f"{path.name}: {said}")
