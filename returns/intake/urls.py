"""Addresses of what is due and of returns on their way. They name numbers and references, never a person."""

from django.urls import path

from returns.intake.views import answering, closing, due, files, mending, opened, routing, sending

urlpatterns = [
    path("returns/", due.due, name="due"),
    path("returns/<uuid:ref>/", due.due_return, name="due_return"),
    path("returns/<uuid:ref>/nothing/", due.nil_return, name="nil_return"),
    path("returns/<uuid:ref>/something/", due.not_nil, name="not_nil"),
    path("returns/<uuid:ref>/file/", sending.send_file, name="send_file"),
    path("returns/<uuid:ref>/page/", sending.answer_on_page, name="begin_on_page"),
    path("returns/<uuid:ref>/template/", files.return_template, name="return_template"),
    path("return/<uuid:ref>/", opened.intake, name="intake"),
    path("return/<uuid:ref>/check/", sending.check_again, name="check_again"),
    path("return/<uuid:ref>/move/", routing.move_return, name="move_return"),
    path("return/<uuid:ref>/columns/", sending.columns, name="columns"),
    path(
        "return/<uuid:ref>/problems/<slug:kind>/<slug:column>/",
        opened.return_problems,
        name="return_problems",
    ),
    path(
        "return/<uuid:ref>/problems/<slug:kind>/<slug:column>/explain/",
        mending.explain_all_of,
        name="explain_all",
    ),
    path("return/<uuid:ref>/dates/<slug:column>/", mending.set_order_of, name="set_order"),
    path("return/<uuid:ref>/rows/<int:number>/explain/", mending.explain_problem, name="explain_problem"),
    path("return/<uuid:ref>/rows/", opened.return_rows, name="return_rows"),
    path("return/<uuid:ref>/rows/<int:number>/", mending.return_row, name="return_row"),
    path("return/<uuid:ref>/rows/<int:number>/fix/", mending.fix_cell_of, name="fix_cell"),
    path("return/<uuid:ref>/rows/<int:number>/leave-out/", mending.leave_row_out, name="leave_row_out"),
    path("return/<uuid:ref>/pupils/", answering.pupils, name="pupils"),
    path("return/<uuid:ref>/pupils/all/", answering.all_here, name="all_here"),
    path("return/<uuid:ref>/pupils/add/", answering.add_pupil, name="add_pupil"),
    path("return/<uuid:ref>/pupils/<uuid:person>/", answering.answer_pupil, name="answer_pupil"),
    path("return/<uuid:ref>/missing/", answering.missing, name="missing"),
    path("return/<uuid:ref>/hand-over/", closing.hand_over_to, name="hand_over"),
    path("return/<uuid:ref>/send/", closing.confirm_return, name="confirm_return"),
    path("return/<uuid:ref>/receipt/", closing.receipt, name="receipt"),
    path("return/<uuid:ref>/receipt.pdf", closing.receipt_pdf, name="receipt_pdf"),
    path("return/<uuid:ref>/take-back/", closing.take_back, name="take_back"),
    path("return/<uuid:ref>/returned-file/", files.returned_file, name="returned_file"),
]
