"""A code printed in a letter opens the same page as a link; it is hard to guess, easy to type and kept nowhere. The
page is read in the words somebody chose, and their next message is written in them."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from returns.surveys.actions import CODE_HOLDS_FOR, Ask, keep_printed, make_links, printed, withdraw
from returns.surveys.models import AnswerLink
from returns.surveys.rules import LANGUAGES, LETTERS, language_of, new_code, plain_code, shown_code
from tests.factories import make_authority, make_person, seed_reference
from tests.house.test_words import INTERNAL

TODAY = date(2026, 11, 23)


@pytest.fixture
def person(db, monkeypatch, settings):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T10:00")
    settings.ANSWER_TAKERS = []
    seed_reference()
    cache.clear()
    return make_person(make_authority(), given_name="Juno", date_of_birth=date(2009, 5, 14))


def letter_to(person, **more) -> tuple[AnswerLink, str]:
    held = printed(**more)
    ask = Ask(person.authority_id, "what_now", "not_known_first")
    kept = keep_printed(ask=ask, held={person.pk: held}, language="en", on=TODAY)
    return kept[person.pk], held.code


def typed(code: str, client: Client | None = None):
    return (client or Client()).post(reverse("answer_code"), {"code": code})


def test_a_code_is_short_unmistakable_and_typed_as_one_likes():
    codes = {new_code() for _ in range(300)}

    assert len(codes) == 300
    assert {len(each) for each in codes} == {8}
    assert not set("AEIOU01258BILSUVZ") & set(LETTERS)
    assert shown_code("CDFG3467") == "CDFG-3467"
    assert plain_code(" cdfg - 3467") == "CDFG3467"


def test_a_code_opens_the_page_of_its_letter_and_rests_nowhere(person):
    link, code = letter_to(person)
    client = Client()

    asked = client.get(reverse("answer"), follow=True).content.decode()
    done = typed(shown_code(code).lower(), client)

    assert "Code in our letter" in asked
    assert (done.status_code, done.url) == (302, reverse("answer"))
    assert "When is your birthday?" in client.get(reverse("answer")).content.decode()
    assert code not in str(AnswerLink.objects.values().get())
    assert link.expires_on == TODAY + CODE_HOLDS_FOR
    assert letter_to(person, with_code=False)[0].code_digest is None


@pytest.mark.parametrize("gone", ["unknown", "old", "withdrawn", "tried too often"])
def test_a_code_that_is_good_no_more_reads_like_one_that_never_was(person, gone):
    link, code = letter_to(person)
    if gone == "withdrawn":
        assert (withdraw(links=[link.pk]), withdraw(links=[link.pk])) == (1, 0)
    changes = {"old": {"expires_on": TODAY - timedelta(days=1)}, "tried too often": {"wrong_tries": 5}}
    AnswerLink.objects.update(**changes.get(gone, {"purpose": "what_now"}))

    response = typed("CDFG3467" if gone == "unknown" else code)

    assert response.status_code == 200
    assert "We do not know this code" in response.content.decode()


def test_whoever_guesses_codes_learns_nothing_more_even_of_a_right_one(person, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "answer_code": "2/10m/ip"}
    _, code = letter_to(person)

    assert [typed(each).status_code for each in ("CDFG3467", "CDFG3469")] == [200, 200]
    assert typed(code).status_code == 429


def test_the_page_is_read_in_the_words_one_chooses_and_the_next_message_remembers_them(person):
    _, code = letter_to(person)
    client = Client()
    typed(code, client)
    client.post(reverse("answer_language"), {"language": "xx"})
    assert "When is your birthday?" in client.get(reverse("answer")).content.decode()

    client.post(reverse("answer_language"), {"language": "easy"})
    page = client.get(reverse("answer")).content.decode()
    client.post(reverse("answer"), {"day": "14", "month": "5"})
    done = client.post(reverse("answer"), {"answer": "nothing"}, follow=True).content.decode()

    assert "We ask to be sure it is you" in page
    assert "We got your answer" in done
    assert AnswerLink.objects.get().language == "easy"
    other = make_person(person.authority)
    ask = Ask(person.authority_id, "what_now", "what_now_text")
    made = make_links(ask=ask, people=[person.pk, other.pk], on=TODAY)
    assert [each.language for each in made] == ["easy", "en"]


def test_every_language_says_all_the_pages_need_in_words_for_everybody():
    english = language_of("none such")
    assert (english.code, next(iter(LANGUAGES))) == ("en", "en")
    for each in LANGUAGES.values():
        assert len(each.months) == 12
        assert each.said.keys() == english.said.keys()
        for page in english.said.keys() - {"offered"}:
            assert each.said[page].keys() == english.said[page].keys(), (each.code, page)
        pages = each.words(council="Ambleshire", telephone="1", still="x", answered="y").values()
        shown = " ".join(text for page in pages for text in page.values()).lower()
        assert not [word for word in INTERNAL if f" {word} " in shown]
        assert "{" not in shown
