"""Says who in one file of people is who in another, without a database."""

import filecmp
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracking.matching.files import UnusableFile, read, write
from tracking.rules.matching.deciding import Linked
from tracking.rules.matching.linking import link
from tracking.rules.matching.people import HEADINGS, People, Vocabulary
from tracking.rules.matching.twice import find_twice


class Command(BaseCommand):
    """A file beside itself is searched for people who stand in it twice. Model and file agree for equal input."""

    help = (
        "Match two CSV files of people. Headings (any but id may be absent or empty): "
        + ",".join(HEADINGS)
        + ". "
        "Writes left_id,right_id,score,decision: auto (linked), review (for an officer), none (the best there was)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--register", required=True, type=Path, help="the people who are known")
        parser.add_argument("--incoming", required=True, type=Path, help="the people who came in")
        parser.add_argument("--out", required=True, type=Path, help="where the decisions are written")
        parser.add_argument("--model", type=Path, help="where what was learned is written, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        words = Vocabulary()
        register = self._people(options["register"], words)
        if filecmp.cmp(options["register"], options["incoming"], shallow=False):
            incoming, linked = register, find_twice(register, words)
        else:
            incoming = self._people(options["incoming"], words)
            linked = link(register, incoming, words)
        try:
            write(options["out"], register, incoming, linked.decided)
            if options["model"]:
                options["model"].write_text(linked.model.to_json() + "\n", encoding="utf-8")
        except OSError as problem:
            raise CommandError(f"{problem.filename} cannot be written: {problem.strerror}.") from problem
        self._report(register, incoming, linked)

    def _people(self, path: Path, words: Vocabulary) -> People:
        try:
            reading = read(path, words)
        except UnusableFile as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"{path} cannot be opened: {problem.strerror}.") from problem
        for remark in reading.remarks:
            self.stderr.write(remark)
        return reading.people

    def _report(self, register: People, incoming: People, linked: Linked) -> None:
        counted = Counter(linked.decided.decision)
        found = ", ".join(f"{decision} {count:,}" for decision, count in sorted(counted.items())) or "nobody"
        self.stdout.write(
            f"{len(incoming):,} who came in, {len(register):,} on the register, {linked.compared:,} pairs compared: "
            f"{found}. Model {linked.model.version}."
        )
