"""What its sender changes before a return is sent."""

from datetime import date

import pytest

from neet.accounts.models import User
from neet.files.rules.days import Order
from returns.calendar.models import ExpectedReturn, Notice
from returns.intake.actions.checking import check
from returns.intake.actions.handing import hand_over, record_notice
from returns.intake.actions.mending import (
    add_row,
    answer_missing,
    explain,
    explain_all,
    fix_cell,
    leave_out,
    set_order,
)
from returns.intake.actions.receiving import begin_with_file, set_columns
from returns.intake.models import Intake, IntakeRow, Missing
from returns.intake.refusals import NotAColleague, NotNow
from schools.models import Authority, Establishment
from tests.factories import make_activity, make_objection, make_person, make_residence, make_user
from tests.returns.intake.conftest import HEADINGS, Send
from tracking.models import YoungPerson

ADA = "Lark,Ada,01/05/2009,F,,1 Mill Lane,ZZ9 9ZZ,13,07700 900001"
BRAM = "Ambler,Bram,02/06/2009,M,,2 Mill Lane,ZZ9 9ZZ,13,07700 900002"


@pytest.fixture
def intake(expected: ExpectedReturn, sent: Send, secretary: User) -> Intake:
    """Ada twice, Bram with a birthday that never was."""
    file = sent(HEADINGS, ADA, BRAM.replace("02/06", "31/06"), ADA)
    return check(intake=begin_with_file(expected=expected, file=file, by=secretary), by=secretary)


def row(intake: Intake, number: int) -> IntakeRow:
    return intake.rows.get(number=number)


def kinds(intake: Intake, number: int) -> set[str]:
    return set(row(intake, number).problems.values_list("kind", flat=True))


def test_a_fix_is_kept_beside_what_was_sent_and_its_problems_go(intake: Intake, secretary: User) -> None:
    assert "no_such_day" in kinds(intake, 3)

    left = fix_cell(row=row(intake, 3), column="date_of_birth", value="2 June 2009", by=secretary)

    mended = row(intake, 3)
    assert (mended.sent["date_of_birth"], mended.fixed) == ("31/06/2009", {"date_of_birth": "2009-06-02"})
    assert (mended.clean["date_of_birth"], mended.outcome) == ("2009-06-02", "new_person")
    assert not left


def test_a_fix_that_is_no_better_keeps_the_row_back(intake: Intake, secretary: User) -> None:
    left = fix_cell(row=row(intake, 3), column="date_of_birth", value="soon", by=secretary)

    assert [problem.kind for problem in left] == ["not_a_day"]
    assert row(intake, 3).outcome == "stopped"


def test_what_was_sent_put_back_is_no_fix(intake: Intake, secretary: User) -> None:
    fix_cell(row=row(intake, 2), column="given_name", value="Adah", by=secretary)

    fix_cell(row=row(intake, 2), column="given_name", value="Ada", by=secretary)

    assert row(intake, 2).fixed == {}


def test_leaving_one_of_two_rows_out_frees_the_other(intake: Intake, secretary: User) -> None:
    assert kinds(intake, 2) == kinds(intake, 4) == {"twice"}

    leave_out(row=row(intake, 4), by=secretary)

    assert kinds(intake, 2) == set()
    assert (row(intake, 2).outcome, row(intake, 4).outcome) == ("new_person", "left_out")


def test_changing_one_of_two_rows_frees_the_other(intake: Intake, secretary: User) -> None:
    fix_cell(row=row(intake, 4), column="given_name", value="Zoe", by=secretary)

    assert kinds(intake, 2) == kinds(intake, 4) == set()


def test_two_people_fixing_one_row_both_count(intake: Intake, secretary: User) -> None:
    one, other = row(intake, 3), row(intake, 3)

    fix_cell(row=one, column="given_name", value="Abram", by=secretary)
    fix_cell(row=other, column="date_of_birth", value="02/06/2009", by=secretary)

    assert row(intake, 3).fixed == {"given_name": "Abram", "date_of_birth": "2009-06-02"}


@pytest.mark.parametrize(
    ("order", "born"), [(Order.DAY_FIRST, "2009-03-04"), (Order.MONTH_FIRST, "2009-04-03")]
)
def test_dates_are_read_in_the_order_somebody_says(
    expected: ExpectedReturn, sent: Send, secretary: User, order: Order, born: str
) -> None:
    lines = [ADA.replace("01/05/2009", each) for each in ("04/03/2009", "25/12/2008", "12/26/2008")]
    names = [line.replace("Ada", name) for line, name in zip(lines, ("Ada", "Bea", "Cleo"), strict=True)]
    intake = check(
        intake=begin_with_file(expected=expected, file=sent(HEADINGS, *names), by=secretary), by=secretary
    )
    assert kinds(intake, 2) == {"day_order"}
    fix_cell(row=row(intake, 3), column="date_of_birth", value="26/12/2008", by=secretary)

    set_order(intake=intake, column="date_of_birth", order=order, by=secretary)

    assert row(intake, 2).clean["date_of_birth"] == born
    assert row(intake, 3).clean["date_of_birth"] == "2008-12-26"
    assert "day_order" not in kinds(intake, 2)


