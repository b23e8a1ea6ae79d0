"""The first page, the pages below every page, and the gallery of parts."""

from django.urls import path

from neet.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("waiting/", views.beside, name="home_beside"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.help_page, name="help"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:sheet>/", views.gallery, name="gallery_sheet"),
]
