"""Reading who may become NEET: the list, what the points say of a county, and what became of those they named."""

from caseload.prevention.queries.listing import on_the_list

__all__ = ["on_the_list"]
