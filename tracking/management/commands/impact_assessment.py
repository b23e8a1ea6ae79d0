"""manage.py impact_assessment: the assessment and the record of processing as text, made from what is in force."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from neet import clock
from schools.models import Authority
from tracking.rights.assessment import as_markdown, impact_assessment, record_of_activities

DOCUMENTS = (
    ("impact-assessment.md", "Impact assessment", impact_assessment),
    ("record-of-processing.md", "Record of processing", record_of_activities),
)


class Command(BaseCommand):
    help = "Write one authority's impact assessment and record of processing, as things are today, into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, metavar="886", help="DfE number")
        parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")

    def handle(self, *args: object, **options: object) -> None:
        authority = Authority.objects.filter(code=str(options["authority"])).first()
        folder = options["out"]
        if authority is None:
            raise CommandError(f"No authority with the number {options['authority']} runs its register here.")
        if not isinstance(folder, Path):
            raise CommandError("--out is a folder.")
        folder.mkdir(parents=True, exist_ok=True)
        for name, title, made in DOCUMENTS:
            text = "".join(as_markdown(title, made(authority, clock.today()), clock.today()))
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"{folder / name}: {len(text.splitlines())} lines")
