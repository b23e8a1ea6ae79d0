"""Bringing a register in the browser: sent, tried out, taken in."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from xlsxwriter import Workbook

from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.bring.models import Load


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def bring(desk: Client, content: bytes, kind: str = "return", name: str = "file.xml") -> Any:
    return desk.post("/bring/", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def do_work() -> None:
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        jobs.run(job_id=job.pk)


def tried(desk: Client, content: bytes, **asked: str) -> Load:
    """Brought and tried out."""
    assert bring(desk, content, **asked).status_code == 302
    do_work()
    return Load.objects.latest("pk")


def taken(desk: Client, content: bytes, **asked: str) -> Load:
    load = tried(desk, content, **asked)
    desk.post(f"/bring/{load.pk}/take/")
    do_work()
    load.refresh_from_db()
    assert load.state == Load.State.TAKEN
    return load


def sheet(rows: list[list[Any]]) -> bytes:
    kept = io.BytesIO()
    with Workbook(kept, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(at, column, cell)
    return kept.getvalue()
