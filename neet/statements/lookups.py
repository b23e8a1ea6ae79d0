"""`any`: a column is one of `Ids`, which go to the database as one value."""

from typing import Any

from django.db.models import Field, ForeignObject, Lookup


@Field.register_lookup
@ForeignObject.register_lookup
class IsAnyOf(Lookup):
    """`= ANY(array)`: what `IN` with as many values means to the database, in one text for however many."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", [*values, list(self.rhs)]
