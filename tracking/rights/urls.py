"""Addresses of people's rights."""

from django.urls import path

from tracking.rights.views import asking, assessing, copies, openings, requests

PERSON = "people/<uuid:ref>/"
ONE = "rights/<int:pk>/"

urlpatterns = [
    path("privacy/what-we-hold/", asking.what_we_hold, name="what_we_hold"),
    path("rights/", requests.listed, name="rights"),
    path("rights/opened/", openings.listed, name="openings"),
    path("rights/opened/<int:pk>/", openings.looked_into, name="look_into"),
    path("rights/opened/many/<int:pk>/", openings.reading_looked_into, name="look_into_reading"),
    path("rights/processing/", openings.processing, name="record_of_processing"),
    path("rights/assessment/", assessing.assessment, name="impact_assessment"),
    path("rights/assessment/file/", assessing.assessment_file, name="impact_assessment_file"),
    path("rights/activities/", assessing.activities, name="record_of_activities"),
    path("rights/activities/file/", assessing.activities_file, name="record_of_activities_file"),
    path("rights/notes/", asking.notes, name="notes_to_release"),
    path("rights/notes/<int:pk>/", asking.released, name="release_note"),
    path(ONE, requests.one, name="rights_request"),
    path(ONE + "identity/", requests.identity, name="rights_identity"),
    path(ONE + "meaning/", requests.meaning, name="rights_meaning"),
    path(ONE + "longer/", requests.longer, name="rights_longer"),
    path(ONE + "answer/", requests.answered, name="rights_answer"),
    path(ONE + "taken-back/", requests.taken_back, name="rights_taken_back"),
    path(ONE + "told/<int:recipient>/", requests.told, name="rights_told"),
    path(ONE + "gather/", copies.gathered, name="gather_copy"),
    path(ONE + "copy/", copies.copy, name="rights_copy"),
    path(ONE + "copy/<int:number>/", copies.part, name="copy_part"),
    path(ONE + "copy/read/", copies.read_through, name="copy_read"),
    path(ONE + "copy/agree/", copies.agreed, name="copy_agree"),
    path(ONE + "copy/back/", copies.sent_back, name="copy_back"),
    path(ONE + "copy/file/<slug:kind>/", copies.file, name="copy_file"),
    path(ONE + "copy/given/", copies.given, name="copy_given"),
    path(PERSON + "rights/", asking.ask, name="ask_rights"),
    path(PERSON + "rights/copy/", asking.ask_copy, name="ask_copy"),
    path(PERSON + "use/limit/", asking.limit, name="limit_use"),
    path(PERSON + "use/goes-on/", asking.limit_goes_on, name="limit_goes_on"),
    path(PERSON + "use/told/", asking.told_before, name="told_before_use"),
    path(PERSON + "use/again/", asking.used_again, name="use_again"),
]
