"""Addresses of screening."""

from django.urls import path

from caseload.screening import views

urlpatterns = [
    path("", views.waiting, name="to_screen"),
    path("people/<uuid:ref>/", views.talk, name="screen"),
    path("<int:pk>/lead/", views.lead, name="screening_lead"),
]
