"""Bringing a file into the table editor as somebody does: choose it, look, and confirm."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse


def brought_in(client: Client, table: str, lines: str, resource: str = "") -> Any:
    """The page that shows what the file would do; its `confirm()` does it, as the form on that page would."""
    sent = SimpleUploadedFile("lines.csv", lines.encode(), "text/csv")
    asked = {"import_file": sent, "format": "0", "resource": resource}
    seen = client.post(reverse(f"tables:{table}_import"), asked)
    assert seen.status_code == 200

    def confirm() -> Any:
        form = seen.context["confirm_form"]
        held = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        typed = {name: value for name, value in held.items() if value is not None}
        return client.post(reverse(f"tables:{table}_process_import"), typed, follow=True)

    seen.confirm = confirm
    return seen
