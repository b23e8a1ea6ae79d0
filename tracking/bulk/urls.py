"""Addresses of changes to many. None names anybody: who was chosen stands in rows."""

from django.urls import path

from tracking.bulk import views

urlpatterns = [
    path("register/changes/", views.listed, name="changes_to_many"),
    path("register/changes/new/", views.choose_many, name="choose_many"),
    path("register/changes/<uuid:ref>/", views.one, name="change_many"),
    path("register/changes/<uuid:ref>/what/", views.what, name="change_many_what"),
    path("register/changes/<uuid:ref>/ask/<int:step>/", views.ask, name="change_many_ask"),
    path("register/changes/<uuid:ref>/go/", views.go, name="change_many_go"),
    path("register/changes/<uuid:ref>/agree/", views.agreed, name="change_many_agree"),
    path("register/changes/<uuid:ref>/back/", views.back, name="change_many_back"),
    path("register/changes/<uuid:ref>/discard/", views.discard, name="change_many_discard"),
    path("register/changes/<uuid:ref>/people/", views.people, name="change_many_people"),
]
