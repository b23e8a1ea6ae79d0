"""manage.py policy --json: who may open which address, what each role reaches, who reads and changes which field."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from neet.accounts.addresses import METHODS, Address, addresses
from neet.accounts.roles import ROLES, Role


class Command(BaseCommand):
    """Prints the two tables an auditor asks for, made from what the doors and queries themselves use."""

    help = "Print the access policy: every address and every field by role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs; otherwise a short text")

    def handle(self, *args: Any, **options: Any) -> None:
        policy = whole_policy()
        if options["json"]:
            self.stdout.write(json.dumps(policy, indent=2, ensure_ascii=False, sort_keys=True))
            return
        for line in policy["addresses"]:
            who = (line["anyone"] and f"anyone: {line['anyone']}") or ", ".join(line["roles"]["GET"])
            self.stdout.write(f"/{line['route']}\t{who}")


def whole_policy() -> dict[str, Any]:
    """Addresses, roles and fields."""
    fields = import_string(settings.FIELD_POLICY)()
    return {
        "addresses": [_address(each) for each in addresses()],
        "roles": {slug: _role(role) for slug, role in ROLES.items()},
        "fields": {name: _plain(asdict(field)) for name, field in fields.items()},
    }


def _address(each: Address) -> dict[str, Any]:
    access = each.access
    return {
        "route": each.route,
        "name": each.name,
        "classified": access is not None,
        "anyone": access.anyone if access else "",
        "needs": access.needs if access else None,
        "needs_to_post": access.to_post if access else None,
        "fresh_second_factor": bool(access and access.fresh),
        "roles": {method: each.roles(method) for method in METHODS},
    }


def _role(role: Role) -> dict[str, Any]:
    return {
        "words": role.words,
        "scope": role.about,
        "placed_by": role.placed_by,
        "whole_lists": role.bulk,
        "permissions": sorted(role.permissions),
    }


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in field.items()}
