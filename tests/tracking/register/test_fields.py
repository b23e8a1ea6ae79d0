"""The field policy covers every field of the register, and says nothing about roles or fields that are not there."""

import pytest
from django.apps import apps

from neet.accounts.roles import ROLES
from tracking.register.fields import CODE, changes, characteristics_read, policy, reads
from tracking.register.models import __all__ as register_models

DERIVED = {"youngperson.year_group"}


def fields_of_the_register():
    for name in register_models:
        model = apps.get_model("tracking", name)
        for field in model._meta.concrete_fields:
            yield f"{model._meta.model_name}.{field.name}"


def test_every_field_of_the_register_has_its_line_and_no_line_lacks_a_field():
    lines = {name for name in policy() if not name.startswith(CODE)}

    assert lines == set(fields_of_the_register()) | DERIVED


def test_the_policy_names_only_roles_there_are():
    named = {role for field in policy().values() for role in field.read | field.change}

    assert named <= set(ROLES)


def test_the_policy_knows_three_classes_of_objection():
    assert {field.objection for field in policy().values()} == {"", "a", "b", "c"}


@pytest.mark.parametrize("role", ["school_user", "college_user"])
@pytest.mark.parametrize(
    "field",
    ["note.text", "note.service", "contactpoint.value", "characteristic.code", "task.words", "objection.made_by",
     "responsibility.service", "youngperson.ethnicity", "youngperson.restricted_on"],
)  # fmt: skip
def test_schools_never_read(role, field):
    assert not reads([role], field)


def test_system_administrators_read_and_change_nothing():
    assert not any(reads(["system_admin"], name) or changes(["system_admin"], name) for name in policy())


def test_hub_workers_read_names_status_and_the_service_only():
    kinds = {field.kind for name, field in policy().items() if reads(["hub_worker"], name)}

    assert kinds == {"identity", "activity", "work"}
    assert not reads(["hub_worker"], "youngperson.date_of_birth")


def test_nobody_changes_what_they_do_not_read():
    for name, field in policy().items():
        assert field.change <= field.read | {"governance"}, name


def test_a_field_without_a_line_is_read_by_nobody():
    assert not any(reads([role], "youngperson.shoe_size") for role in ROLES)


def test_a_circumstance_without_a_line_counts_as_sensitive():
    assert characteristics_read(["tracking_officer"], ["999"]) == {"999"}
    assert characteristics_read(["district_lead"], ["999", "EHCP"]) == {"EHCP"}
    assert characteristics_read(["school_user"], ["EHCP"]) == frozenset()
