"""Addresses of referrals."""

from django.urls import path

from caseload.referrals import views

urlpatterns = [
    path("", views.listed, name="referrals"),
    path("people/<uuid:ref>/", views.make, name="refer"),
    path("<int:pk>/", views.one, name="referral"),
    path("<int:pk>/accept/", views.accepted, name="accept_referral"),
    path("<int:pk>/decline/", views.declined, name="decline_referral"),
    path("<int:pk>/withdraw/", views.withdrawn, name="withdraw_referral"),
]
