"""Where the words wait that a page says after an act: in a cookie that is bound to the host as the others are."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class BoundCookie(CookieStorage):
    """The signed cookie of the framework under the name of the settings."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class Storage(FallbackStorage):
    """The cookie, and the session for what has no room in it."""

    storage_classes = (BoundCookie, SessionStorage)
