"""The address of one pupil somebody worries about. It names nobody."""

from django.urls import path

from returns.concerns import views

urlpatterns = [path("pupil/", views.worry, name="worry")]
