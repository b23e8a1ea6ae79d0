"""Addresses of files that are put out, and of sending without an account."""

from django.urls import path

from returns.exchange.views import collecting, council

urlpatterns = [
    path("returns/files/", council.exchange, name="exchange"),
    path("returns/files/put-out/", council.put_out_file, name="put_out_file"),
    path("returns/files/to-fill-in/", council.put_out_templates, name="put_out_templates"),
    path("returns/files/<uuid:ref>/", council.parcel, name="parcel"),
    path("returns/files/<uuid:ref>/tell/", council.tell_parcel, name="tell_parcel"),
    path("returns/files/<uuid:ref>/take-away/", council.withdraw_parcel, name="withdraw_parcel"),
    path("files-for-you/", collecting.files_for_you, name="files_for_you"),
    path("files-for-you/<uuid:ref>/", collecting.collect_file, name="collect_file"),
]
