"""Addresses of pairs that may be one person."""

from django.urls import path

from tracking.merging import views

urlpatterns = [
    path("duplicates/", views.duplicates, name="duplicates"),
    path("duplicates/search/", views.search_duplicates, name="search_duplicates"),
    path("duplicates/next/", views.next_duplicate, name="next_duplicate"),
    path("duplicates/keys/", views.duplicate_keys, name="duplicate_keys"),
    path("duplicates/<int:pk>/", views.duplicate, name="duplicate"),
    path("duplicates/<int:pk>/again/", views.duplicate_again, name="duplicate_again"),
    path("duplicates/put-together/<int:pk>/take-apart/", views.take_merge_apart, name="take_merge_apart"),
]
