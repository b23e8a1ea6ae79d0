"""manage.py load_postcodes FILE.csv [--names FILE.csv]: where postcodes lie, and the districts of addresses by them."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from neet.ui.words import many
from tracking.reconciling.actions.districts import place_addresses
from tracking.reconciling.actions.loading import Loaded, load_names, load_postcodes
from tracking.reconciling.reading import rows_of
from tracking.reconciling.rules.directory import NotTheDirectory


class Command(BaseCommand):
    help = (
        "Takes in the directory of postcodes of the Office for National Statistics (one CSV for the whole country), and"
        " lists of what its districts and wards are called. Addresses without a district get the one their postcode"
        " lies in; what somebody wrote down stays. The same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--names", type=Path, action="append", default=[], help="codes and names of areas"
        )

    def handle(self, *args: object, **options: object) -> None:
        for path, take in [
            (options["file"], load_postcodes),
            *((each, load_names) for each in options["names"]),
        ]:
            done = _taken(path, take)
            self.stdout.write(
                f"{path.name}: {many(done.rows, 'row,rows')}, {done.changed:,} of them new or different."
            )
        for placed in place_addresses(by=None):
            self.stdout.write(
                f"{placed.authority}: {many(placed.addresses, 'address,addresses')} given a district."
            )


def _taken(path: Path, take) -> Loaded:
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    try:
        with rows_of(path) as (headings, rows):
            return take(name=path.name, headings=headings, rows=rows, by=None)
    except NotTheDirectory as reason:
        raise CommandError(f"{path.name}: {reason} Nothing of the file was taken in.") from None
