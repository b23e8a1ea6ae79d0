"""The address of the trail."""

from django.urls import path

from neet.audit import views

urlpatterns = [path("audit/", views.events, name="audit")]
