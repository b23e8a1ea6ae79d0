"""Every address of the house, floor by floor. Each view says what it needs (neet/accounts/access.py)."""

from django.urls import include, path

from neet import api
from neet.admin import tables

urlpatterns = [
    path("", include("neet.watching.urls")),
    path("tables/", tables.urls),
    path("api/schema/", api.Schema.as_view(), name="api_schema"),
    path("api/docs/", api.Docs.as_view(), name="api_docs"),
    path("", include("neet.accounts.urls")),
    path("", include("neet.audit.urls")),
    path("", include("neet.jobs.urls")),
    path("", include("neet.ui.urls")),
    path("", include("tracking.urls")),
    path("", include("schools.urls")),
    path("", include("tracking.reference.urls")),
    path("", include("returns.urls")),
    path("", include("caseload.urls")),
]
