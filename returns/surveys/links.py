"""Where the pages of answers stand, for whoever writes it into a message or a letter."""

from django.conf import settings
from django.urls import reverse


def path_of(secret: str) -> str:
    """The whole address of the page behind a link."""
    return f"{settings.BASE_URL}{reverse('answer_link', args=[secret])}"


def code_page() -> str:
    """Where a code is typed, as somebody types it: without what browsers add by themselves."""
    return f"{settings.BASE_URL}{reverse('answer_code')}".removeprefix("https://").rstrip("/")
