"""manage.py load_boundaries FILE.geojson --kind ward --on 2025-05-01: where wards or districts end, for the map."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from neet.ui.words import many
from tracking.reconciling.actions.boundaries import Shapes, load_boundaries
from tracking.reconciling.models import Boundary
from tracking.reconciling.reading import shapes_of
from tracking.reconciling.rules.boundaries import Columns, NotBoundaries


class Command(BaseCommand):
    help = (
        "Takes in where wards or districts end, from a file of shapes (GeoJSON) of the Office for National Statistics,"
        " in degrees or in metres of the British National Grid. Areas of other councils are passed over. Wards are"
        " known from the directory of postcodes, districts from their codes: take those in first. The same file again"
        " changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=Boundary.Kind.values, required=True, help="what the areas are")
        parser.add_argument(
            "--on", type=date.fromisoformat, required=True, help="the day from which they hold, as 2025-05-01"
        )
        parser.add_argument("--code", default="", help="the property with the codes (else WD24CD, LAD24CD)")
        parser.add_argument("--name", default="", help="the property with the names (else WD24NM, LAD24NM)")

    def handle(self, *args: object, **options: object) -> None:
        path, kind = options["file"], options["kind"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        columns = Columns(options["code"], options["name"])
        try:
            shapes = Shapes(path.name, shapes_of(path), kind, options["on"], columns)
            done = load_boundaries(shapes=shapes, by=None)
        except NotBoundaries as reason:
            raise CommandError(f"{path.name}: {reason} Nothing of the file was taken in.") from None
        words = f"{kind},{kind}s"
        self.stdout.write(
            f"{path.name}: {many(done.areas, words)}, {done.changed:,} of them new or different."
        )
        if done.missing:
            are = "is" if done.missing == 1 else "are"
            self.stdout.write(f"Of the councils here {many(done.missing, words)} {are} not in the file.")
