"""The gallery of parts."""

from django.urls import path

from neet.ui import views

urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:sheet>/", views.gallery, name="gallery_sheet"),
]
