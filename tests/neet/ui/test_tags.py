from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from neet.ui.forms import PlainForm
from neet.ui.listing import listing_of
from neet.ui.parts import Pace, Progress


class Asking(PlainForm):
    name = forms.CharField()
    way = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Give either a name or a way")


def shown(words: str, **context: Any) -> str:
    return Template("{% load ui %}" + words).render(Context(context))


@pytest.mark.parametrize(
    "words",
    [
        "{% tag evil evil %}",
        "{% coded evil evil %}",
        "{% heading evil evil evil evil %}",
        '{% breadcrumbs evil "/" evil %}',
        "{% back evil evil %}",
        "{% button evil evil evil %}",
        "{% button evil name=evil value=evil %}",
        "{% postbutton evil evil fields=values %}",
        "{% card evil change=evil change_words=evil %}{{ evil }}{% endcard %}",
        "{% row evil change=evil %}{{ evil }}{% endrow %}",
        "{% tile evil evil evil note=evil tone=evil %}",
        "{% event evil by=evil %}{{ evil }}{% endevent %}",
        "{% table evil %}{{ evil }}{% endtable %}",
        "{% tick evil evil name=evil %}",
        "{% banner evil kind=evil %}{{ evil }}{% endbanner %}",
        "{% identity evil status=evil tone=evil %}{% fact evil %}{{ evil }}{% endfact %}{% endidentity %}",
        "{% many evil error=evil %}{{ evil }}{% endmany %}",
        "{% tasklistrow evil evil evil evil evil %}",
    ],
)
def test_parts_escape_whatever_they_are_given(words: str) -> None:
    html = shown(words, evil="\"><script>alert('x')</script>", values={'a"><script>': '"><script>'})

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_page_of_a_breadcrumb_is_not_a_link() -> None:
    html = shown('{% breadcrumbs "Home" "/" "Register" "/register/" "Ann Other" %}')

    assert html.count("<a ") == 2
    assert 'aria-current="page">Ann Other<' in html


def test_error_summary_leads_to_each_field_and_names_the_form_itself() -> None:
    html = shown("{% errors form %}", form=Asking({}))

    assert '<a href="#id_name">Enter the name</a>' in html
    assert '<a href="#id_way_0">Select the way</a>' in html
    assert "<li>Give either a name or a way</li>" in html


@pytest.mark.parametrize("form", [None, "", Asking()])
def test_error_summary_is_absent_while_nothing_was_sent(form: Any) -> None:
    assert shown("{% errors form %}", form=form) == ""


def test_error_summary_speaks_for_every_form_of_a_set() -> None:
    several = forms.formset_factory(Asking, extra=2)
    sent = several(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "x", "form-1-name": "y"}
    )

    assert "#id_form-1-way_0" in shown("{% errors forms %}", forms=sent)


def test_refused_field_is_marked_for_those_who_listen() -> None:
    html = str(Asking({})["name"].as_field_group())

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_error"' in html
    assert 'id="id_name_error"' in html


def test_choices_keep_what_was_typed() -> None:
    assert "checked" in str(Asking({"way": "a"})["way"].as_field_group())


@pytest.mark.parametrize(("sort", "state"), [("", "ascending"), ("-name", "descending"), ("age", "none")])
def test_sorted_header_says_how(sort: str, state: str) -> None:
    asked = QueryDict(mutable=True)
    asked["sort"] = sort
    listing = listing_of(asked, sorts={"name": ("name",), "age": ("age",)}, first="name")

    assert f'aria-sort="{state}"' in shown('{% th listing "name" "Name" %}', listing=listing)


@pytest.mark.parametrize(
    ("total", "page", "words"),
    [
        (0, "", "Showing no schools"),
        (1, "", "Showing 1 school"),
        (50, "", "Showing 50 schools"),
        (1234, "3", "Showing 101 to 150 of 1,234 schools"),
        (1234, "25", "Showing 1,201 to 1,234 of 1,234 schools"),
    ],
)
def test_pages_tell_how_many_there_are(total: int, page: str, words: str) -> None:
    listing = listing_of(QueryDict(f"page={page}"), sorts={"name": ("name",)}, first="name").counted(total)

    assert words in shown('{% pages listing "school,schools" %}', listing=listing)


def progress(pace: Pace) -> Mapping[str, Any]:
    return {
        "work": Progress("Checking", pace, "/jobs/1/", 40, 100, cancel_url="/stop/", next_url="/result/"),
        "csrf_token": "t",
    }


@pytest.mark.parametrize("pace", [Pace.WAITING, Pace.RUNNING])
def test_work_under_way_asks_again_and_can_be_refreshed_and_cancelled(pace: Pace) -> None:
    html = shown("{% progress work %}", **progress(pace))

    assert 'hx-get="/jobs/1/"' in html
    assert '<a href="/jobs/1/"' in html
    assert 'action="/stop/"' in html
    assert "/result/" not in html


@pytest.mark.parametrize("pace", [Pace.FINISHED, Pace.FAILED, Pace.CANCELLED])
def test_work_that_is_over_asks_no_more(pace: Pace) -> None:
    html = shown("{% progress work %}", **progress(pace))

    assert "hx-get" not in html
    assert "/stop/" not in html
    assert "/result/" in html


def test_event_without_a_time_is_given_none() -> None:
    html = shown('{% event "Call" on=day by="B Lee" %}{% endevent %}', day=date(2026, 1, 5))

    assert '<time datetime="2026-01-05">5 January 2026</time>, by B Lee' in html
