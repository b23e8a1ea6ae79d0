"""The first page, and the gallery of parts."""

from django.urls import path

from neet.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:sheet>/", views.gallery, name="gallery_sheet"),
]
