"""Addresses of the code lists and rules."""

from django.urls import path

from tracking.reference import api, views

urlpatterns = [
    path("api/v1/reference/<slug:table>/", api.Rules.as_view(), name="api_reference"),
    path("rules/", views.tables, name="reference"),
    path("rules/year/", views.this_rule_year, name="reference_this_year"),
    path("rules/year/<int:year>/", views.rule_year, name="reference_year"),
    path("rules/year/<int:year>/looked-through/", views.looked_through, name="reference_year_looked_through"),
    path("rules/row/<int:row_id>/", views.row, name="reference_row"),
    path("rules/row/<int:row_id>/change/", views.change, name="reference_row_change"),
    path("rules/row/<int:row_id>/end/", views.close, name="reference_row_close"),
    path("rules/<slug:name>/", views.table, name="reference_table"),
    path("rules/<slug:name>/add/", views.add, name="reference_row_add"),
    path("rules/<slug:name>/<int:year>/confirm/", views.confirm, name="reference_confirm"),
]
