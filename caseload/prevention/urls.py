"""Addresses of work before anybody is NEET."""

from django.urls import path

from caseload.prevention.views import entering, listed, points

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
]
