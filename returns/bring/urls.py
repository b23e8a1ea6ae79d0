"""Addresses of bringing a register."""

from django.urls import path

from returns.bring import views

urlpatterns = [
    path("", views.bring_register, name="bring_register"),
    path("<int:pk>/", views.load, name="load"),
    path("<int:pk>/take/", views.load_take, name="load_take"),
    path("<int:pk>/undo/", views.load_undo, name="load_undo"),
    path("<int:pk>/discard/", views.load_discard, name="load_discard"),
]
