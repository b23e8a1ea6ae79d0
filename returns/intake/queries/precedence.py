"""Whose word stands where two sources say different things: the council's dated table, as the comparison asks it."""

from datetime import date

from tracking.reference.queries import ruleset


def believed(field: str, on: date) -> list[str]:
    """The sources whose later word on a field stands against a return's earlier one."""
    return sorted(ruleset(on).believed(field))