def test_the_order_of_dates_once_said_counts_for_such_files_unless_their_days_speak_against_it(
    expected: ExpectedReturn, sent: Send, secretary: User
) -> None:
    def checked(*days: str) -> Intake:
        lines = [
            ADA.replace("01/05/2009", day).replace("Ada", name)
            for day, name in zip(days, ("Ada", "Bea", "Cleo"), strict=True)
        ]
        begun = begin_with_file(expected=expected, file=sent(HEADINGS, *lines), by=secretary)
        return check(intake=begun, by=secretary)

    first = checked("04/03/2009", "05/03/2009", "12/26/2008")
    assert kinds(first, 2) == {"day_order"}
    set_order(intake=first, column="date_of_birth", order=Order.MONTH_FIRST, by=secretary)

    again = checked("06/03/2009", "07/03/2009", "08/03/2009")
    assert row(again, 2).clean["date_of_birth"] == "2009-06-03"
    assert "day_order" not in kinds(again, 2)
    british = checked("06/03/2009", "07/03/2009", "26/12/2008")
    assert row(british, 2).clean["date_of_birth"] == "2009-03-06"


def test_single_fixes_leave_what_a_whole_check_finds(intake: Intake, secretary: User) -> None:
    fix_cell(row=row(intake, 3), column="date_of_birth", value="02/06/2009", by=secretary)
    fix_cell(row=row(intake, 2), column="postcode", value="nowhere", by=secretary)
    fix_cell(row=row(intake, 2), column="mobile", value="", by=secretary)
    leave_out(row=row(intake, 4), by=secretary)
    leave_out(row=row(intake, 4), out=False, by=secretary)
    add_row(intake=intake, values={"family_name": "Brook"}, by=secretary)
    one_by_one = everything(intake)

    check(intake=intake, by=secretary)

    assert everything(intake) == one_by_one


def everything(intake: Intake) -> tuple[list[object], list[object]]:
    """Rows and problems as they stand."""
    rows = intake.rows.values_list("number", "clean", "found", "outcome", "seen")
    problems = intake.problems.values_list("row__number", "column", "kind", "value", "why", "fix")
    return list(rows), sorted(problems, key=str)


def test_a_column_the_return_does_not_have_is_refused(intake: Intake, secretary: User) -> None:
    with pytest.raises(NotNow, match="no such column"):
        fix_cell(row=row(intake, 2), column="ethnicity", value="x", by=secretary)


def test_nothing_is_changed_once_it_was_sent(intake: Intake, secretary: User) -> None:
    Intake.objects.filter(pk=intake.pk).update(state="confirmed", event_id=1)

    with pytest.raises(NotNow, match="it was sent to the council"):
        fix_cell(row=row(intake, 2), column="given_name", value="Zoe", by=secretary)


def test_checking_again_keeps_fixes_reasons_and_what_was_left_out(intake: Intake, secretary: User) -> None:
    fix_cell(row=row(intake, 3), column="date_of_birth", value="02/06/2009", by=secretary)
    leave_out(row=row(intake, 4), by=secretary)
    fix_cell(row=row(intake, 2), column="postcode", value="", by=secretary)
    explain(problem=intake.problems.get(kind="wanted"), text="They have just moved", by=secretary)

    check(intake=intake, by=secretary)

    assert row(intake, 3).clean["date_of_birth"] == "2009-06-02"
    assert row(intake, 4).left_out
    assert intake.problems.get(kind="wanted").explained == "They have just moved"


def test_fixes_stay_when_the_columns_are_set_anew(intake: Intake, secretary: User) -> None:
    fix_cell(row=row(intake, 3), column="date_of_birth", value="02/06/2009", by=secretary)
    added = add_row(intake=intake, values={"family_name": "Brook", "given_name": "Gil"}, by=secretary)
    intake.refresh_from_db()

    fewer = {name: heading for name, heading in intake.columns.items() if name != "mobile"}
    set_columns(intake=intake, mapping=fewer, by=secretary)
    check(intake=intake, by=secretary)

    assert "mobile" not in row(intake, 2).sent
    assert row(intake, 3).clean["date_of_birth"] == "2009-06-02"
    assert row(intake, added.number).clean["family_name"] == "Brook"


