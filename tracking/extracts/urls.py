"""Addresses of lists taken away."""

from django.urls import path

from tracking.extracts import views

urlpatterns = [
    path("register/take-away/", views.ask_for_extract, name="ask_for_extract"),
    path("extracts/", views.extracts, name="extracts"),
    path("extracts/<uuid:ref>/", views.extract, name="extract"),
    path("extracts/<uuid:ref>/agree/", views.agree_extract, name="agree_extract"),
    path("extracts/<uuid:ref>/refuse/", views.refuse_extract, name="refuse_extract"),
    path("extracts/<uuid:ref>/file/", views.extract_file, name="extract_file"),
]
