"""An account for one role at one place, for whoever runs the installation; prints its password and code seed."""

import secrets
from typing import Any

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models, transaction

from neet import clock
from neet.accounts.actions import add_app, create_account
from neet.accounts.models import User
from neet.accounts.roles import ROLES
from neet.accounts.scope import Place
from neet.audit.actions import recorded
from schools.actions.people import held_in
from schools.kinds import Kind
from schools.models import Authority, District, Establishment, Membership, Service
from schools.rules.placing import MISSING, missing_part, pared


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", required=True, choices=sorted(ROLES))
        parser.add_argument(
            "--authority", help="the council's DfE number, such as 886; needed where there are several"
        )
        parser.add_argument("--establishment", help="its DfE number (7 digits) or URN (6 digits)")
        parser.add_argument("--district", help="its name")
        parser.add_argument("--service", help="its short word in addresses, such as tracking")
        parser.add_argument("--email", help="the address to sign in with; one is made up otherwise")
        parser.add_argument("--name", help="the person's full name")

    def handle(self, *args: Any, **asked: Any) -> None:
        """Make the account, its place and its authenticator app together, or nothing. Raises CommandError."""
        place = place_asked_for(asked)
        email = (asked["email"] or f"{asked['role']}-{secrets.token_hex(3)}@example.org").lower()
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} has an account already.")
        password, seed = secrets.token_urlsafe(15), generate_totp_secret()
        with transaction.atomic():
            user = create_account(
                email=email, name=asked["name"] or ROLES[place.role].words, password=password, by=None
            )
            add_app(user=user, secret=seed)
            with recorded(
                Kind.PLACE_GIVEN, by=None, authority_id=place.authority_id, counts={"account": user.pk}
            ):
                Membership.objects.create(user=user, starts_on=clock.today(), **held_in(place))
        self.stdout.write(f"email     {email}\npassword  {password}\nseed      {seed}")


def place_asked_for(asked: dict[str, Any]) -> Place:
    """The place from what was typed. Raises CommandError for what is missing or not there."""
    role = asked["role"]
    authority = the_authority(asked["authority"]) if ROLES[role].placed_by else None
    place = pared(
        Place(
            role=role,
            authority_id=authority.pk if authority else None,
            establishment_id=the_establishment(asked["establishment"]),
            district_id=one_of(District, authority, name=asked["district"]),
            service_id=one_of(Service, authority, slug=asked["service"]),
        )
    )
    if part := missing_part(place):
        raise CommandError(f"{MISSING[part]}: --{part}")
    return place


def the_authority(code: str | None) -> Authority:
    found = list(Authority.objects.filter(code=code) if code else Authority.objects.all()[:2])
    if len(found) != 1:
        raise CommandError("Say which council: --authority with its DfE number.")
    return found[0]


def the_establishment(number: str | None) -> int | None:
    if not number:
        return None
    found = Establishment.objects.filter(models.Q(number=number) | models.Q(urn=number)).first()
    if found is None:
        raise CommandError(f"There is no establishment {number}.")
    return found.pk


def one_of(model: type[District | Service], authority: Authority | None, **named: str | None) -> int | None:
    if not any(named.values()):
        return None
    found = model.objects.filter(authority=authority, **named).first()
    if found is None:
        raise CommandError(f"There is no {model._meta.verbose_name} {next(iter(named.values()))}.")
    return found.pk
