"""manage.py build_nccis: the month's file for the DfE, as the month page builds it."""

import argparse
import calendar
import gzip
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from returns.nccis.actions import Month, NothingToSend, build_file
from schools.models import Authority


def month_end(text: str) -> date:
    """The last day of a month written as 2026-10."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write it as 2026-10.") from None
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


class Command(BaseCommand):
    help = "Builds an authority's monthly file for the DfE and keeps it with its fingerprint."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--authority", required=True, help="the authority's DfE number, such as 886")
        parser.add_argument(
            "--month", required=True, type=month_end, help="the month reported, such as 2026-10"
        )
        parser.add_argument("--out", required=True, type=Path, help="where to write the file")

    def handle(self, *args: object, **options: object) -> None:
        authority = Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            known = ", ".join(Authority.objects.values_list("code", flat=True)) or "none yet"
            raise CommandError(f"No authority {options['authority']} has its register here. Known: {known}.")
        try:
            submission = build_file(month=Month(authority, options["month"]), by=None)
        except NothingToSend as nothing:
            raise CommandError(str(nothing)) from None
        out = Path(str(options["out"]))
        out.write_bytes(gzip.decompress(submission.content))
        found = ", ".join(f"{code}: {count}" for code, count in submission.errors.items()) or "none"
        self.stdout.write(
            f"{out}: {submission.people} young people, {submission.size} bytes, sha256 {submission.sha256}\n"
            f"Errors by number: {found}"
        )
