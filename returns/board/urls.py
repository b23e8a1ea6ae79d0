"""Addresses of the council's pages of returns."""

from django.urls import path

from returns.board.views import articles, board, bringing, deciding, letters, planning, terms, year

urlpatterns = [
    path("", board.board, name="returns_board"),
    path("many/", board.on_many, name="returns_many"),
    path("bring/", bringing.bring_return, name="bring_return"),
    path("collections/", planning.collections, name="collections"),
    path("collections/plan/", planning.plan, name="plan_collection"),
    path("collections/<int:pk>/", planning.collection, name="collection"),
    path("collections/<int:pk>/change/", planning.change, name="change_collection"),
    path("collections/<int:pk>/ask/", planning.ask_for, name="ask_for"),
    path("collections/<int:pk>/close/", planning.close, name="close_collection"),
    path("sent/<uuid:ref>/accept/", deciding.accept_return, name="accept_return"),
    path("sent/<uuid:ref>/send-back/", deciding.send_back, name="send_return_back"),
    path("year/", year.year, name="returns_year"),
    path("year/<int:year>/set-up/", year.set_up, name="set_up_returns"),
    path("year/<int:year>/move/", year.move, name="move_returns"),
    path("year/<int:year>/terms/", terms.school_terms, name="school_terms"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/text/", articles.article_text, name="article_text"),
    path("articles/<int:pk>/change/", articles.change, name="change_article"),
    path("articles/<int:pk>/sent/", articles.sent, name="article_sent"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:year>/", letters.make, name="make_letters"),
    path("letters/<int:year>/file/", letters.letters_file, name="letters_file"),
    path("<uuid:ref>/", board.expected_return, name="expected_return"),
    path("<uuid:ref>/remind/", board.remind_one, name="remind_return"),
    path("<uuid:ref>/more-time/", board.extend, name="extend_return"),
    path("<uuid:ref>/stop-asking/", board.waive, name="waive_return"),
    path("<uuid:ref>/ask-again/", board.ask_again, name="ask_return_again"),
    path("<uuid:ref>/messages/<int:notice_id>/again/", board.send_again, name="send_notice_again"),
]
