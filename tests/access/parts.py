"""What each part of an address names, by its own name or by the address it stands in, and what belongs to everybody.

A new address with parts is added here; where its kind of thing is new, to the world (world.py) too.
"""

from typing import Any

from tests.access.world_of_returns import ERROR

# What a part of an address names: by its own name where that says enough, else by the address it stands in.
BY_PART = {
    "user_id": "colleague",
    "membership_id": "membership",
    "invitation_id": "invitation",
    "establishment_id": "establishment",
    "contact_id": "contact",
    "district_id": "district",
    "service_id": "service",
    "step": "plan_step",
    "row_id": "rule",
    "name": "table",
    "table": "table",
    "year": "year",
    "year_group_of": "year_group",
    "confirmation": "confirmation",
    "code": "error",
    "sheet": "sheet",
    "token_id": "program",
    "notice_id": "notice",
    "object_id": "table_row",
    "content_type_id": "table_kind",
    "app_label": "floor",
    "url": "rest",
    "token": "token",
    "uidb36": "account_key",
    "key": "reset_key",
}
BY_ADDRESS = {
    ("collection", "pk"): "collection",
    ("change_collection", "pk"): "collection",
    ("ask_for", "pk"): "collection",
    ("close_collection", "pk"): "collection",
    ("expected_return", "ref"): "expected",
    ("remind_return", "ref"): "expected",
    ("extend_return", "ref"): "expected",
    ("waive_return", "ref"): "expected",
    ("ask_return_again", "ref"): "expected",
    ("send_notice_again", "ref"): "expected",
    ("accept_return", "ref"): "intake",
    ("decide_match", "row_id"): "doubtful_row",
    ("duplicate", "pk"): "pair",
    ("duplicate_again", "pk"): "pair_apart",
    ("take_merge_apart", "pk"): "merge",
    ("send_return_back", "ref"): "intake",
    ("make_letters", "year"): "letter_year",
    ("change_agreement", "pk"): "agreement",
    ("end_agreement", "pk"): "agreement",
    ("letters_file", "year"): "letter_year",
    ("article", "pk"): "article",
    ("article_text", "pk"): "article",
    ("change_article", "pk"): "article",
    ("article_sent", "pk"): "article",
    ("api_return", "ref"): "expected",
    ("api_return_file", "ref"): "expected",
    ("api_sent", "ref"): "intake",
    ("api_sent_confirm", "ref"): "intake",
    ("api_sent_explain", "ref"): "intake",
    ("api_sent_withdraw", "ref"): "intake",
    ("change_own", "membership_id"): "own_colleague",
    ("end_own", "membership_id"): "own_colleague",
    ("invite_own_again", "invitation_id"): "own_invitation",
    ("withdraw_own", "invitation_id"): "own_invitation",
    ("found", "ref"): "search",
    ("job", "ref"): "job",
    ("job_cancel", "ref"): "job",
    ("forget_list", "pk"): "kept_list",
    ("forget_cut", "pk"): "kept_cut",
    ("mfa_remove_webauthn", "pk"): "passkey",
    ("confirm_activity", "pk"): "activity",
    ("correct_activity", "pk"): "activity",
    ("end_activity", "pk"): "activity",
    ("withdraw_confirmation", "pk"): "activity",
    ("end_contact", "pk"): "contact_point",
    ("stop_contact", "pk"): "contact_point",
    ("end_characteristic", "pk"): "characteristic",
    ("withdraw_objection", "pk"): "objection",
    ("close_task", "pk"): "task",
    ("offers_to_others_file", "home"): "home_council",
    ("change_offer", "pk"): "offer",
    ("add_year_11_place", "ref"): "year_11_pupil",
    ("change_year_11_place", "ref"): "year_11_pupil",
    ("change_year_11_place", "pk"): "year_11_place",
    ("year_11_concern", "ref"): "year_11_pupil",
    ("end_responsibility", "pk"): "responsibility",
    ("unname_user", "pk"): "grant",
    ("load", "pk"): "load",
    ("load_take", "pk"): "load",
    ("load_undo", "pk"): "load",
    ("load_discard", "pk"): "load",
    ("submission_download", "pk"): "submission",
    ("submission_sent", "pk"): "submission",
    ("submission_sign", "pk"): "submission",
    ("submission_unsign", "pk"): "submission",
    ("month_freeze", "slug"): "month",
    ("month_difference", "slug"): "month",
    ("reply_new", "pk"): "submission",
    ("past_freeze", "pk"): "freeze",
    ("past_day", "pk"): "replay",
    ("reply", "pk"): "reply",
    ("reply_columns", "pk"): "reply",
    ("reply_discard", "pk"): "reply",
    ("reply_error", "pk"): "reply",
    ("month", "slug"): "month",
    ("month_check", "slug"): "month",
    ("month_build", "slug"): "month",
    ("month_error", "slug"): "month",
    ("month_outgrown", "slug"): "month",
    ("screen", "ref"): "person",
    ("allocate_cases", "pk"): "month_run",
    ("close_cases", "pk"): "month_run",
    ("take_back_cases", "pk"): "month_run",
    ("stage_of_cases", "pk"): "month_stage",
    ("decide_case", "pk"): "case",
    ("add_late_case", "ref"): "person",
    ("review", "pk"): "case",
    ("acknowledge_list", "pk"): "service_list",
    ("end_list_contact", "pk"): "list_contact",
    ("screening_lead", "pk"): "screening",
    ("refer", "ref"): "person",
    ("call", "ref"): "person",
    ("later_call", "ref"): "person",
    ("who_may_know", "ref"): "person",
    ("say_known", "ref"): "person",
    ("answer_to_confirm", "pk"): "answer",
    ("referral", "pk"): "referral",
    ("accept_referral", "pk"): "referral",
    ("decline_referral", "pk"): "referral",
    ("withdraw_referral", "pk"): "referral",
    ("campaign", "ref"): "campaign",
    ("share_campaign", "ref"): "campaign",
    ("close_campaign", "ref"): "campaign",
    ("write_to_campaign", "ref"): "campaign",
    ("campaign_days", "ref"): "campaign",
    ("plan_task", "pk"): "plan_task",
    ("change_plan_task", "pk"): "plan_task",
    ("change_post", "pk"): "post",
}
BY_ADDRESS |= {
    ("enter_at_risk", "ref"): "person",
    ("change_at_risk", "pk"): "at_risk",
    ("risk_school", "pk"): "risk_school",
    ("change_risk_school", "pk"): "risk_school",
    ("end_risk_school", "pk"): "risk_school",
    ("print_risk_school", "pk"): "risk_school",
    ("add_school_step", "pk"): "risk_school",
    ("close_school_step", "pk"): "risk_school",
    ("close_school_step", "step"): "school_step",
}
MEETING = (
    "meeting", "change_meeting", "cancel_meeting", "propose_agenda", "meeting_people", "meeting_pack", "outsiders_pack",
    "open_room", "room", "room_people", "note_rest", "close_room", "room_stay", "change_item", "change_part",
    "name_no_more", "room_item", "room_outcome", "room_decide", "room_undecide", "stand_in", "remove_attendee",
)  # fmt: skip
BY_ADDRESS |= {(name, "ref"): "meeting" for name in MEETING} | {
    (name, "number"): "agenda_item" for name in MEETING
}
BY_ADDRESS |= {
    ("stand_in", "pk"): "attendee",
    ("remove_attendee", "pk"): "attendee",
    ("name_for_meeting", "ref"): "person",
    ("change_meeting_type", "pk"): "meeting_type",
    ("end_meeting_type", "pk"): "meeting_type",
    ("change_gap", "pk"): "gap",
    ("one_more_waits", "pk"): "gap",
    ("close_gap", "pk"): "gap",
    ("report_pdf", "pk"): "made_report",
    ("report_sheet", "pk"): "made_report",
    ("report_being_made", "ref"): "report_job",
    ("transition_plan", "ref"): "person",
    ("end_transition_plan", "ref"): "person",
    ("print_transition_plan", "ref"): "person",
    ("record_plan_step", "ref"): "person",
    ("answer_start", "pk"): "start_check",
    ("refer_unstarted", "pk"): "start_check",
}
MESSAGES = ("message_batch", "release_messages", "stop_messages", "messages_anew", "discard_messages")
BY_ADDRESS |= {(name, "ref"): "message_batch" for name in MESSAGES} | {
    (name, "ref"): "person" for name in ("no_messages", "messages_again")
}
LETTER_BATCH = (
    "letter_batch", "letter_file", "set_letters_again", "letters_sent", "hand_over_letters", "drop_letters",
)  # fmt: skip
BY_ADDRESS |= {(name, "ref"): "letter_batch" for name in LETTER_BATCH}
BY_ADDRESS |= {(name, "pk"): "letter" for name in ("letter", "refer_unanswered")}
BY_ADDRESS |= {(name, "code"): "letter_code" for name in ("letters_due", "make_letter_batch")}
BY_ADDRESS |= {(name, "code"): "council_of_home" for name in ("home_authority", "home_authority_file")}
SURVEY = (
    "survey_board", "change_survey", "close_survey", "survey_who", "survey_unknown", "survey_silent",
    "survey_silent_file", "survey_flyer", "survey_school", "new_survey_door", "survey_poster", "survey_outstanding",
    "survey_feedback",
)  # fmt: skip
BY_ADDRESS |= {(name, "ref"): "survey" for name in SURVEY} | {
    (name, "establishment_id"): "survey_place" for name in SURVEY
}
BY_ADDRESS |= {(f"{name}survey_answer", "pk"): "survey_answer" for name in ("", "decide_", "mend_")}
BY_ADDRESS |= {("survey_help", "pk"): "survey_help"}
BY_ADDRESS |= {(name, "pk"): "cohort_freeze" for name in ("approve_cohort", "take_back_cohort")}
BY_ADDRESS |= {("check_residency", "ref"): "person"}
BY_ADDRESS |= {(name, "ref"): "parcel" for name in ("parcel", "tell_parcel", "withdraw_parcel")}
BY_ADDRESS |= {
    ("collect_file", "ref"): "parcel_file",
    ("file_put_out", "ref"): "parcel_file",
    ("answer_file", "ref"): "parcel_file",
    ("upload_links", "ref"): "expected",
}
BY_ADDRESS |= {
    ("withdraw_upload_link", "ref"): "expected",
    ("withdraw_upload_link", "link_id"): "upload_link",
}
BY_ADDRESS |= {("move_return", "ref"): "intake"}
BY_ADDRESS |= {(f"{act}_own_contact", "contact_id"): "own_contact" for act in ("change", "drop")}
CHANGES = ("", "_what", "_ask", "_go", "_agree", "_back", "_discard", "_people")
BY_ADDRESS |= {(f"change_many{name}", "ref"): "bulk_change" for name in CHANGES}
BY_ADDRESS |= {("change_many_ask", "step"): "bulk_step"}
BY_ADDRESS |= {(f"{way}_sign_on", "slug"): "sign_on" for way in ("begin", "end")}
RIGHTS = (
    "rights_request", "rights_identity", "rights_meaning", "rights_longer", "rights_answer", "rights_taken_back",
    "rights_told", "gather_copy", "rights_copy", "copy_part", "copy_read", "copy_agree", "copy_back", "copy_file",
    "copy_given",
)  # fmt: skip
BY_ADDRESS |= {(name, "pk"): "rights_request" for name in RIGHTS} | {
    ("rights_told", "recipient"): "recipient",
    ("copy_part", "number"): "copy_part",
    ("copy_file", "kind"): "copy_file",
    ("release_note", "pk"): "rights_note",
    ("look_into", "pk"): "opening",
    ("look_into_reading", "pk"): "reading",
}
ACTIVITY_SURVEY = (
    "activity_survey_people", "activity_survey_where", "activity_survey_file", "activity_survey_download",
    "activity_survey_again", "activity_survey_sign", "activity_survey_back", "activity_survey_sent",
    "activity_survey_reports", "activity_survey_report",
)  # fmt: skip
BY_ADDRESS |= {(name, "pk"): "activity_survey" for name in ACTIVITY_SURVEY}
SELF_ASSESSMENT = (
    "assessment_of_year", "assessment_act", "assessment_paper", "assessment_file", "assessment_line",
)  # fmt: skip
ERASING = (
    "erasure_run", "export_erasure_list", "propose_erasure", "release_erasure", "call_off_erasure",
    "erasure_certificate",
)  # fmt: skip
BY_ADDRESS |= {(name, "pk"): "erasure_run" for name in ERASING} | {
    ("lift_hold", "pk"): "legal_hold",
    **{(name, "pk"): "self_assessment" for name in SELF_ASSESSMENT},
    ("assessment_task", "pk"): "assessment_task",
    ("assessment_line", "line"): "assessment_line",
    **{(name, "pk"): "breach" for name in ("breach", "change_breach", "decide_breach", "close_breach")},
}
MOVE = ("move", "hand_over_move", "say_of_move", "move_file", "move_cover", "move_accepted_there")
BY_ADDRESS |= {(name, "pk"): "move" for name in MOVE} | {
    ("accept_move", "pk"): "move_in",
    ("move_record_came", "pk"): "move_asked",
    ("move_task", "pk"): "move_task",
    ("say_of_move", "deed"): "deed",
    **{(name, "ref"): "person" for name in ("propose_move", "ask_for_record")},
    **{(name, "pk"): "council_agreement" for name in ("agree_with_council", "end_with_council")},
}
PUBLIC_MONTH = ("public_month", "public_month_sign", "public_month_withdraw", "public_month_file")
PUBLIC = ("public_figures", "public_figures_month", "public_figures_file")
GROUP = ("group", "add_group_line", "drop_group_line", "forget_group")
EXTRACT = ("extract", "agree_extract", "refuse_extract", "extract_file")
BY_ADDRESS |= {(name, "pk"): "public_release" for name in PUBLIC_MONTH} | {
    ("public_month_file", "which"): "public_file",
    ("public_figures_file", "which"): "public_file",
    ("public_reader_end", "pk"): "public_reader",
    ("delivery_file", "pk"): "delivery",
    ("delivery_file", "which"): "delivery_file",
    **{(name, "council"): "public_council" for name in PUBLIC},
    **{(name, "month"): "month" for name in PUBLIC},
    **{(name, "pk"): "group" for name in GROUP},
    **{(name, "ref"): "extract" for name in EXTRACT},
    **{(f"{act}_subscription", "pk"): "subscription" for act in ("rest", "resume", "end")},
}
DUE = ("due_return", "nil_return", "not_nil", "send_file", "begin_on_page", "return_template")
INTAKE = (
    "intake", "check_again", "columns", "return_problems", "explain_all", "explain_problem", "return_rows",
    "return_row",
    "fix_cell", "leave_row_out", "pupils", "all_here", "add_pupil", "answer_pupil", "missing", "hand_over",
    "confirm_return", "receipt", "receipt_pdf", "take_back", "returned_file", "set_order",
)  # fmt: skip
BY_ADDRESS |= {(name, "ref"): "expected" for name in DUE} | {(name, "ref"): "intake" for name in INTAKE}
BY_ADDRESS |= {(name, "kind"): "problem_kind" for name in ("return_problems", "explain_all")}
BY_ADDRESS |= {(name, "column"): "problem_column" for name in ("return_problems", "explain_all", "set_order")}
BY_ADDRESS |= {
    (name, "number"): "row" for name in ("return_row", "fix_cell", "leave_row_out", "explain_problem")
}
BY_ADDRESS |= {("answer_pupil", "person"): "pupil"}
BY_ADDRESS |= {(name, "ref"): "list" for name in ("list_compared", "settle_list")}
BY_ADDRESS |= {(name, "type"): "list_type" for name in ("bring_list", "lists_of_kind")}
BY_ADDRESS |= {(name, "part"): "list_part" for name in ("list_compared", "settle_list")}
BY_ADDRESS |= {("coverage_addresses", "part"): "address_part"}
TABLES = (
    "tables/"  # of the whole installation: whoever may open it may open each row, and nobody else anything
)
RECORDS = ("people/", "api/v1/people/")
PARTS_OF_A_RECORD = {
    "activity", "confirmation", "contact_point", "characteristic", "objection", "task", "responsibility", "grant",
    "offer",
}  # fmt: skip
# What belongs to nobody: everybody who may open the address may open each of them.
SHARED: dict[str, tuple[Any, Any]] = {
    "table": ("activity_codes", "no_such_table"),
    "year": (2026, 1850),
    "letter_year": (2026, 1850),
    "letter_code": ("home_y11_september", "no_such_letter"),
    "council_of_home": ("202", "no-such"),
    "year_group": (12, 99),
    "month": ("2026-10", "2026-13"),
    "error": (ERROR, "no-such"),
    "sheet": ("parts", "no-such"),
    "public_file": ("csv", "no-such"),
    "delivery_file": ("sheet", "no-such"),
    "token": ("some-secret", "another-secret"),
    "account_key": ("1", "zzzz"),
    "reset_key": ("set-password", "no-such-key"),
    "floor": ("schools", None),
    "table_kind": ("1", None),
    "rest": ("no/such/table", None),
    "row": (2, 99),
    "bulk_step": (0, 99),
    "sign_on": ("council", "no-such"),
    "copy_part": (1, 99),
    "copy_file": ("pdf", "no-such"),
    "plan_step": ("named_place", "no-such"),
    "assessment_line": ("trained", "no-such"),
    "list_type": ("looked_after", "no-such"),
    "home_council": ("none", "no-such"),
    "list_part": ("differs", "no-such"),
    "deed": ("query", "no-such"),
    "address_part": ("outside", "no-such"),
    "problem_kind": ("wanted", "no-such"),
    "problem_column": ("gender", "no-such"),
}
