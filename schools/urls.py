"""Addresses of colleagues, establishments and the council's own places."""

from django.urls import path

from schools import api
from schools.views import invitation, own, own_place, people, places, tokens

urlpatterns = [
    path("api/v1/me/", api.Me.as_view(), name="api_me"),
    path("api/v1/establishments/", api.Establishments.as_view(), name="api_establishments"),
    path("colleagues/", people.colleagues, name="colleagues"),
    path("colleagues/invite/", people.invite, name="invite"),
    path("colleagues/<int:user_id>/", people.colleague, name="colleague"),
    path("colleagues/<int:user_id>/places/", people.give_place, name="give_place"),
    path("colleagues/<int:user_id>/close/", people.close_account, name="close_account"),
    path("colleagues/<int:user_id>/open/", people.reopen_account, name="reopen_account"),
    path("colleagues/<int:user_id>/second-step/", people.take_second_step_away, name="take_second_step_away"),
    path("colleagues/places/<int:membership_id>/", people.change_place, name="change_place"),
    path("colleagues/places/<int:membership_id>/end/", people.end_place, name="end_place"),
    path(
        "colleagues/invitations/<int:invitation_id>/take-back/", people.withdraw, name="withdraw_invitation"
    ),
    path("colleagues/invitations/<int:invitation_id>/again/", people.invite_again, name="invite_again"),
    path("colleagues/programs/", tokens.programs, name="programs"),
    path("colleagues/programs/add/", tokens.add_program, name="add_program"),
    path("colleagues/programs/<int:token_id>/stop/", tokens.stop_program, name="stop_program"),
    path("our-colleagues/", own.own_colleagues, name="own_colleagues"),
    path("our-colleagues/invite/", own.invite_own, name="invite_own"),
    path("our-colleagues/<int:membership_id>/", own.change_own, name="change_own"),
    path("our-colleagues/<int:membership_id>/end/", own.end_own, name="end_own"),
    path(
        "our-colleagues/invitations/<int:invitation_id>/again/", own.invite_own_again, name="invite_own_again"
    ),
    path("our-colleagues/invitations/<int:invitation_id>/take-back/", own.withdraw_own, name="withdraw_own"),
    path("our-colleagues/right/", own_place.attest_own, name="attest_own"),
    path("our-colleagues/asked/", own_place.own_contact, name="add_own_contact"),
    path("our-colleagues/asked/<int:contact_id>/", own_place.own_contact, name="change_own_contact"),
    path(
        "our-colleagues/asked/<int:contact_id>/remove/", own_place.drop_own_contact, name="drop_own_contact"
    ),
    path("colleagues/schools/", own_place.attestations, name="attestations"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/", invitation.link, name="invitation_link"),
    path("establishments/", places.establishments, name="establishments"),
    path("establishments/add/", places.add_establishment, name="add_establishment"),
    path("establishments/<int:establishment_id>/", places.establishment, name="establishment"),
    path(
        "establishments/<int:establishment_id>/change/",
        places.change_establishment,
        name="change_establishment",
    ),
    path("establishments/<int:establishment_id>/contacts/", places.add_contact, name="add_contact"),
    path("contacts/<int:contact_id>/", places.change_contact, name="change_contact"),
    path("contacts/<int:contact_id>/remove/", places.drop_contact, name="drop_contact"),
    path("council/", places.council, name="council"),
    path("council/districts/add/", places.district, name="add_district"),
    path("council/districts/<int:district_id>/", places.district, name="district"),
    path("council/services/add/", places.service, name="add_service"),
    path("council/services/<int:service_id>/", places.service, name="service"),
]
