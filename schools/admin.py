"""Establishments and contacts as tables, with files in and out; every change goes through the actions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.results import Error, Result
from import_export.widgets import CachedForeignKeyWidget

from neet.accounts.models import User
from neet.admin import tables
from neet.tables import InAndOut, as_text, harmless
from schools.actions.places import save_place, save_places
from schools.models import Authority, Contact, Establishment

TWICE = (
    "A DfE number or URN stands twice, in the file or in a place that is here already, or has a wrong form."
)


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

    def before_import_row(self, row: Any, **_: Any) -> None:
        """Text as it was before it was made harmless for the spreadsheet."""
        row.update({name: as_text(value) for name, value in row.items()})

    def after_import_row(self, row: Any, row_result: Any, **_: Any) -> None:
        row_result.diff = [row.get(name, "") for name in self.get_diff_headers()]

    def validate_instance(self, instance: Model, import_validation_errors: Any = None, **_: Any) -> None:
        """Each value is one its column takes; places were looked up when the line was read."""
        errors = dict(import_validation_errors or {})
        looked_up = [field.name for field in instance._meta.fields if field.is_relation]
        try:
            instance.clean_fields(exclude=[*errors, *looked_up, "id"])
        except ValidationError as why:
            errors = why.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def bulk_create(self, *_: Any, result: Result, **__: Any) -> None:
        self._keep(self.create_instances, result)

    def bulk_update(self, *_: Any, result: Result, **__: Any) -> None:
        self._keep(self.update_instances, result)

    def _keep(self, rows: list[Model], result: Result) -> None:
        """Done while the file is looked at too, and taken back then: so what the database refuses is known before."""
        names = [field.attribute for field in self.get_import_fields() if field.attribute != "id"]
        try:
            if rows:
                save_places(model=self._meta.model, rows=list(rows), fields=names, by=self.by)
        except IntegrityError:
            result.append_base_error(Error(ValueError(TWICE)))
        rows.clear()

    def export_field(self, field: Field, instance: Model, **kwargs: Any) -> Any:
        return harmless(super().export_field(field, instance, **kwargs))


class Numbered(CachedForeignKeyWidget):
    """A place by its number, looked up among all of them at once."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        try:
            return super().clean(value, row, **options)
        except self.model.DoesNotExist:
            raise ValueError(f"there is none with the number {value}") from None


class EstablishmentFiles(Files):
    class Meta(Files.Meta):
        model = Establishment
        fields = ("id", "name", "kind", "la_code", "number", "urn", "ukprn", "short_code", "town", "postcode",
                  "highest_year_group", "closed_on")  # fmt: skip


class ContactFiles(Files):
    authority = Field("authority", "authority", Numbered(Authority, "code"))
    establishment = Field("establishment", "establishment", Numbered(Establishment, "number"))

    class Meta(Files.Meta):
        model = Contact
        fields = ("id", "authority", "establishment", "purpose", "name", "email", "telephone")


class Kept(InAndOut):
    """A table that is added to and changed through the actions."""

    has_add_permission = has_change_permission = InAndOut._may

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
    # By number or looked up: the list that is searched while one types has no name that a screen reader finds.
    raw_id_fields = ["establishment"]


tables.register(Establishment, EstablishmentTable)
tables.register(Contact, ContactTable)
