"""Addresses of the page that says whether everybody is here. None names anybody."""

from django.urls import path

from tracking.reconciling import views

urlpatterns = [
    path("register/everybody/", views.coverage, name="coverage"),
    path("register/everybody/addresses/<slug:part>/", views.addresses, name="coverage_addresses"),
    path("register/everybody/addresses/differs/take/", views.take, name="coverage_take_district"),
]
