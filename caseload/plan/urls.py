"""Addresses of the year's plan, the posts, and the set-up of a council."""

from django.urls import path

from caseload.plan.views import plan, posts

urlpatterns = [
    path("", plan.year_plan, name="year_plan"),
    path("plan.csv", plan.plan_file, name="year_plan_file"),
    path("plan.pdf", plan.plan_paper, name="year_plan_paper"),
    path("items/<int:pk>/", plan.item, name="plan_task"),
    path("items/<int:pk>/change/", plan.change_item, name="change_plan_task"),
    path("<int:year>/add/", plan.new_item, name="add_plan_task"),
    path("<int:year>/set-up/", plan.set_up, name="set_up_year"),
    path("posts/", posts.posts, name="posts"),
    path("posts/add/", posts.add_post, name="add_post"),
    path("posts/<int:pk>/", posts.change_post, name="change_post"),
    path("council/", posts.council_like, name="council_like"),
]
