"""Addresses of the register of agreements."""

from django.urls import path

from returns.agreements import views

urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("record/", views.record_of_flows, name="record_of_flows"),
    path("new/", views.new_agreement, name="new_agreement"),
    path("<int:pk>/", views.change, name="change_agreement"),
    path("<int:pk>/end/", views.end, name="end_agreement"),
]
