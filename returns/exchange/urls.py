"""Addresses of files that are put out, and of sending without an account."""

from django.urls import path

from returns.exchange.views import collecting, council, links, sending

urlpatterns = [
    path("returns/files/", council.exchange, name="exchange"),
    path("returns/files/put-out/", council.put_out_file, name="put_out_file"),
    path("returns/files/to-fill-in/", council.put_out_templates, name="put_out_templates"),
    path("returns/files/what-became-of-them/", council.put_out_feedback, name="put_out_feedback"),
    path("returns/files/<uuid:ref>/", council.parcel, name="parcel"),
    path("returns/files/<uuid:ref>/file/", collecting.file_put_out, name="file_put_out"),
    path("returns/files/<uuid:ref>/tell/", council.tell_parcel, name="tell_parcel"),
    path("returns/files/<uuid:ref>/take-away/", council.withdraw_parcel, name="withdraw_parcel"),
    path("returns/links/<uuid:ref>/", links.upload_links, name="upload_links"),
    path(
        "returns/links/<uuid:ref>/<int:link_id>/take-back/",
        links.withdraw_upload_link,
        name="withdraw_upload_link",
    ),
    path("send/", sending.send_by_link_page, name="send_by_link"),
    path("send/now/", sending.send_link_return, name="send_link_return"),
    path("send/<str:token>/", sending.upload_link, name="upload_link"),
    path("files-for-you/", collecting.files_for_you, name="files_for_you"),
    path("files-for-you/<uuid:ref>/", collecting.collect_file, name="collect_file"),
    path("files-for-you/<uuid:ref>/answer/", collecting.answer_file, name="answer_file"),
]
