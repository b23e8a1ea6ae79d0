"""The table editor for whoever runs the installation: establishments, contacts and rules; nothing about pupils."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from neet.accounts.access import anyone, needs
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.accounts.second_factor import has_second_factor


class TableEditor(AdminSite):
    """Open to those who may use it, with their second factor; to everybody else it is not there."""

    site_header = site_title = "Tables of the installation"
    index_title = "Tables"

    def has_permission(self, request: HttpRequest) -> bool:
        return has_second_factor(request) and scope_of(request.user).can(Permission.ADMIN_USE)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page of it says what it needs, as every other address does."""
        return needs(Permission.ADMIN_USE)(super().admin_view(view, cacheable))

    @method_decorator(anyone("sends whoever is not signed in to the way in"))
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way to sign in, and it is not here."""
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get("next") or "/")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one way to change a password, which asks for a fresh second factor, and it is not here."""
        return redirect("account_change_password")


tables = TableEditor(name="tables")
