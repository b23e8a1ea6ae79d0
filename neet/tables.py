"""Tables as files, out and in: harmless in a spreadsheet, looked at before they are taken in, whole or not at all."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm

LIVE = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(LIVE) else value


def as_text(value: Any) -> str:
    """What stood in a cell, as text: our own apostrophe taken off again, days as 2026-04-01, whole numbers whole."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = str(value).strip()
    return said[1:] if said.startswith("'") and said[1:].startswith(LIVE) else said


class InAndOut(ImportExportMixin, ModelAdmin):
    """A table that goes out and comes in as a file; nothing is deleted. The actions it goes through keep the trail."""

    formats = [CSV, XLSX]
    import_formats = [CSV, XLSX]
    export_formats = [CSV, XLSX]
    import_template_name = "tables/import.html"
    export_form_class = ExportForm  # the other form has handlers in the page, which the policy refuses
    skip_admin_log = True

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    has_module_permission = has_view_permission = has_import_permission = has_export_permission = _may

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """A filter that is none is left out, as the list itself does."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(request.path)

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """A row that was good when it was looked at and is not any more takes the whole file back."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request, "Nothing was taken in: something changed since you looked. Look at the file again."
            )
            return redirect(f"{self.admin_site.name}:{'_'.join(self.get_model_info())}_import")
        return super().process_result(result, request)
