"""What a change of the rules of letters says before it is made; and the invented letters of the demonstration."""

from datetime import date
from random import Random

import pytest

from caseload.letters.models import Letter
from caseload.letters.queries.unanswered import unanswered, unanswered_lines
from caseload.seeding.letters import written
from tests.caseload.letters.conftest import FIRST, UNREACHED
from tests.factories import make_user
from tracking.reference.editing import Change, edit_row
from tracking.reference.effects import Trial, effect_of
from tracking.reference.models import ReferenceRow

pytestmark = pytest.mark.django_db


def changing(post, table, key, **values):
    officer = make_user("mi_officer", post.authority)
    row = ReferenceRow.objects.get(table=table, key=key)
    said = {**row.values, **values}

    def apply():
        return edit_row(row=row, change=Change(said, post.today, why="asked for"), by=officer)

    return effect_of(Trial(table, key, said, post.today, officer, apply))


def test_who_would_be_due_a_letter_and_who_no_longer_is_said_before(post):
    eleven = post.family("Ada", family_name="Ambler")
    ten = post.family("Bram", family_name="Brook", born=date(2011, 9, 5))

    effect = changing(post, "letter_series", FIRST, year_groups="10")

    assert effect.words == "One more letter would be due, and one no longer."
    assert effect.sample_ids == (eleven.pk, ten.pk)
    assert [(each.name, each.becomes) for each in effect.sample] == [
        ("Ada Ambler", "Not due it"),
        ("Bram Brook", "Due the letter"),
    ]
    assert "Nobody would be due" in changing(post, "letter_series", FIRST, note="looked at").words


def test_a_changed_wording_is_read_before_and_says_who_would_get_it(post):
    post.family("Ada")
    post.family("Bram")
    post.make(only=frozenset([post.family("Cleo").pk]))

    said = changing(post, "letter_wordings", "home_y11_first en", heading="What next, {first_name}?")

    assert said.words == (
        "2 young people are due a letter that would say this. 1 letter made since would say it once made anew. "
        "Letters that were sent stay as they were."
    )
    assert (said.notes[:2], said.total) == (("What next, Robin?", "Dear parent or carer"), 0)


def test_the_demonstration_has_letters_with_answers_one_back_and_tasks(post):
    for number in range(6):
        post.family(f"Ada{number}", since=date(2026, 9, 1))

    written(Random(1), post.authority, post.officer, post.on(date(2026, 11, 22)))

    letters = Letter.objects.filter(batch__series=FIRST)
    assert letters.filter(closed="answered").count() == 2
    assert letters.filter(state="came_back").count() == 1
    assert post.authority.tasks.filter(kind="no_reply", done_at=None).count() == 2
    (ready,) = unanswered_lines(unanswered(post.officer, post.authority.pk, post.today).filter(
        batch__series=UNREACHED), post.today)  # fmt: skip
    assert (ready.may_refer, ready.why_not_yet, ready.tried.times) == (True, "", 5)