def test_an_error_is_not_explained_away(intake: Intake, secretary: User) -> None:
    with pytest.raises(NotNow, match="has to be changed"):
        explain(problem=intake.problems.get(kind="no_such_day"), text="It is right", by=secretary)


def test_one_reason_for_all_of_a_kind(expected: ExpectedReturn, sent: Send, secretary: User) -> None:
    without = [line.replace("ZZ9 9ZZ", "") for line in (ADA, BRAM)]
    file = sent(HEADINGS, *without, "Brook,Gil,03/07/2009,M,,3 Mill Lane,ZZ9 9ZZ,13,07700 900003")
    intake = check(intake=begin_with_file(expected=expected, file=file, by=secretary), by=secretary)
    assert intake.counts["queries"] == 2

    done = explain_all(intake=intake, kind="wanted", column="postcode", text="They have moved", by=secretary)

    intake.refresh_from_db()
    assert (done, intake.counts["queries"], intake.counts["need_you"]) == (2, 0, 0)


def test_an_added_row_is_looked_at_like_any_other(intake: Intake, secretary: User) -> None:
    added = add_row(
        intake=intake,
        values={"family_name": "Brook", "given_name": "Gil", "date_of_birth": "03/07/2009"},
        by=secretary,
    )

    assert (added.number, added.outcome) == (5, "new_person")
    assert {"wanted"} == kinds(intake, 5)


@pytest.fixture
def gil(intake: Intake, authority: Authority, school: Establishment, secretary: User) -> Missing:
    person = make_person(authority, given_name="Gil", family_name="Brook", date_of_birth=date(2009, 7, 3))
    make_activity(person, "210", date(2025, 9, 1), establishment=school)
    check(intake=intake, by=secretary)
    return intake.missing.get()


def test_who_is_still_here_gets_a_row(intake: Intake, gil: Missing, secretary: User) -> None:
    assert answer_missing(missing=gil, answer="still_here", by=secretary) is None

    added = row(intake, 5)
    assert (added.person_id, added.found, added.outcome) == (gil.person_id, "preset", "continuing")
    assert not intake.missing.exists()


def test_what_was_objected_to_stays_off_the_row(intake: Intake, gil: Missing, secretary: User) -> None:
    make_objection(gil.person, made_by="young_person", made_on=date(2026, 1, 1))
    make_residence(gil.person)
    YoungPerson.objects.filter(pk=gil.person_id).update(upn="A123456789012")

    answer_missing(missing=gil, answer="still_here", by=secretary)

    sent = row(intake, 5).sent
    assert {"family_name", "date_of_birth", "postcode", "activity"} <= sent.keys()
    assert not sent.keys() & {"upn", "uln", "gender", "course"}


def test_who_left_left_on_a_day(intake: Intake, gil: Missing, secretary: User) -> None:
    with pytest.raises(NotNow, match="Enter the day"):
        answer_missing(missing=gil, answer="left", by=secretary)

    answer_missing(missing=gil, answer="left", left_on=date(2026, 7, 17), destination="Army", by=secretary)

    gil.refresh_from_db()
    assert (gil.answer, gil.left_on, gil.destination) == ("left", date(2026, 7, 17), "Army")


def test_an_answer_stays_when_it_is_checked_again(intake: Intake, gil: Missing, secretary: User) -> None:
    answer_missing(missing=gil, answer="never_came", by=secretary)

    check(intake=intake, by=secretary)

    assert intake.missing.get().answer == "never_came"


def test_a_colleague_is_told_without_a_name(
    intake: Intake, secretary: User, authority: Authority, school: Establishment
) -> None:
    head = make_user("school_user", authority, establishment=school)

    hand_over(intake=intake, to=head, note="Four rows for you to check", by=secretary)

    intake.refresh_from_db()
    assert (intake.handed_to, intake.hand_over_note) == (head, "Four rows for you to check")
    assert Notice.objects.get(kind="handed_over").to_user == head


def test_nobody_else_is_handed_a_return(intake: Intake, secretary: User, authority: Authority) -> None:
    with pytest.raises(NotAColleague):
        hand_over(intake=intake, to=make_user("tracking_officer", authority), note="", by=secretary)


def test_the_privacy_notice_is_recorded(intake: Intake, secretary: User) -> None:
    record_notice(intake=intake, issued_on=date(2026, 9, 4), by=secretary)

    intake.refresh_from_db()
    assert intake.notice_issued_on == date(2026, 9, 4)
