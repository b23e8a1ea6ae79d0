"""Addresses of surveys: those printed for young people, then those of the council and its schools."""

from django.urls import path

from returns.surveys.many.views import board, consent, matching, public, schools

urlpatterns = [
    path("survey/", public.survey, name="survey"),
    path("survey/thanks/", public.thanks, name="survey_thanks"),
    path("survey/finish/", public.finish, name="survey_finish"),
    path("survey/finished/", public.finished, name="survey_finished"),
    path("survey/words/", public.language, name="survey_language"),
    path("survey/mine/", public.mine, name="survey_mine"),
    path("survey/mine/change/", public.change, name="survey_change"),
    path("survey/mine/<str:token>/", public.own, name="survey_own"),
    path("survey/<str:token>/", public.door, name="survey_door"),
    path("returns/surveys/", board.surveys, name="surveys"),
    path("returns/surveys/plan/", board.plan, name="plan_survey"),
    path("returns/surveys/own/", schools.own_surveys, name="own_surveys"),
    path("returns/surveys/answers/<int:pk>/", matching.answer, name="survey_answer"),
    path("returns/surveys/answers/<int:pk>/decide/", matching.decide, name="decide_survey_answer"),
    path("returns/surveys/answers/<int:pk>/mend/", matching.mend, name="mend_survey_answer"),
    path("returns/surveys/help/<int:pk>/", matching.help_asked, name="survey_help"),
    path("returns/surveys/<uuid:ref>/", board.board, name="survey_board"),
    path("returns/surveys/<uuid:ref>/change/", board.change, name="change_survey"),
    path("returns/surveys/<uuid:ref>/close/", board.close, name="close_survey"),
    path("returns/surveys/<uuid:ref>/who/", matching.who, name="survey_who"),
    path("returns/surveys/<uuid:ref>/unknown/", matching.nobodys, name="survey_unknown"),
    path("returns/surveys/<uuid:ref>/not-answered/", board.not_answered, name="survey_silent"),
    path("returns/surveys/<uuid:ref>/not-answered.xlsx", board.not_answered_file, name="survey_silent_file"),
    path("returns/surveys/<uuid:ref>/flyer.pdf", schools.flyer, name="survey_flyer"),
    path("returns/surveys/<uuid:ref>/<int:establishment_id>/", schools.school, name="survey_school"),
    path("returns/surveys/<uuid:ref>/<int:establishment_id>/link/", board.renew, name="new_survey_door"),
    path(
        "returns/surveys/<uuid:ref>/<int:establishment_id>/poster.pdf", schools.poster, name="survey_poster"
    ),
    path(
        "returns/surveys/<uuid:ref>/<int:establishment_id>/not-answered.xlsx",
        schools.outstanding,
        name="survey_outstanding",
    ),
    path(
        "returns/surveys/<uuid:ref>/<int:establishment_id>/became.xlsx",
        board.feedback,
        name="survey_feedback",
    ),
    path("people/<uuid:ref>/consent/withdraw/", consent.withdraw, name="withdraw_consent"),
]
