"""Addresses of reports sent regularly."""

from django.urls import path

from caseload.delivery import views

urlpatterns = [
    path("", views.deliveries, name="deliveries"),
    path("new/", views.new_subscription, name="new_subscription"),
    path("to-whom/", views.deliveries_to_whom, name="deliveries_to_whom"),
    path("<int:pk>/rest/", views.rest, name="rest_subscription"),
    path("<int:pk>/go-on/", views.go_on, name="resume_subscription"),
    path("<int:pk>/end/", views.stop, name="end_subscription"),
    path("file/<int:pk>/<slug:which>/", views.delivery_file, name="delivery_file"),
]
