"""Addresses of work before anybody is NEET."""

from django.urls import path

from caseload.prevention.views import entering, listed, points, schools

urlpatterns = [
    path("", listed.listed, name="at_risk"),
    path("no-offer/", listed.without_offer, name="at_risk_without_offer"),
    path("ticked/", listed.several, name="at_risk_several"),
    path("people/<uuid:ref>/", entering.one, name="enter_at_risk"),
    path("numbers/", entering.by_number, name="enter_at_risk_by_number"),
    path("<int:pk>/", entering.changed, name="change_at_risk"),
    path("points/", points.points, name="risk_points"),
    path("points/ticked/", points.put_on_list, name="enter_named"),
    path("points/test/", points.test, name="risk_test"),
    path("points/test/file/", points.test_file, name="risk_test_file"),
    path("schools/", schools.ranking, name="risk_schools"),
    path("schools/choose/", schools.choose, name="choose_schools"),
    path("schools/<int:pk>/", schools.one, name="risk_school"),
    path("schools/<int:pk>/change/", schools.changed, name="change_risk_school"),
    path("schools/<int:pk>/end/", schools.ended, name="end_risk_school"),
    path("schools/<int:pk>/print/", schools.printed, name="print_risk_school"),
    path("schools/<int:pk>/steps/", schools.add_step, name="add_school_step"),
    path("schools/<int:pk>/steps/<int:step>/", schools.close_step, name="close_school_step"),
]
