"""Addresses of reviewing."""

from django.urls import path

from caseload.reviews.views import handing, reviewing

urlpatterns = [
    path("", reviewing.listed, name="reviews"),
    path("<int:pk>/", reviewing.one, name="review"),
    path("not-reviewed/", reviewing.not_reviewed, name="not_reviewed"),
    path("several/", reviewing.several, name="review_several"),
    path("lists/", handing.overview, name="review_lists"),
    path("lists/hand-out/", handing.hand, name="hand_out_lists"),
    path("lists/<int:pk>/have/", handing.have, name="acknowledge_list"),
    path("lists/remind/<int:service_id>/", handing.remind, name="remind_service"),
    path("lists/contacts/add/", handing.add_contact, name="add_list_contact"),
    path("lists/contacts/<int:pk>/end/", handing.stop_contact, name="end_list_contact"),
    path("lists/file/<int:service_id>/", handing.as_file, name="review_file"),
    path("lists/file/<int:service_id>/fetch/", handing.fetch_file, name="fetch_review_file"),
]
