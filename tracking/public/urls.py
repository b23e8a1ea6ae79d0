"""Addresses of public figures: those of the council's desk, and those open to whoever it says."""

from django.urls import path

from tracking.public import views, views_public

urlpatterns = [
    path("figures/public/", views.public_months, name="public_months"),
    path("figures/public/put-forward/", views.propose_month, name="propose_month"),
    path("figures/public/open/", views.open_to, name="public_open_to"),
    path("figures/public/readers/add/", views.new_reader, name="public_reader_add"),
    path("figures/public/readers/<int:pk>/end/", views.stop_reader, name="public_reader_end"),
    path("figures/public/<int:pk>/", views.public_month, name="public_month"),
    path("figures/public/<int:pk>/sign-off/", views.sign_month, name="public_month_sign"),
    path("figures/public/<int:pk>/take-back/", views.withdraw_month, name="public_month_withdraw"),
    path("figures/public/<int:pk>/<slug:which>/", views.public_month_file, name="public_month_file"),
    path("public/by-link/<str:token>/", views_public.by_link, name="public_figures_link"),
    path("public/<str:council>/", views_public.months, name="public_figures"),
    path("public/<str:council>/<slug:month>/", views_public.month, name="public_figures_month"),
    path("public/<str:council>/<slug:month>/<slug:which>/", views_public.file, name="public_figures_file"),
]
