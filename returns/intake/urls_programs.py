"""Addresses of returns for programs."""

from django.urls import path

from returns.intake import api

urlpatterns = [
    path("", api.Returns.as_view(), name="api_returns"),
    path("<uuid:ref>/", api.Return.as_view(), name="api_return"),
    path("<uuid:ref>/file/", api.ReturnFile.as_view(), name="api_return_file"),
    path("sent/<uuid:ref>/", api.Sent.as_view(), name="api_sent"),
    path("sent/<uuid:ref>/explain/", api.SentExplain.as_view(), name="api_sent_explain"),
    path("sent/<uuid:ref>/confirm/", api.SentConfirm.as_view(), name="api_sent_confirm"),
    path("sent/<uuid:ref>/withdraw/", api.SentWithdraw.as_view(), name="api_sent_withdraw"),
]
