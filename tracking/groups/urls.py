"""Addresses of groups."""

from django.urls import path

from tracking.groups import views

urlpatterns = [
    path("figures/groups/", views.groups, name="groups"),
    path("figures/groups/new/", views.new_group, name="new_group"),
    path("figures/groups/<int:pk>/", views.group, name="group"),
    path("figures/groups/<int:pk>/add/", views.add_line, name="add_group_line"),
    path("figures/groups/<int:pk>/drop/", views.drop_line, name="drop_group_line"),
    path("figures/groups/<int:pk>/forget/", views.forget, name="forget_group"),
]
