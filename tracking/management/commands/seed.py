"""manage.py seed: an invented register."""

import time
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from neet import clock
from neet.accounts.actions import NotEmpty as HasAccounts
from neet.accounts.models import User
from tracking.seeding.actions import Invention, NotEmpty, invent
from tracking.seeding.sizes import SIZES


class Command(BaseCommand):
    help = "Fills an empty database with an invented register; the same size, seed and day give the same one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="small")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--on", type=date.fromisoformat, default=None, metavar="DATE", help="as on this day"
        )
        parser.add_argument(
            "--demonstration",
            action="store_true",
            help="accounts anybody may step into; so it is for small in a database without accounts",
        )

    def handle(self, *args: object, **options: object) -> None:
        began = time.monotonic()
        open_doors = options["demonstration"] or (options["size"] == "small" and not User.objects.exists())
        on = options["on"] or clock.today()
        try:
            counts = invent(Invention(options["size"], options["seed"], on, open_doors))
        except (NotEmpty, HasAccounts) as problem:
            raise CommandError(str(problem)) from None
        if options["verbosity"]:
            people, activities = counts["tracking_youngperson"], counts["tracking_activity"]
            took = time.monotonic() - began
            self.stdout.write(
                f"{people:,} invented young people, {activities:,} activities, {took:.1f} seconds."
            )
