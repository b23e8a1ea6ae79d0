"""manage.py scorecard: the figures as the page shows them."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from neet.files.writers import BOM, Sheet, csv_chunks, xlsx_bytes
from schools.models import Authority
from tracking.figures.queries.scorecard import NoSuchMonth, scorecard
from tracking.figures.queries.tallies import Chosen
from tracking.figures.telling import FLOW_HEADINGS, HEADINGS, flow_rows, plain, rows
from tracking.rules.months import ReportingMonth


class Command(BaseCommand):
    help = "One authority's figures of a month: frozen, or of the month in progress as the register stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, metavar="886", help="DfE number")
        parser.add_argument("--month", metavar="2026-10", help="without it, the month in progress")
        parser.add_argument("--format", choices=["json", "csv", "xlsx"], default="json")
        parser.add_argument("--out", type=Path, metavar="FILE", help="without it, to the standard output")

    def handle(self, *args: object, **options: object) -> None:
        made = self._made(str(options["authority"]), options["month"], str(options["format"]))
        if options["out"]:
            options["out"].write_bytes(made)
        elif options["format"] == "xlsx":
            sys.stdout.buffer.write(made)
        else:
            self.stdout.write(made.decode(), ending="")

    def _made(self, code: str, month: object, kind: str) -> bytes:
        authority = Authority.objects.filter(code=code).first()
        if authority is None:
            raise CommandError(f"No authority with the number {code} runs its register here.")
        try:
            asked = ReportingMonth.read(str(month)) if month else None
            card = scorecard(authority.pk, asked, Chosen())
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        except NoSuchMonth:
            raise CommandError(
                f"The month {month} has not been frozen and is not the one in progress."
            ) from None
        if kind == "json":
            return (json.dumps(plain(card), default=str, indent=2) + "\n").encode()
        if kind == "csv":
            return b"".join(csv_chunks(HEADINGS, rows(card))).removeprefix(BOM.encode())
        sheets = (
            Sheet("Figures", HEADINGS, rows(card)),
            Sheet("Joiners and leavers", FLOW_HEADINGS, flow_rows(card)),
        )
        return xlsx_bytes(*sheets)
