"""Where a link's page stands, for whoever writes it into a message."""

from django.conf import settings
from django.urls import reverse


def path_of(secret: str) -> str:
    """The whole address of the page behind a link."""
    return f"{settings.BASE_URL}{reverse('answer_link', args=[secret])}"
