"""Addresses of public figures: those of the council's desk, and those open to whoever it says."""

from django.urls import path

from tracking.public.views import months, outside

urlpatterns = [
    path("figures/public/", months.public_months, name="public_months"),
    path("figures/public/put-forward/", months.propose_month, name="propose_month"),
    path("figures/public/open/", months.open_to, name="public_open_to"),
    path("figures/public/readers/add/", months.new_reader, name="public_reader_add"),
    path("figures/public/readers/<int:pk>/end/", months.stop_reader, name="public_reader_end"),
    path("figures/public/<int:pk>/", months.public_month, name="public_month"),
    path("figures/public/<int:pk>/sign-off/", months.sign_month, name="public_month_sign"),
    path("figures/public/<int:pk>/take-back/", months.withdraw_month, name="public_month_withdraw"),
    path("figures/public/<int:pk>/<slug:which>/", months.public_month_file, name="public_month_file"),
    path("public/by-link/<str:token>/", outside.by_link, name="public_figures_link"),
    path("public/<str:council>/", outside.months, name="public_figures"),
    path("public/<str:council>/<slug:month>/", outside.month, name="public_figures_month"),
    path("public/<str:council>/<slug:month>/<slug:which>/", outside.file, name="public_figures_file"),
]
