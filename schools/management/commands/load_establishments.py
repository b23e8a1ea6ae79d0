"""manage.py load_establishments FILE.csv: schools and colleges from the national register's extract."""

import csv
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from schools.actions.national_register import Loaded, NotTheRegister, load_establishments

ENCODINGS = ("utf-8-sig", "cp1252")


class Command(BaseCommand):
    help = "Brings schools and colleges up to the national register's extract (all its columns, as CSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: Path) -> None:
        reader = csv.DictReader(_text(options["file"]).splitlines(), restval="")
        try:
            done = load_establishments(headings=reader.fieldnames or [], lines=reader)
        except NotTheRegister as problem:
            raise CommandError(str(problem)) from None
        self._say(done)

    def _say(self, done: Loaded) -> None:
        self.stdout.write(
            f"{done.added} added, {done.changed} changed, {done.too_young} for younger children."
        )
        for line, problem in done.bad:
            self.stdout.write(f"  line {line}: {problem}")


def _text(file: Path) -> str:
    """The register comes in the Windows character set, and as UTF-8 once somebody has saved it anew."""
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(f"{file} is not a text file.")
