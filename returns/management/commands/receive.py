"""manage.py receive: a school's or college's return, as if it had come through the portal."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from neet import clock
from neet.files.actions import CHUNK, CannotStore, remove, store
from neet.files.reader import Unreadable
from neet.ui.words import many
from returns.calendar.actions.planning import ListSent, Sent, ad_hoc, list_brought
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.handing import record_notice
from returns.intake.actions.receiving import begin_with_file
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.queries.pages import differences_of, groups_of
from returns.intake.recognising import Whence, what_is
from returns.intake.refusals import Changed, NoticeMissing, NotNow, NotReady
from schools.models import Authority, Establishment

SHOWN = 3
ROWS_WAIT = 2
AUTO = "auto"


class Command(BaseCommand):
    help = (
        "Takes in a return of a school or college: reads, checks and compares it, and says what it would do. Without"
        " --apply nothing is kept, not even the file. With --apply what is clear goes on the register; numbers and"
        " contact details need the day of the privacy notice: receive FILE --type enrolment --establishment 123456"
        " --notice 2026-09-01 --apply. With --type auto the columns of the file say which return it is."
        " The same file again changes nothing. Ends with 0 where every row is clear, with"
        " 2 where rows wait for a change, with 1 where nothing could be taken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--type", required=True, choices=[AUTO, *sorted(LAYOUTS)], help="which return it is"
        )
        parser.add_argument(
            "--label", default="", help="code of the label under which it came, for --type auto"
        )
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--establishment", default="", help="URN, DfE number, UKPRN or name")
        whose.add_argument("--sender", default="", help="who keeps it, of a list that no school sends")
        parser.add_argument("--on", type=date.fromisoformat, help="day a list speaks of, as in 2026-09-01")
        parser.add_argument(
            "--whole", action="store_true", help="the list names everybody of whom it is true"
        )
        parser.add_argument(
            "--authority", default="", help="the council's DfE number, where there are several"
        )
        parser.add_argument(
            "--notice",
            type=date.fromisoformat,
            help="day by which every pupil aged 13 or over had the privacy notice, as in 2026-09-01",
        )
        parser.add_argument("--apply", action="store_true", help="keep it and put it on the register")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["type"] == AUTO:
            options["type"] = self._type_of(options)
        if options["apply"]:
            self._report(self._taken(options))
        else:
            self._looked_at(options)

    def _type_of(self, options: dict[str, Any]) -> str:
        """Which return the file is by its columns, said with the reason."""
        path, said = options["file"], options["establishment"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        whence = Whence(_establishment(said).kind if said else "", options["label"])
        try:
            found = what_is(path, path.name, whence)
        except Unreadable as reason:
            raise CommandError(f"{reason} Nothing was taken.") from None
        if not found.sure:
            raise CommandError(
                f"{found.why} That is not enough to be sure which return it is: give its --type."
            )
        self.stdout.write(f"{LAYOUTS[found.type].title}. {found.why}")
        return found.type

    def _looked_at(self, options: dict[str, Any]) -> None:
        """The same in a transaction that is rolled back, so that nothing of it stays."""
        self.stdout.write("Looked at only: nothing of this is kept. With --apply it is taken over.")
        self.kept_at: Path | None = None
        try:
            with transaction.atomic():
                self._report(self._taken(options))
                transaction.set_rollback(True)
        finally:
            if self.kept_at:
                self.kept_at.unlink(missing_ok=True)

    def _taken(self, options: dict[str, Any]) -> Intake:
        """The return, checked, and with --apply sent."""
        try:
            intake = self._received(options)
            if intake.state == Intake.State.REFUSED:
                raise CommandError(f"{intake.refusal} Nothing was taken.")
            if intake.is_open:
                intake = self._checked(intake, options["notice"])
            else:
                self.stdout.write("The same file is on the register already: nothing changed.")
            if options["apply"] and intake.is_open:
                intake = confirm(intake=intake, by=None)
                self.stdout.write("Taken over.")
        except NoticeMissing as reason:
            raise CommandError(f"{reason} Give the day with --notice, as in --notice 2026-09-01.") from None
        except (CannotStore, NotNow, NotReady, Changed) as reason:
            raise CommandError(str(reason)) from None
        return intake

    def _received(self, options: dict[str, Any]) -> Intake:
        path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        authority, expect = _whose(options)
        with transaction.atomic(), path.open("rb") as file:
            source = iter(lambda: file.read(CHUNK), b"")
            kept = store(source=source, name=path.name, purpose="return", by=None, authority_id=authority.pk)
            self.kept_at = kept.path
            intake = begin_with_file(expected=expect(), file=kept, by=None, channel=Intake.Channel.OFFICER)
            if intake.file_id != kept.pk:
                remove(file=kept, by=None, why="the same file was received before")
        return intake

    def _checked(self, intake: Intake, notice: date | None) -> Intake:
        if notice:
            record_notice(intake=intake, issued_on=notice, by=None)
        intake = check(intake=intake, by=None)
        if intake.state == Intake.State.REFUSED:
            raise CommandError(f"{intake.refusal} Nothing was taken.")
        if intake.waits_for_columns:
            raise CommandError(
                "It is not sure which heading holds which column. With --apply the file is kept; say it then on the"
                " page of the return: " + ", ".join(intake.headings)
            )
        return intake

    def _report(self, intake: Intake) -> None:
        counts = intake.counts
        self.stdout.write(f"{intake.sent_by}, {intake.expected.collection}, version {intake.version}")
        self.stdout.write(f"{counts['rows']:>8} rows read")
        for each in differences_of(intake):
            self.stdout.write(f"{each.count:>8} {each.words}")
        if LAYOUTS[intake.type].is_roll:
            missing = many(counts["missing"], "person,people")
            self.stdout.write(f"{missing} expected and not on the return")
        groups = groups_of(intake, SHOWN)
        for group in groups:
            self.stdout.write(f"{group.total:>8} {group.severity}: {group.words}")
            for problem in group.problems:
                where = f"row {problem.row.number}" if problem.row else "whole file"
                self.stdout.write(f"         {where}: {problem.why} {problem.fix}".rstrip())
        if any(group.severity == "error" for group in groups):
            raise SystemExit(ROWS_WAIT)


def _whose(options: dict[str, Any]) -> tuple[Authority, Callable[[], ExpectedReturn]]:
    """Which council's it is, and what makes the answer it belongs to."""
    layout, today = LAYOUTS[options["type"]], clock.today()
    if layout.is_from_elsewhere != bool(options["sender"]):
        wanted = "--sender" if layout.is_from_elsewhere else "--establishment"
        raise CommandError(f"“{layout.title}” goes with {wanted}.")
    if layout.is_from_elsewhere:
        authority = _authority(options["authority"], "")
        day = options["on"] or today
        listed = ListSent(authority, options["sender"], layout.type, day, options["whole"])
        return authority, lambda: list_brought(sent=listed, title=layout.title, by=None)
    place = _establishment(options["establishment"])
    authority = _authority(options["authority"], place.la_code)
    sent = Sent(authority, place, layout.type, today)
    return authority, lambda: ad_hoc(sent=sent, title=layout.title, by=None)


def _establishment(said: str) -> Establishment:
    numbers = Q(urn=said) | Q(number=said.replace("/", "")) | Q(ukprn=said) if said else Q(pk__in=[])
    found = list(Establishment.objects.filter(numbers)[:2]) or list(
        Establishment.objects.filter(name__iexact=said)[:2]
    )
    if not found:
        raise CommandError(f"No school or college has the number or name {said}.")
    if len(found) > 1:
        raise CommandError(f"Several have the number or name {said}. Give the URN.")
    return found[0]


def _authority(code: str, la_code: str) -> Authority:
    councils = Authority.objects.filter(code=code) if code else Authority.objects.all()
    found = list(councils.order_by("pk"))
    own = [each for each in found if each.code == la_code]
    if len(found) == 1 or own:
        return (own or found)[0]
    raise CommandError("Say for which council with --authority and its DfE number.")
