"""Addresses of this room."""

from django.urls import path

from caseload.letters.views import batches, due, letters

urlpatterns = [
    path("", due.board, name="letters_board"),
    path("head/", due.letterhead, name="letterhead"),
    path("unanswered/", letters.unanswered_list, name="letters_unanswered"),
    path("due/<slug:code>/", due.due_list, name="letters_due"),
    path("due/<slug:code>/make/", due.make, name="make_letter_batch"),
    path("batches/<uuid:ref>/", batches.batch, name="letter_batch"),
    path("batches/<uuid:ref>/file/", batches.batch_file, name="letter_file"),
    path("batches/<uuid:ref>/again/", batches.again, name="set_letters_again"),
    path("batches/<uuid:ref>/sent/", batches.sent, name="letters_sent"),
    path("batches/<uuid:ref>/hand-over/", batches.handed_over, name="hand_over_letters"),
    path("batches/<uuid:ref>/not-sent/", batches.dropped, name="drop_letters"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/refer/", letters.refer, name="refer_unanswered"),
]
