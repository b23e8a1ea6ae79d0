"""Addresses at which a record is changed. Each lies under the young person's meaningless number."""

from django.urls import path

from tracking.register.views import (
    access,
    activities,
    confirming,
    contact,
    details,
    facts,
    notes,
    offers,
    tasks,
    year_11,
)

PERSON = "people/<uuid:ref>/"

urlpatterns = [
    path("tasks/", tasks.listed, name="tasks"),
    path("year-11/", year_11.list_of_year_11, name="year_11"),
    path("year-11/file/", year_11.download, name="year_11_file"),
    path("year-11/<uuid:ref>/place/", year_11.add_place, name="add_year_11_place"),
    path("year-11/<uuid:ref>/place/<int:pk>/", year_11.change_stage, name="change_year_11_place"),
    path("year-11/<uuid:ref>/concern/", year_11.keep_concern, name="year_11_concern"),
    path("register/confirm/", confirming.confirm_ticked, name="confirm_ticked"),
    path("people/add/", details.add, name="add_person"),
    path("people/emergency/", access.emergency, name="open_in_emergency"),
    path(PERSON + "activity/record/", activities.record, name="record_activity"),
    path(PERSON + "activity/places/", activities.places, name="activity_places"),
    path(PERSON + "activity/<int:pk>/confirm/", activities.confirm, name="confirm_activity"),
    path(PERSON + "activity/<int:pk>/correct/", activities.correct, name="correct_activity"),
    path(PERSON + "activity/<int:pk>/end/", activities.end, name="end_activity"),
    path(
        PERSON + "activity/<int:pk>/confirmation/<int:confirmation>/withdraw/",
        activities.withdraw,
        name="withdraw_confirmation",
    ),
    path(PERSON + "details/", details.details, name="change_details"),
    path(PERSON + "plans/", details.plans, name="change_plans"),
    path(PERSON + "cohort/", details.cohort, name="change_cohort"),
    path(PERSON + "address/", contact.address, name="change_address"),
    path(PERSON + "contact/add/", contact.add, name="add_contact"),
    path(PERSON + "contact/<int:pk>/end/", contact.end, name="end_contact"),
    path(PERSON + "contact/<int:pk>/stop/", contact.stop, name="stop_contact"),
    path(PERSON + "needs/add/", facts.add_characteristic, name="add_characteristic"),
    path(PERSON + "needs/<int:pk>/end/", facts.end, name="end_characteristic"),
    path(PERSON + "guarantee/", facts.guarantee, name="change_guarantee"),
    path(PERSON + "guarantee/<int:year_group_of>/", facts.guarantee, name="change_guarantee_of"),
    path(PERSON + "objection/", facts.objection, name="record_objection"),
    path(PERSON + "objection/<int:pk>/withdraw/", facts.withdraw, name="withdraw_objection"),
    path(PERSON + "objection/answer/", facts.answer, name="answer_objection"),
    path(PERSON + "places/add/", offers.add, name="add_offer"),
    path(PERSON + "places/<int:pk>/", offers.change, name="change_offer"),
    path(PERSON + "notes/add/", notes.add, name="add_note"),
    path(PERSON + "tasks/add/", tasks.add, name="add_task"),
    path(PERSON + "tasks/<int:pk>/close/", tasks.close, name="close_task"),
    path(PERSON + "responsible/", tasks.assign, name="assign_responsibility"),
    path(PERSON + "responsible/<int:pk>/end/", tasks.end, name="end_responsibility"),
    path(PERSON + "restriction/", access.restrict, name="restrict_record"),
    path(PERSON + "restriction/named/", access.name_user, name="name_user"),
    path(PERSON + "restriction/named/<int:pk>/end/", access.unname_user, name="unname_user"),
]
