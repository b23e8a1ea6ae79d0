"""What the floors above hang into the ground, by dotted path, so that nothing low imports what stands higher."""

PERSON_PANELS: list[str] = [
    "caseload.allocation.panels.case_panel",
    "tracking.register.panels_seeking.seeking_panel",
    "tracking.register.panels.offers_panel",
    "tracking.moves.panels.person_panel",
    "caseload.screening.panels.person_panel",
    "caseload.reviews.panels.person_panel",
    "caseload.referrals.panels.person_panel",
    "caseload.letters.panels.person_panel",
    "caseload.chase.panels.person_panel",
    "caseload.meetings.panels.record_panel",
    "caseload.messaging.panels.person_panel",
    "caseload.prevention.panels.person_panel",
    "caseload.transitions.panels.person_panel",
    "returns.surveys.many.panels.person_panel",
    "returns.nccis.panels.record_panel",
    "tracking.merging.panels.person_panel",
    "tracking.rights.panels.person_panel",
    "tracking.retention.panels.person_panel",
]
# What whoever opens a record or changes it must know first: f(person_id) gives rows, and g(rows) words, or none.
RECORD_NOTICES: list[tuple[str, str]] = [
    ("tracking.rights.queries.limits.limits_of", "tracking.rights.panels.notice")
]
# Panels that say nothing of somebody without a row in one of these tables (the table, and its way to the young
# person): asked for all of them in one statement.
PANEL_ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "tracking.register.panels_seeking.seeking_panel": (("tracking.Seeking", "person"),),
    "tracking.moves.panels.person_panel": (("tracking.Move", "person"), ("tracking.Move", "new_person")),
    "caseload.reviews.panels.person_panel": (("caseload.Review", "case__person"),),
    "caseload.letters.panels.person_panel": (("caseload.Letter", "person"),),
    "tracking.merging.panels.person_panel": (("tracking.Merge", "kept"),),
    "returns.surveys.many.panels.person_panel": (
        ("returns.SurveyAnswer", "person"),
        ("tracking.Consent", "person"),
    ),
}
# What they know of a record's history: f(person_id, user, on) gives Happenings (tracking/register/queries/timeline.py).
HAPPENINGS: list[str] = [
    "tracking.register.panels.happenings",
    "tracking.guarantee.panels.happenings",
    "tracking.merging.panels.happenings",
    "tracking.moves.panels.happenings",
    "caseload.screening.panels.happenings",
    "caseload.reviews.panels.happenings",
    "caseload.referrals.panels.happenings",
    "caseload.letters.panels.happenings",
    "caseload.chase.panels.happenings",
    "caseload.prevention.panels.happenings",
    "caseload.transitions.panels.happenings",
    "tracking.rights.panels.happenings",
]
# What they know of earlier times out of school of those who may be somebody to be added: f(people, user) gives person,
# words and day (tracking/register/queries/earlier.py).
EARLIER_EPISODES: list[str] = ["caseload.referrals.queries.out_of_school"]
# What higher rooms show on the page of a month's cases: f(run, user, on).
CASES_PANELS: list[str] = ["caseload.reviews.panels.month_panel"]
MONTH_PANELS: list[str] = ["returns.replies.panels.month_panel"]
# The first page: what stands wide in the middle, in this order, and what stands beside it in short.
HOME_PANELS: list[str] = [
    "caseload.chase.panels.home_panel",
    "caseload.chase.panels.names_panel",
    "returns.nccis.panels.home_panel",
    "tracking.figures.panels.figures_panel",
    "tracking.released.panels.home_panel",
    "tracking.register.views.home.tasks_panel",
    "caseload.meetings.panels.home_panel",
    "caseload.reviews.panels.cases_panels",
    "tracking.register.views.home.numbers_panel",
    "returns.intake.panels.due_panel",
    "returns.exchange.panels.files_panel",
    "returns.activity_survey.panels.school_panel",
    "schools.panels.attest_panel",
    "returns.board.panels.returns_panel",
    "returns.surveys.many.panels.school_panel",
    "tracking.rights.panels.home_panel",
    "tracking.retention.panels.home_panel",
    "tracking.register.views.home.reason_panel",
    "tracking.register.views.home.look_up_panel",
    "neet.ui.installation.installation_panel",
]
HOME_BESIDE: list[str] = [
    "tracking.register.views.home.piles_panel",
    "caseload.referrals.panels.home_panel",
    "caseload.messaging.panels.home_panel",
    "caseload.letters.panels.home_panel",
    "caseload.prevention.panels.home_panel",
    "caseload.transitions.panels.home_panel",
    "returns.intake.panels_matches.matches_panel",
    "tracking.merging.panels.home_panel",
    "tracking.moves.panels.home_panel",
    "returns.surveys.many.panels.home_panel",
]
# What a role came for stands first.
HOME_FIRST: dict[str, str] = {
    "caseworker": "caseload.reviews.panels.cases_panels",
    "service_lead": "caseload.reviews.panels.cases_panels",
    "district_lead": "caseload.meetings.panels.home_panel",
}
NAVIGATION: list[dict] = [
    {"words": "Home", "url": "home", "needs": "signed_in"},
    {
        "words": "Register",
        "words_in_portal": "Your pupils",
        "url": "register",
        "also": ["changes_to_many", "guarantee", "activity_survey", "moves", "duplicates", "coverage"],
        "needs": "person.read",
    },
    {"words": "Your Year 11", "url": "year_11", "needs": "offers.of_own_year_11"},
    {
        "words": "Calls",
        "url": "calls",
        "also": ["messages", "letters_board", "campaigns"],
        "needs": "work.chase",
    },
    {
        "words": "Messages and letters",
        "url": "messages",
        "also": ["letters_board", "campaigns"],
        "needs": "work.write_to_many",
        "unless": "work.chase",
    },
    {"words": "Whom do you know?", "url": "names_to_know", "needs": "person.say_known"},
    {
        "words": "Cases",
        "url": "cases",
        "also": ["to_screen", "reviews", "referrals", "meetings", "at_risk", "next_steps"],
        "needs": "work.on_cases",
    },
    {"words": "Tasks", "url": "tasks", "needs": "work.do"},
    {"words": "Year", "url": "year_plan", "also": ["assessment"], "needs": "plan.change"},
    {
        "words": "Figures",
        "below": [
            {"words": "By month", "url": "figures", "needs": "figures.read"},
            {"words": "Your own cut", "url": "figures_explore", "needs": "figures.explore"},
            {"words": "Reports", "url": "reports", "needs": "figures.explore"},
            {"words": "What to expect", "url": "figures_ahead", "needs": "figures.read"},
            {"words": "Beside others", "url": "figures_against", "needs": "figures.read"},
            {"words": "Duty to participate", "url": "duty", "needs": "figures.explore"},
            {"words": "For everybody", "url": "released_tables", "needs": "figures.read"},
            {"words": "Public figures", "url": "public_months", "needs": "figures.read"},
            {"words": "Groups", "url": "groups", "needs": "figures.explore"},
            {"words": "Past days", "url": "past_days", "needs": "figures.explore"},
        ],
    },
    {
        "words": "Leavers told of",
        "url": "provider_figures",
        "needs": "figures.read",
        "unless": "return.receive",
    },
    {"words": "This month", "url": "this_month", "needs": "errors.read"},
    {
        "words": "Returns",
        "url": "returns_board",
        "also": ["due", "matches", "offers_waiting", "lists"],
        "needs": "return.receive",
    },
    {"words": "Files for you", "url": "files_for_you", "needs": "exchange.collect"},
    {
        "words": "Rights",
        "url": "rights",
        "also": ["retention", "breaches", "openings", "council_agreements", "extracts", "deliveries_to_whom"],
        "needs": "person.give_copy",
    },
    {"words": "Agreements", "url": "agreements", "needs": "audit.read"},
    {
        "words": "Council",
        "below": [
            {"words": "Establishments", "url": "establishments", "needs": "reference.read"},
            {"words": "Rules", "url": "reference", "needs": "reference.read"},
            {"words": "Colleagues", "url": "colleagues", "needs": "membership.change"},
            {"words": "Bring your register", "url": "bring_register", "needs": "register.load"},
        ],
    },
    {"words": "Colleagues", "url": "own_colleagues", "needs": "membership.of_own_place"},
]
# Pages from which somebody goes to change a record and comes back, by the word their address carries (`?from=`).
WAYS_BACK: dict[str, str] = {
    "calls": "next_call",
    "reviews": "reviews",
    "provider": "calls_by_provider",
}
# Whom services took over though no case of this month says so: f(services, on) gives a condition on young people;
# no services named: of any (caseload/chase/queries/whom.py).
TAKEN_OVER: list[str] = ["caseload.prevention.queries.listing.taken_over"]
# Who is asked after in another piece of work too: f(on) gives values `person_id` and `work`, what that work is called
# (caseload/chase/queries/people.py).
SOUGHT: list[str] = [
    "caseload.campaigns.queries.people.asked_after",
    "returns.activity_survey.queries.people.sought",
]
# What a change of a dated table would do to the register, by table (tracking/reference/effects.py).
REFERENCE_EFFECTS = {
    "activity_codes": "tracking.register.effects.situations",
    "currency_rules": "tracking.register.effects.situations",
    "activity_requirements": "tracking.register.effects.requirements",
    "characteristic_codes": "tracking.register.effects.uses",
    "cohort_status_codes": "tracking.register.effects.uses",
    "ethnicity_codes": "tracking.register.effects.uses",
    "gender_codes": "tracking.register.effects.uses",
    "guarantee_status_codes": "tracking.register.effects.uses",
    "offer_stages": "tracking.register.effects.uses",
    "sought_sectors": "tracking.register.effects.uses",
    "sought_levels": "tracking.register.effects.uses",
    "barriers": "tracking.register.effects.uses",
    "intended_destination_codes": "tracking.register.effects.uses",
    "la_codes": "tracking.register.effects.uses",
    "level_of_need_codes": "tracking.register.effects.uses",
    "error_rules": "returns.nccis.effects.error_rules",
    "activity_survey_groups": "returns.activity_survey.effects.destinations",
    "allocation_rules": "caseload.allocation.effects.services",
    "offer_rules": "caseload.allocation.effects.offers",
    "allocation_examples": "caseload.allocation.effects.examples",
    "letter_series": "caseload.letters.effects.series",
    "letter_wordings": "caseload.letters.effects.effect_of_wording",
    "message_wordings": "caseload.messaging.effects.wordings",
    "message_translations": "caseload.messaging.effects.wordings",
    "chase_weights": "caseload.chase.effects.order_of_calls",
    "source_ladder": "caseload.chase.effects.order_of_calls",
    "contact_protocol": "caseload.chase.effects.protocol",
    "risk_factors": "caseload.prevention.effects.points",
}

