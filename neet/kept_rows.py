"""What becomes of rows of every floor when somebody is erased, and which rows and files are kept for how long."""

from dataclasses import dataclass

# What becomes of rows that outlive a young person who is erased: which columns are emptied, and what stands there then.
# Nothing: the row says nothing of anybody once it has lost whom it was of. "goes": the row goes with them, though it
# would stay without them otherwise. Rows that always go need no line (tracking/retention/reach.py).
ERASING: dict[str, dict[str, object] | str] = {
    "tracking.MonthRecord": {},
    "tracking.CohortMember": {},
    "returns.ActivitySurveyMember": {},
    "tracking.Move": {"number_there": "", "born_on": None},
    "returns.SentRecord": {},
    "returns.IntakeRow": {"sent": {}, "fixed": {}, "clean": {}, "seen": ""},
    "returns.Problem": {"value": "", "why": "", "fix": "", "explained": ""},
    "returns.HomeNotice": {},
    "returns.NotOurs": {"why": ""},
    "returns.NotTaken": {"number": "", "value": ""},
    "returns.ReportedError": {"number": "", "words": ""},
    "returns.SurveyAnswer": "goes",
}
# Rows that hold a CCIS number and point at nobody.
ERASING_BY_NUMBER: dict[str, str] = {"returns.NotTaken": "number", "returns.ReportedError": "number"}
# Which rows and files are of a record class beside people's own records (tracking/rules/retention.py): the model, its
# way to the council, the moment its time counts from; and what is emptied where the row itself stays. `names` says
# whom: the row's own way to a young person; or which rows tell, each as (their model, their way to this row, their way
# to the young person, the column of this row that is meant); or nobody; or a `Trail`. Where it is not said, nobody
# knows whom a row or file names, and it waits while anybody is on hold.
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Trail:
    """The audit trail says whom a row or file names: events of this kind, whose count of this name is what stands in
    the row's column; `through` is the model of rows that stand between, and their column of this row."""

    kind: str
    count: str
    column: str
    through: tuple[str, str] | None = None


PUT_OUT = "exchange.files_put_out"
RECORD_CLASSES: dict[str, list[dict]] = {
    "notes": [{"model": "tracking.Note", "of": "person__authority", "at": "written_at", "names": "person"}],
    "return_rows": [
        {
            "model": "returns.IntakeRow",
            "of": "intake__authority",
            "at": "intake__begun_at",
            "empty": {"sent": {}, "fixed": {}, "clean": {}},
            "unless": {"sent": {}, "clean": {}},
            "names": [
                ("returns.IntakeRow", "pk", "person", "pk"),
                ("returns.Candidate", "row", "person", "pk"),
            ],
        },
        {
            "model": "returns.Problem",
            "of": "intake__authority",
            "at": "intake__begun_at",
            "empty": {"value": "", "explained": ""},
            "unless": {"value": "", "explained": ""},
            "counts": False,
            "names": [
                ("returns.IntakeRow", "intake", "person", "intake"),
                ("returns.Candidate", "row__intake", "person", "intake"),
            ],
        },
        {
            "model": "returns.NotTaken",
            "of": "load__authority",
            "at": "load__brought_at",
            "empty": {"number": "", "value": ""},
            "unless": {"number": "", "value": ""},
        },
    ],
    "return_files": [
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose": "return"},
            "names": [
                ("returns.IntakeRow", "intake__file", "person", "pk"),
                ("returns.Candidate", "row__intake__file", "person", "pk"),
            ],
        },
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose__in": ["bring", "error report"]},
        },
    ],
    "exchange_files": [
        {
            "model": "returns.ParcelFile",
            "of": "parcel__authority",
            "at": "file__stored_at",
            "counts": False,
            "names": Trail(PUT_OUT, "parcel", "parcel"),
        },
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose": "exchange"},
            "names": Trail(PUT_OUT, "parcel", "parcel", ("returns.ParcelFile", "file")),
        },
    ],
    "letter_files": [
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose": "letters"},
            "names": [("caseload.Letter", "batch__file", "person", "pk")],
        },
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose": "letters to heads"},
        },
    ],
    "list_files": [
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose": "list taken away"},
            "names": Trail("extracts.list_made", "file", "pk"),
        }
    ],
    "figure_files": [
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose": "figures sent regularly"},
            "names": NOBODY,
        }
    ],
    "report_files": [
        {
            "model": "caseload.MadeReport",
            "of": "authority",
            "at": "made_at",
            "counts": False,
            "names": NOBODY,
        },
        {
            "model": "files.StoredFile",
            "of": "authority_id",
            "at": "stored_at",
            "only": {"purpose": "report for meetings"},
            "names": NOBODY,
        },
    ],
    "survey_files": [
        {
            "model": "returns.ActivitySurvey",
            "of": "authority",
            "at": "made_at",
            "empty": {"content": b""},
            "unless": {"content": b""},
            "names": [("returns.ActivitySurveyMember", "survey", "person", "pk")],
        }
    ],
    "sent_files": [
        {
            "model": "returns.Submission",
            "of": "authority",
            "at": "built_at",
            "empty": {"content": b""},
            "unless": {"content": b""},
            "names": [
                ("returns.SentRecord", "submission", "person", "pk"),
                ("tracking.MonthRecord", "freeze", "person", "freeze"),
            ],
        }
    ],
    "messages": [{"model": "outbox.Message", "of": "authority_id", "at": "created_at"}],
    "survey_answers": [
        {
            "model": "returns.SurveyAnswer",
            "of": "survey__authority",
            "at": "answered_at",
            "only": {"person": None},
        }
    ],
    "jobs": [{"model": "jobs.Job", "of": "authority_id", "at": "finished_at", "names": NOBODY}],
    "accounts": [
        {
            "model": "accounts.User",
            "of": "memberships__authority",
            "at": "last_login",
            "only": {"is_active": False},
            "names": NOBODY,
            "unless": {"name": "Former colleague"},
        }
    ],
}
