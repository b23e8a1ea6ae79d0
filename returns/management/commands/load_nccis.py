"""manage.py load_nccis: a register from another system's DfE return."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from returns.bring.actions import take_return_at_once
from returns.bring.models import Load
from returns.bring.outcome import CannotTake
from returns.bring.queries import words_of_counts
from returns.nccis.reading import FileRejected, Reading
from schools.actions.councils import make_council
from schools.models import Authority
from tracking.reference.queries import ruleset


class Command(BaseCommand):
    help = (
        "Loads young people from a DfE return (XML) of another system. The same file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        path = Path(str(options["file"]))
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            with transaction.atomic(), path.open("rb") as file:
                authorities = _authorities(file)
                file.seek(0)
                load = take_return_at_once(file=file, authorities=authorities, by=None)
        except (FileRejected, CannotTake) as rejected:
            raise CommandError(f"{rejected} Nothing was loaded.") from None
        self._report(load)

    def _report(self, load: Load) -> None:
        for count, words in words_of_counts(load.counts):
            self.stdout.write(f"{count:>8} {words}")
        problems = list(load.not_taken.all())
        outside = sum(problem.whole_row for problem in problems)
        self.stdout.write(
            f"{outside:>8} records not taken, {len(problems) - outside} remarks on records taken"
        )
        for problem in problems:
            self.stdout.write(f"  record {problem.row} ({problem.number}), {problem.field}: {problem.why}")


def _authorities(file: object) -> dict[str, Authority]:
    """The authorities the heading names; those new here are given a register, with the name of the code list."""
    header = Reading(file).header
    names = ruleset(header.period_ends_on).areas if header.period_ends_on else {}
    known = {each.code: each for each in Authority.objects.filter(code__in=header.la_codes)}
    for code in header.la_codes:
        if code not in known and code in names and header.database_ids:
            known[code] = make_council(
                code=code, name=names[code].label, database_id=header.database_ids[0], by=None
            )
    return known