# Who gives a council that begins the meetings it will want: f(authority=, by=) says how many.
USUAL_MEETINGS = "caseload.meetings.actions.types.take_what_suits"
# Where a task about nobody is looked at, by kind: the name of an address that takes its number.
TASK_PAGES: dict[str, str] = {
    "plan": "plan_task",
    "article": "article",
    "survey_help": "survey_help",
    "move_late": "move_task",
    "assessment": "assessment_task",
}
# Who sees tasks about nobody that nobody has, by kind; of a kind that is not here, whoever may change the plan.
TASKS_FOR: dict[str, str] = {"survey_help": "return.receive", "move_late": "person.transfer"}

# Whom somebody's record, or a part of it, was given to: f(person_id) gives what, to whom and when
# (tracking/rights/statements.py, Given).
GIVEN_TO_OTHERS: list[str] = [
    "returns.nccis.given.given",
    "returns.exchange.given.given",
    "tracking.rights.given.given",
    "tracking.extracts.given.given",
]

# Who knows the address behind a message's recipient, and what is said to them that no row keeps.
RECIPIENTS = {
    "user": "neet.messages.queries.address_of_user",
    "invitation": "schools.queries.address_of_invitation",
    "contact": "schools.queries.address_of_contact",
    "batch_message": "caseload.messaging.queries.people.address_of",
    "letter": "caseload.letters.queries.ways.address_of",
    "upload_link": "returns.exchange.links.address_of_link",
    "public_reader": "tracking.public.queries.address_of_reader",
}
RECIPIENT_FACTS = {
    "invitation": "schools.actions.invitations.said_in",
    "batch_message": "caseload.messaging.actions.said_in",
    "letter": "caseload.letters.actions.posting.said_in",
    "upload_link": "returns.exchange.actions.links.said_in",
    "public_reader": "tracking.public.actions.said_to_reader",
}
# Who sets what goes by post as a PDF, while it is sent: f(recipient's id).
RECIPIENT_PAPERS = {"letter": "caseload.letters.actions.posting.paper_of"}
# Who keeps what a kind of return says where that is no fact of the register: by its type, `take` f(intake=, event=,
# rows=) and `give_back` f(intake=, events=), in the transaction of the return (returns/intake/effects).
INTAKE_TAKERS: dict[str, dict[str, str]] = {
    "potential_neet": {
        "take": "caseload.prevention.returned.take",
        "give_back": "caseload.prevention.returned.give_back",
    },
}
# Who else is told what a young person answered by a link: f(link=), in the transaction of the answer.
ANSWER_TAKERS: list[str] = ["caseload.messaging.actions.answered"]
# What may be done to many at once, in the order in which it is offered: what asks, who would be changed and who not,
# and the change itself (tracking/bulk/acts), or who takes over with the chosen.
BULK_ACTS: dict[str, dict] = {
    "confirm": {
        "words": "Confirm what they do",
        "hint": "Somebody told you that what is recorded goes on.",
        "needs": "activity.record",
        "asks": ["tracking.bulk.forms.Confirming"],
        "weigh": "tracking.bulk.acts.confirming.weigh",
        "do": "tracking.bulk.acts.confirming.do",
        "tells": "tracking.bulk.acts.confirming.tells",
    },
    "activity": {
        "words": "Record what they do",
        "hint": "All of them do the same since the same day.",
        "needs": "activity.record",
        "asks": ["tracking.bulk.forms.ChoosingActivity", "tracking.bulk.forms.DescribingActivity"],
        "weigh": "tracking.bulk.acts.recording.weigh",
        "do": "tracking.bulk.acts.recording.do",
        "tells": "tracking.bulk.acts.recording.tells",
    },
    "assign": {
        "words": "Say who answers for them",
        "hint": "A service or a worker leads, supports or tracks.",
        "needs": "work.allocate",
        "asks": ["tracking.bulk.forms.Assigning"],
        "weigh": "tracking.bulk.acts.assigning.weigh",
        "do": "tracking.bulk.acts.assigning.do",
        "tells": "tracking.bulk.acts.assigning.tells",
    },
    "message": {
        "words": "Write to them",
        "hint": "A text or an e-mail. You see the list before anything is sent.",
        "needs": "work.write_to_many",
        "asks": ["caseload.messaging.forms.ToChosenForm"],
        "hand_over": "caseload.messaging.chosen.hand_over",
    },
}
# Who may be written to: f(authority, narrowed, on) gives young people; `offered` on the page unless it says no.
AUDIENCES: dict[str, dict] = {
    "not_known": {
        "words": "Not known, and no call reached anybody in four weeks",
        "people": "caseload.messaging.queries.audiences.not_known",
    },
    "rung_in_vain": {
        "words": "Not known, and rung twice or more in four weeks without an answer",
        "people": "caseload.messaging.queries.audiences.rung_in_vain",
    },
    "guarantee_not_asked": {
        "words": "In this September's cohort, and not yet asked about an offer",
        "people": "tracking.guarantee.queries.audiences.not_asked",
    },
    "left_year_12": {
        "words": "Left Year 12 early, and no new offer",
        "people": "tracking.guarantee.queries.audiences.owed_after_leaving",
    },
    "activity_survey": {
        "words": "Asked after by the Activity Survey",
        "people": "returns.activity_survey.queries.people.audience",
    },
    "running_out": {
        "words": "Known, and to be confirmed within 30 days",
        "people": "caseload.messaging.queries.audiences.running_out_soon",
    },
    "chosen": {
        "words": "Chosen in the register",
        "people": "caseload.messaging.queries.audiences.chosen_in_the_register",
        "offered": False,
    },
    "campaign": {
        "words": "The list of a campaign",
        "people": "caseload.campaigns.queries.people.audience",
        "offered": False,
    },
    "messages_only": {
        "words": "NEET, and offered messages only this month",
        "people": "caseload.messaging.queries.audiences.messages_only",
    },
}
