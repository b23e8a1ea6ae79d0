"""manage.py begin_council --code 886 --administrator ira@council.example: a council that has no return to bring."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from neet import clock
from neet.accounts.models import User
from schools.actions.councils import Beginning, begin_council
from schools.actions.invitations import HOLDS_FOR
from schools.actions.people import Refused
from schools.models import Membership
from tracking.reference.queries import ruleset
from tracking.rules.codes import AreaKind

BEGINS = "system_admin"


class Command(BaseCommand):
    help = (
        "Makes a council that has no return of another system to bring, and invites its first data officer by e-mail."
        " That person invites everybody else. Needs a system administrator: mkuser --role system_admin."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, help="the council's DfE number, three digits, as 886")
        parser.add_argument("--name", default="", help="its name; else as in the code list")
        parser.add_argument(
            "--database",
            default="",
            help="how the numbers of its young people begin, three digits; else its code",
        )
        parser.add_argument("--administrator", required=True, help="the first data officer's e-mail address")
        parser.add_argument("--administrator-name", default="", help="and name, which they may correct")
        parser.add_argument(
            "--by", default="", help="which system administrator invites, where there are several"
        )

    def handle(self, *args: object, **asked: str) -> None:
        """Make both or nothing. Raises CommandError."""
        try:
            beginning = beginning_asked_for(asked)
            invitation = begin_council(beginning=beginning, by=inviting(asked["by"]))
        except Refused as why:
            raise CommandError(f"{why} Nothing was changed.") from None
        self.stdout.write(
            f"{beginning.name} ({beginning.code}) begins. {invitation.email} is invited as its data officer;"
            f" the link in the e-mail holds for {HOLDS_FOR.days} days."
        )


def beginning_asked_for(asked: dict[str, str]) -> Beginning:
    """What was typed, held against the code list of today. Raises Refused."""
    code, email = asked["code"].strip(), asked["administrator"].strip()
    area = ruleset(clock.today()).areas.get(code)
    if area is None or area.kind is not AreaKind.AUTHORITY:
        raise Refused(f"{code} is not the number of a council in the code list.")
    database = asked["database"].strip() or code
    if not (len(database) == 3 and database.isascii() and database.isdigit()):
        raise Refused(f"{database} is not three digits.")
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"{email} is not an e-mail address.") from None
    name = asked["name"].strip() or area.label
    if len(name) > 80:
        raise Refused("The name has more than 80 characters.")
    return Beginning(code, name, database, asked["administrator_name"].strip() or email, email)


def inviting(email: str) -> User:
    """The system administrator in whose name is invited. Raises Refused for nobody, and for more than one."""
    held = Membership.objects.running(clock.today()).filter(role=BEGINS, user__is_active=True)
    found = list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
    if email:
        found = [user for user in found if user.email.lower() == email.strip().lower()]
    if not found:
        raise Refused("There is no such system administrator. Make one first: mkuser --role system_admin.")
    if len(found) > 1:
        raise Refused(
            "There are several system administrators. Say who invites: --by with their e-mail address."
        )
    return found[0]
