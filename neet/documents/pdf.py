"""A page as a tagged PDF. What the page names is fetched from our own styles and fonts and from nowhere else."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static

OURS = "https://ours.invalid/"
VARIANT = "pdf/ua-1"
KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class NotOurs(ValueError):
    """A page asked for something that is not one of our styles, fonts or pictures."""


def pdf_of(template: str, context: dict[str, Any]) -> bytes:
    """The template (on layouts/print.html) as PDF/UA-1: tagged, titled, with its fonts inside."""
    return pdf_from(render_to_string(template, context))


def pdf_from(html: str) -> bytes:
    """HTML as PDF/UA-1. What it names under the static address comes from our disk; all else is left out."""
    from weasyprint import HTML  # two seconds and forty megabytes that only documents need

    with _nothing_swept():
        return HTML(string=html, base_url=OURS, url_fetcher=_locked()).write_pdf(pdf_variant=VARIANT)


def pdf_of_each(pages: Iterable[str], *, sheet: str, tell: Callable[[int], None]) -> tuple[bytes, int]:
    """Many small documents one after the other in one PDF/UA-1, each with page numbers of its own, and how many pages
    they are. The style sheet is read once for all of them; `tell` hears how many are set. Raises ValueError for none.
    """
    from weasyprint import CSS, HTML  # two seconds and forty megabytes that only documents need
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), _locked()
    style = CSS(url=OURS + static(sheet).lstrip("/"), font_config=fonts, url_fetcher=fetcher)
    first, set_pages = None, []
    for number, html in enumerate(pages, start=1):
        page = HTML(string=html, base_url=OURS, url_fetcher=fetcher)
        document = page.render(font_config=fonts, stylesheets=[style], pdf_variant=VARIANT)
        first = first or document
        set_pages += document.pages
        tell(number)
    if first is None:
        raise ValueError("nothing to be set")
    return first.copy(set_pages).write_pdf(pdf_variant=VARIANT), len(set_pages)


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """All boxes of a document are in use until it is written: looking for those that are not takes a third of the
    time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _locked() -> Any:
    """Opens our own files by name, pictures written into the page, and nothing else at all."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Locked(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = our_file(url)
            content = (
                unpacked(path, path.stat().st_mtime_ns) if path.suffix == ".woff2" else path.read_bytes()
            )
            return URLFetcherResponse(url, content, {"Content-Type": KINDS[path.suffix]})

    return Locked(allowed_protocols=["data"], allow_redirects=False)


@lru_cache(maxsize=16)
def unpacked(font: Path, changed: int) -> bytes:
    """A packed font of ours as documents need it. To unpack it takes longer than a short document: once for each
    process, and again when the file has `changed` (in nanoseconds)."""
    from fontTools.ttLib import woff2  # of WeasyPrint, which unpacks with it what is still packed

    plain = BytesIO()
    woff2.decompress(BytesIO(font.read_bytes()), plain)
    return plain.getvalue()


def our_file(url: str) -> Path:
    """The static file an address of ours names. Raises NotOurs for every other address."""
    address = urlsplit(url)
    wanted = unquote(address.path)
    if f"{address.scheme}://{address.netloc}/" == OURS and wanted.startswith(settings.STATIC_URL):
        for folder in map(Path, [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]):
            path = (folder / wanted.removeprefix(settings.STATIC_URL)).resolve()
            if path.is_relative_to(folder.resolve()) and path.suffix in KINDS and path.is_file():
                return path
    raise NotOurs("not one of our styles, fonts or pictures")
