"""The dated tables as files, out and in. What comes in goes through the acts of the editor; nothing is typed here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import RowResult

from neet.accounts.models import User
from neet.admin import tables
from neet.tables import InAndOut, as_text, harmless
from tracking.reference.columns import Table
from tracking.reference.editing import Refused
from tracking.reference.filing import WHY, Line, says_nothing_new, take_line
from tracking.reference.forms import VALUE, RowForm
from tracking.reference.models import ReferenceRow
from tracking.reference.rules import Period
from tracking.reference.tables import ALL
from tracking.reference.views import bring_up_to_date
from tracking.rules.academic_year import reporting_year

DAYS = {"valid_from": "First day", "valid_to": "Last day"}
OF_EVERY_TABLE = (*DAYS, "evidence")


class TableFiles(ModelResource):
    """One dated table as lines of a file; made for each by `files_of`."""

    table: Table

    class Meta:
        model = ReferenceRow
        use_transactions = True
        skip_diff = True
        report_skipped = False

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.codes: frozenset[str] = frozenset()
        self.held: frozenset[int] = frozenset()
        self.by: User | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (*(column.name for column in self.table.columns), *OF_EVERY_TABLE)

    # out
    def filter_export(self, queryset: QuerySet[ReferenceRow], **_: Any) -> QuerySet[ReferenceRow]:
        return queryset.filter(table=self.table.name).order_by("key", "valid_from")

    def export_field(self, field: Field, instance: ReferenceRow, **_: Any) -> str:
        name = field.column_name
        held = getattr(instance, name) if name in OF_EVERY_TABLE else instance.values.get(name, "")
        return harmless(as_text(held))

    # in
    def before_import(self, dataset: Any, **options: Any) -> None:
        self.by = options.get("user")
        self.held = frozenset(ReferenceRow.objects.filter(table=self.table.name).values_list("pk", flat=True))
        if missing := set(self.names) - set(dataset.headers or ()):
            raise ValueError(f"These columns are missing: {', '.join(sorted(missing))}.")

    def import_row(self, row: Mapping[str, Any], instance_loader: Any, **_: Any) -> RowResult:
        """Do what the line says, within a transaction that is taken back while the file is only looked at."""
        result, said = RowResult(), {name: as_text(row.get(name)) for name in self.names}
        result.diff = list(said.values())
        try:
            line = line_of(self.table, said)
            taken = take_line(line=line, by=self.by)
        except (Refused, ValidationError) as why:
            result.import_type = RowResult.IMPORT_TYPE_INVALID
            result.validation_error = why if isinstance(why, ValidationError) else ValidationError(str(why))
            return result
        if taken is None:
            result.import_type = RowResult.IMPORT_TYPE_SKIP
            return result
        is_new = taken.row.pk not in self.held
        result.import_type = RowResult.IMPORT_TYPE_NEW if is_new else RowResult.IMPORT_TYPE_UPDATE
        self.codes |= taken.codes
        return result

    def after_import(self, dataset: Any, result: Any, **_: Any) -> None:
        result.codes = self.codes


def files_of(table: Table) -> type[TableFiles]:
    """The file of one table: its own columns, its days, and how sure we are."""
    names = (*(column.name for column in table.columns), *OF_EVERY_TABLE)
    meta = type("Meta", (TableFiles.Meta,), {
        "name": table.words, "fields": names, "import_order": names, "export_order": names,
        "import_id_fields": (*table.key, "valid_from"),
    })  # fmt: skip
    fields = {name: Field(column_name=name, attribute=name) for name in names}
    return type(f"{table.name.title()}Files", (TableFiles,), {"table": table, "Meta": meta, **fields})


def line_of(table: Table, said: Mapping[str, str]) -> Line:
    """A line as the editor would take it. Raises ValidationError by the words of the columns."""
    first, last = day_of(said, "valid_from"), day_of(said, "valid_to")
    if first is None:
        raise ValidationError({DAYS["valid_from"]: "Enter the first day it holds"})
    values = {name: text for name, text in said.items() if name not in OF_EVERY_TABLE}
    line = Line(table.name, values, Period(first, last), said["evidence"])
    return line if says_nothing_new(line) else checked(table, line)


def checked(table: Table, line: Line) -> Line:
    """The line, if the editor's own form takes it."""
    first = line.period.first
    typed = {f"{VALUE}{name}": text for name, text in line.values.items()}
    days = {"from_on_day": str(first.day), "from_on_month": str(first.month), "from_on_year": str(first.year)}
    form = RowForm(
        {**typed, **days, "evidence": line.evidence, "why": WHY}, table=table, year=reporting_year(first)
    )
    if not form.is_valid():
        raise ValidationError({str(form.fields[name].label): each for name, each in form.errors.items()})
    return Line(table.name, form.values(), line.period, line.evidence)


def day_of(said: Mapping[str, str], name: str) -> date | None:
    """A day as files write it. Raises ValidationError."""
    if not said[name]:
        return None
    parts = said[name].split("/")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else said[name])
    except ValueError:
        words = f"{said[name]} is not a day like 2026-04-01 or 01/04/2026"
        raise ValidationError({DAYS[name]: words}) from None


class RuleTable(InAndOut):
    """Every dated row, to find, take out and bring in; one row is changed in the editor."""

    resource_classes = [files_of(table) for table in ALL]
    list_display = ["key", "table", "valid_from", "valid_to", "evidence", "editor"]
    list_display_links = None
    list_filter = ["table", "evidence"]
    search_fields = ["key"]
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ReferenceRow | None = None) -> bool:
        return False

    def editor(self, row: ReferenceRow) -> str:
        return format_html('<a href="{}">{} {}</a>', reverse("reference_row", args=[row.pk]), "Open", row.key)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Situations follow the rules, as after a change in the editor."""
        if not (result.has_errors() or result.has_validation_errors()):
            bring_up_to_date(request, result.codes)
        return super().process_result(result, request)


tables.register(ReferenceRow, RuleTable)
