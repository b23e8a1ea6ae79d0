"""The policy that is printed is the one that holds."""

import json

from django.core.management import call_command

from neet.accounts.addresses import addresses
from neet.accounts.roles import ROLES


def printed(capsys) -> dict:
    call_command("policy", json=True)
    return json.loads(capsys.readouterr().out)


def test_every_address_is_classified():
    assert [each.route for each in addresses() if each.access is None] == []


def test_policy_prints_every_address_role_and_field(capsys):
    policy = printed(capsys)

    assert len(policy["addresses"]) == len(list(addresses()))
    assert set(policy["roles"]) == set(ROLES)
    assert policy["fields"]["youngperson.id"]["read"]
    assert all(set(field["read"]) <= set(ROLES) for field in policy["fields"].values())


def test_policy_names_who_may_open_what(capsys):
    lines = {line["name"]: line for line in printed(capsys)["addresses"]}

    assert lines["account_login"]["anyone"]
    assert lines["recovery_codes"]["fresh_second_factor"]
    assert set(lines["account"]["roles"]["GET"]) == set(ROLES)
    assert lines["audit"]["roles"]["GET"] == ["governance"]
