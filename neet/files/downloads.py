"""Handing a file out: as an attachment, with the type of its content, and kept by no cache."""

from collections.abc import Iterable
from typing import TypeVar

from django.http import FileResponse, StreamingHttpResponse

from neet.files.content import TYPES
from neet.files.models import StoredFile

Response = TypeVar("Response", FileResponse, StreamingHttpResponse)


def download(file: StoredFile, *, name: str = "") -> FileResponse:
    """The stored bytes. Whoever calls has asked whether this person may have them, at this moment."""
    response = FileResponse(
        file.path.open("rb"),
        as_attachment=True,
        filename=name or file.name,
        content_type=TYPES[StoredFile.Kind(file.kind)],
    )
    return _uncached(response)


def download_of(chunks: Iterable[bytes], *, name: str, kind: str) -> StreamingHttpResponse:
    """What is made while it is sent, or a few bytes made already."""
    response = StreamingHttpResponse(chunks, content_type=TYPES[StoredFile.Kind(kind)])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _uncached(response)


def _uncached(response: Response) -> Response:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
