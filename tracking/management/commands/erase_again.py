"""manage.py erase_again [FILE ...]: whoever was erased stays erased, also where a restored backup brought them back."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from neet.ui.words import many
from tracking.retention.actions.stones import NotAList, erase_again


class Command(BaseCommand):
    help = (
        "Erases again whoever was erased before and is here all the same, as the database and the list beside it say,"
        " and further lists (erased.csv of another installation). Restoring a backup does it by itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lists", type=Path, nargs="*", metavar="FILE")

    def handle(self, *args: object, **options: object) -> None:
        lists: list[Path] = options["lists"]  # type: ignore[assignment]  # what the parser made of it
        missing = [path for path in lists if not path.is_file()]
        if missing:
            raise CommandError(f"There is no file {missing[0]}.")
        try:
            again = erase_again(lists=lists)
        except NotAList as reason:
            raise CommandError(str(reason)) from None
        said = (
            "Nobody who was erased is here."
            if not again
            else f"{many(again, 'person,people').capitalize()} erased again."
        )
        self.stdout.write(said)
