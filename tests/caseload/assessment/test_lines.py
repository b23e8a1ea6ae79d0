"""All questions of the toolkit are asked, in its order, and whatever names an answer of the register has one."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from caseload.assessment.queries.lines import Line, questions, told_to
from caseload.assessment.queries.numbers import answers
from neet.accounts.scope import scope_of
from tests.caseload.assessment.conftest import TODAY, YEAR
from tests.factories import make_user
from tracking.rules.assessment import Answer, Answered, lines_at
from tracking.rules.ruleset import RuleSet

SECTIONS = [10, 5, 5, 5, 5, 11, 4, 10, 4, 3, 5, 1, 6, 4, 6, 1]


def test_every_question_stands_in_the_order_of_the_toolkit():
    found = lines_at(RuleSet.from_csv(TODAY).assessment_lines.values(), "886")
    sections = list(dict.fromkeys(each.section for each in found))

    assert [sum(each.section == section for each in found) for section in sections] == SECTIONS
    assert len(found) == 85
    assert [each.order for each in found] == sorted(each.order for each in found)
    assert sum(each.how is Answered.TYPED for each in found) == 38


def test_every_answer_a_line_names_is_there_and_none_is_idle():
    found = RuleSet.from_csv(TODAY).assessment_lines.values()
    named = {each.answered_by for each in found if each.answered_by}

    assert named == set(settings.SELF_ASSESSMENT)
    assert all(callable(import_string(path)) for path in settings.SELF_ASSESSMENT.values())


@pytest.mark.django_db
def test_nothing_is_answered_of_nobody_and_every_page_behind_is_there(council, django_assert_max_num_queries):
    with django_assert_max_num_queries(110):
        found = answers(questions(council.authority, YEAR, TODAY), council.authority, TODAY)

    assert set(found) == set(settings.SELF_ASSESSMENT)
    assert {
        each["value"] for each in found.values() if each["unit"] == "%" and each["page"] != "agreements"
    } == {None}
    for each in found.values():
        assert each["words"]
        assert reverse(each["page"])


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "url"), [("mi_officer", "/returns/board/"), ("manager", "")])
def test_nobody_is_led_to_a_page_that_does_not_open_to_them(council, role, url):
    answered = Answer("Said of every school", page="returns_board")
    line = Line(1, "roles_known", "Are roles known?", "A", "Roles", "", "", answered, None, None, "")

    (told,) = told_to([line], scope_of(make_user(role, council.authority)))

    assert told.url == url
