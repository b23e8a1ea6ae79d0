"""`manage.py activity_survey`: the file of an Activity Survey, as it was made or as it would be now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from returns.activity_survey.actions import Stands, TooEarly, make_list
from returns.activity_survey.building import kept, made_of
from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.asking import whose
from returns.activity_survey.queries.reading import file_rows
from schools.models import Authority


class Command(BaseCommand):
    """Writes the kept file of a survey that was made; else what it would be now, and keeps nothing of that."""

    help = "Writes the file of an Activity Survey: as it was made, or as it would be now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, help="the council's DfE number")
        parser.add_argument("--year", required=True, type=int, help="the autumn: 2026 for 1 November 2026")
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--reading", choices=ActivitySurvey.Reading.values, default="statutory")

    def handle(self, **options: Any) -> None:
        authority = Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError(f"No council here has the number {options['authority']}.")
        content, words = self._content(authority, options["year"], options["reading"])
        options["out"].write_bytes(content)
        if options["verbosity"]:
            self.stdout.write(f"{options['out']}: {len(content):,} bytes, {words}.")

    def _content(self, authority: Authority, year: int, reading: str) -> tuple[bytes, str]:
        found = ActivitySurvey.objects.filter(authority=authority, year=year, reading=reading).first()
        if found is not None and found.made_at is not None:
            return kept(found), f"as it was made on {found.made_at:%d %B %Y}"
        try:
            with transaction.atomic():
                survey = make_list(authority=authority, year=year, reading=reading, by=None).survey
                whom = whose(authority, year, reading)
                content = made_of(whom, file_rows(survey, whom)).content
                transaction.set_rollback(True)
        except (TooEarly, Stands) as refusal:
            raise CommandError(str(refusal)) from None
        return content, "as the register stands now, to look at"
