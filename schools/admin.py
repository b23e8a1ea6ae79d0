"""Establishments and contacts as tables, with files in and out; every change goes through the actions."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from import_export.admin import ImportExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from neet.accounts.models import User
from neet.admin import tables
from schools.actions.places import save_place, save_places
from schools.models import Authority, Contact, Establishment

LIVE = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(LIVE) else value


class Files(ModelResource):
    """Files in and out, many rows at a time, without the pictures of differences that cost most of the time."""

    by: User | None = None

    class Meta:
        use_bulk = True
        skip_diff = True
        skip_html_diff = True
        instance_loader_class = CachedInstanceLoader  # rows that are there already, in one statement
        batch_size = 1000

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.by = kwargs.get("user")

    def bulk_create(self, using_transactions: bool, dry_run: bool, raise_errors: bool, **_: Any) -> None:
        self._keep(self.create_instances, dry_run)

    def bulk_update(self, using_transactions: bool, dry_run: bool, raise_errors: bool, **_: Any) -> None:
        self._keep(self.update_instances, dry_run)

    def _keep(self, rows: list[Model], dry_run: bool) -> None:
        if rows and not dry_run:
            names = [field.attribute for field in self.get_import_fields() if field.attribute != "id"]
            save_places(model=self._meta.model, rows=list(rows), fields=names, by=self.by)
        rows.clear()

    def export_field(self, field: Field, instance: Model, **kwargs: Any) -> Any:
        return harmless(super().export_field(field, instance, **kwargs))


class EstablishmentFiles(Files):
    class Meta(Files.Meta):
        model = Establishment
        fields = ("id", "name", "kind", "la_code", "number", "urn", "ukprn", "short_code", "town", "postcode",
                  "highest_year_group", "closed_on")  # fmt: skip


class ContactFiles(Files):
    authority = Field("authority", "authority", ForeignKeyWidget(Authority, "code"))
    establishment = Field("establishment", "establishment", ForeignKeyWidget(Establishment, "number"))

    class Meta(Files.Meta):
        model = Contact
        fields = ("id", "authority", "establishment", "purpose", "name", "email", "telephone")


class Kept(ImportExportMixin, ModelAdmin):
    """A table that is added to and changed through the actions, and never emptied here."""

    formats = [CSV, XLSX]
    import_formats = [CSV, XLSX]
    export_formats = [CSV, XLSX]

    def _may(self, request: HttpRequest, *_: Any) -> bool:
        return self.admin_site.has_permission(request)

    has_module_permission = has_view_permission = has_add_permission = has_change_permission = _may
    has_import_permission = has_export_permission = _may

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        save_place(row=obj, by=request.user)

    def log_addition(self, *_: Any) -> None:
        """The trail is kept by the actions."""

    log_change = log_addition


class EstablishmentTable(Kept):
    resource_classes = [EstablishmentFiles]
    list_display = ["name", "kind", "la_code", "number", "urn", "town"]
    list_filter = ["kind"]
    search_fields = ["name", "number", "urn"]


class ContactTable(Kept):
    resource_classes = [ContactFiles]
    list_display = ["name", "purpose", "establishment", "authority"]
    autocomplete_fields = ["establishment"]


tables.register(Establishment, EstablishmentTable)
tables.register(Contact, ContactTable)
