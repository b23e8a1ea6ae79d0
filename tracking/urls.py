"""Addresses of the register. None names anybody: a young person is a meaningless number."""

from django.urls import include, path

from tracking.register import api
from tracking.register.views import person, register, search

urlpatterns = [
    path("", include("tracking.register.urls")),
    path("", include("tracking.figures.urls")),
    path("", include("tracking.exploring.urls")),
    path("", include("tracking.extracts.urls")),
    path("", include("tracking.groups.urls")),
    path("", include("tracking.guarantee.urls")),
    path("", include("tracking.moves.urls")),
    path("", include("tracking.merging.urls")),
    path("", include("tracking.public.urls")),
    path("", include("tracking.published.urls")),
    path("", include("tracking.reconciling.urls")),
    path("", include("tracking.released.urls")),
    path("", include("tracking.replays.urls")),
    path("", include("tracking.retention.urls")),
    path("", include("tracking.rights.urls")),
    path("", include("tracking.bulk.urls")),
    path("api/v1/people/", api.People.as_view(), name="api_people"),
    path("api/v1/people/<uuid:ref>/", api.Person.as_view(), name="api_person"),
    path("register/", register.register, name="register"),
    path("register/keep/", register.keep_list, name="keep_list"),
    path("register/kept/<int:pk>/forget/", register.forget_list, name="forget_list"),
    path("people/search/", search.search, name="search"),
    path("people/found/<uuid:ref>/", search.found, name="found"),
    path("people/<uuid:ref>/", person.person, name="person"),
    path("people/<uuid:ref>/activities/", person.person_activities, name="person_activities"),
    path("people/<uuid:ref>/contact/", person.person_contact, name="person_contact"),
    path("people/<uuid:ref>/notes/", person.person_notes, name="person_notes"),
    path("people/<uuid:ref>/tasks/", person.person_tasks, name="person_tasks"),
    path("people/<uuid:ref>/history/", person.person_history, name="person_history"),
]
