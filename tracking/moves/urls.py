"""Addresses of moves and of questions between councils. A move is a meaningless number; nobody is named."""

from django.urls import path

from tracking.moves.views import asking, beginning, moves, settling

urlpatterns = [
    path("register/moves/", moves.listed, name="moves"),
    path("register/moves/ask/", beginning.ask_by_number, name="ask_by_number"),
    path("register/moves/people/<uuid:ref>/", beginning.propose_move, name="propose_move"),
    path("register/moves/people/<uuid:ref>/came/", beginning.ask_for_record, name="ask_for_record"),
    path("register/moves/tasks/<int:pk>/", moves.task, name="move_task"),
    path("register/moves/<int:pk>/", moves.one, name="move"),
    path("register/moves/<int:pk>/hand-over/", settling.hand_over, name="hand_over_move"),
    path("register/moves/<int:pk>/accept/", settling.accepted, name="accept_move"),
    path("register/moves/<int:pk>/accepted-there/", settling.reply, name="move_accepted_there"),
    path("register/moves/<int:pk>/record-came/", settling.came, name="move_record_came"),
    path("register/moves/<int:pk>/say/<slug:deed>/", settling.say_it, name="say_of_move"),
    path("register/moves/<int:pk>/file/", settling.file, name="move_file"),
    path("register/moves/<int:pk>/cover/", settling.cover_page, name="move_cover"),
    path("register/other-councils/", asking.other_councils, name="other_councils"),
    path("register/other-councils/newcomers/", asking.newcomers, name="newcomers_elsewhere"),
    path("register/other-councils/asked/", asking.asked_of_us, name="asked_of_us"),
    path("register/other-councils/agreements/", asking.agreements, name="council_agreements"),
    path("register/other-councils/agreements/<int:pk>/agree/", asking.agreed, name="agree_with_council"),
    path("register/other-councils/agreements/<int:pk>/end/", asking.ended, name="end_with_council"),
]
