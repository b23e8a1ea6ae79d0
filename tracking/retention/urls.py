"""Addresses of keeping, erasing and breaches."""

from django.urls import path

from tracking.retention.views import breaches, holds, lists

urlpatterns = [
    path("retention/", lists.retention, name="retention"),
    path("retention/list/", lists.make_list, name="make_erasure_list"),
    path("retention/lists/<int:pk>/", lists.erasure_run, name="erasure_run"),
    path("retention/lists/<int:pk>/file/", lists.export, name="export_erasure_list"),
    path("retention/lists/<int:pk>/propose/", lists.propose, name="propose_erasure"),
    path("retention/lists/<int:pk>/release/", lists.release, name="release_erasure"),
    path("retention/lists/<int:pk>/call-off/", lists.call_off, name="call_off_erasure"),
    path("retention/lists/<int:pk>/certificate/", lists.certificate, name="erasure_certificate"),
    path("retention/two-people/", holds.two_people, name="two_people_erase"),
    path("retention/holds/", holds.legal_holds, name="legal_holds"),
    path("retention/holds/everything/", holds.hold_everything, name="hold_everything"),
    path("retention/holds/<int:pk>/lift/", holds.lift, name="lift_hold"),
    path("people/<uuid:ref>/keep/", holds.hold_person, name="hold_person"),
    path("people/<uuid:ref>/erase/", holds.erase_person, name="erase_person"),
    path("breaches/", breaches.breaches, name="breaches"),
    path("breaches/record/", breaches.record, name="record_breach"),
    path("breaches/<int:pk>/", breaches.breach, name="breach"),
    path("breaches/<int:pk>/change/", breaches.change, name="change_breach"),
    path("breaches/<int:pk>/decide/", breaches.decide, name="decide_breach"),
    path("breaches/<int:pk>/close/", breaches.close, name="close_breach"),
]
