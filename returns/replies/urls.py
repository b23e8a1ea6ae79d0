"""Addresses of the DfE's replies."""

from django.urls import path

from returns.replies import views

urlpatterns = [
    path("file/<int:pk>/reply/", views.new, name="reply_new"),
    path("replies/<int:pk>/", views.reply, name="reply"),
    path("replies/<int:pk>/columns/", views.columns, name="reply_columns"),
    path("replies/<int:pk>/discard/", views.discard, name="reply_discard"),
    path("replies/<int:pk>/errors/<str:code>/", views.reported, name="reply_error"),
]
