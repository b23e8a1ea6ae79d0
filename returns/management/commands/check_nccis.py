"""Checks any NCCIS return by the DfE's rules, without a database."""

import sys
from argparse import ArgumentParser
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from returns.nccis.checking import BadYear, FileCheck, year_asked
from returns.nccis.reading import FileRejected
from returns.nccis.report import Tally, many

ERRORS, REJECTED = 1, 2


class Command(BaseCommand):
    """Ends with 0 where there are only warnings, 1 with errors, 2 where the DfE refuses the file."""

    help = "Check a DfE return (NCCIS XML) by the rules of its reporting year. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the return, an XML file")
        parser.add_argument(
            "--year", help="reporting year whose rules apply, such as 2019-20; else by its month"
        )
        parser.add_argument("--csv", action="store_true", help="print young_persons_id,error_code lines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = year_asked(options["year"]) if options["year"] else None
            with self._opened(options["file"]) as source:
                ended = self._check(FileCheck(source, year), as_csv=options["csv"])
        except BadYear as problem:
            raise CommandError(str(problem), returncode=REJECTED) from problem
        except FileRejected as problem:
            self.stderr.write(f"This file cannot be taken. {problem}")
            ended = REJECTED
        if ended:
            sys.exit(ended)

    def _opened(self, path: str) -> BinaryIO:
        try:
            return open(path, "rb")
        except OSError as problem:
            raise CommandError(
                f"{path} cannot be opened: {problem.strerror}.", returncode=REJECTED
            ) from problem

    def _check(self, check: FileCheck, *, as_csv: bool) -> int:
        tally = self._csv(check) if as_csv else Tally.of(check.findings())
        if not as_csv:
            self._report(check, tally)
        for refusal in check.refusals:
            self.stderr.write(f"The DfE would refuse this file. {refusal}")
        if check.refusals or tally.rejects_file:
            return REJECTED
        return ERRORS if tally.errors else 0

    def _csv(self, check: FileCheck) -> Tally:
        tally = Tally()
        self.stdout.write("young_persons_id,error_code")
        for finding in check.findings():
            tally.add(finding)
            self.stdout.write(f"{finding.young_persons_id},{finding.code}")
        return tally

    def _report(self, check: FileCheck, tally: Tally) -> None:
        people = many(check.records, "young person", "young people")
        counted = f"{many(tally.errors, 'error')}, {many(tally.warnings, 'warning')}"
        self.stdout.write(f"Return for the month to {check.header.period_end}, by the rules of {check.year}")
        self.stdout.write(f"{people}: {counted}")
        if tally.rejects_file:
            self.stdout.write("The DfE would refuse the whole file for at least one of these.")
        for line in tally.lines():
            self.stdout.write(line)
        for element, count in sorted(check.unknown.items()):
            self.stdout.write(
                f"Not looked at: {element}, {many(count, 'time')}; no rule knows it or it came twice."
            )
