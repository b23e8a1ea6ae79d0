"""A statement that is built once answers as the one that is built each time, for whoever asks."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES
from neet.accounts.scope import Place, Scope
from neet.audit.context import request_id
from neet.statements.looks import Filled, NotAlwaysTheSame
from neet.statements.once import built_once, built_once_whatever_the_rules, forget
from neet.statements.parts import Fixed, Ids, Words
from tests.factories import make_activity, make_authority, make_person, make_user
from tracking.reference.models import ReferenceRow
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, YoungPerson

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def in_a_request() -> Iterator[None]:
    forget()
    mark = request_id.set("4711")
    yield
    request_id.reset(mark)
    forget()


def thrice(ask: Callable[..., Any], *args: Any) -> Any:
    """What a page gets once the statement is kept."""
    for _ in range(2):
        list(ask(*args))
    return ask(*args)


def is_kept(rows: QuerySet[Any, Any]) -> bool:
    return isinstance(rows.query, Filled)


def test_from_the_third_time_on_it_is_only_sent() -> None:
    built = []

    @built_once
    def activities(person_id: int) -> QuerySet[Activity]:
        built.append(person_id)
        return Activity.objects.filter(person=person_id).select_related("person")

    one, other = (make_person(make_authority(code=code)) for code in ("886", "887"))
    mine, theirs = make_activity(one, "230"), make_activity(other, "210")

    assert list(activities(one.pk)) == [mine]
    assert list(activities(other.pk)) == [theirs]
    before = len(built)
    with CaptureQueriesContext(connection) as asked:
        (found,) = activities(one.pk)
        assert (found, found.person, found.code) == (mine, one, "230")
    assert list(activities(other.pk)) == [theirs]
    assert not activities(one.pk + other.pk + 1)
    assert len(built) == before
    assert len(asked) == 1


def test_keys_words_rows_and_columns() -> None:
    @built_once
    def named(keys: Ids, name: Words, most: Fixed) -> QuerySet[YoungPerson, Any]:
        rows = YoungPerson.objects.filter(pk__any=keys, family_name=name)
        return rows.order_by("pk")[:most].values_list("pk", "family_name")

    here = make_authority()
    people = [make_person(here, family_name="O’Hare 100%") for _ in range(4)]
    keys = Ids(each.pk for each in people)

    assert [pk for pk, _ in thrice(named, keys, Words("O’Hare 100%"), Fixed(3))] == list(keys[:3])
    assert list(named(Ids(keys[1:2]), Words("O’Hare 100%"), Fixed(3))) == [(keys[1], "O’Hare 100%")]
    assert list(named(keys, Words("Hare"), Fixed(3))) == []
    assert len(named(keys, Words("O’Hare 100%"), Fixed(2))) == 2
    assert is_kept(thrice(named, keys, Words("O’Hare 100%"), Fixed(3)))


def test_columns_django_adds_for_the_order_are_not_handed_out() -> None:
    @built_once
    def codes(person_id: int) -> QuerySet[Activity, Any]:
        rows = Activity.objects.filter(person=person_id).order_by("starts_on").distinct()
        return rows.values_list("code")

    person = make_person(make_authority())
    make_activity(person, "230")
    assert list(thrice(codes, person.pk)) == [("230",)]


def test_several_by_name() -> None:
    @built_once
    def both(person_id: int) -> dict[str, QuerySet[Any]]:
        rows = Activity.objects.filter(person=person_id)
        return {"all": rows, "none": rows.none()}

    person = make_person(make_authority())
    activity = make_activity(person, "230")
    for _ in range(4):
        found = both(person.pk)
        assert {name: list(rows) for name, rows in found.items()} == {"all": [activity], "none": []}
    assert is_kept(found["all"])


def by_the_clock(pk: int) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.filter(pk=pk, created_at__lt=clock.now())


def by_a_sum(pk: int) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.filter(pk=pk + 1)


def by_a_part_of_words(name: Words) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.filter(family_name__contains=name)


def by_a_number_of_rows(most: int) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.all()[:most]


def by_what_the_database_says(pk: int) -> QuerySet[YoungPerson]:
    known = YoungPerson.objects.filter(pk=pk).exists()
    return YoungPerson.objects.filter(pk=pk) if known else YoungPerson.objects.none()


def by_who_they_are(user: User) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.filter(given_name=user.name)


def with_rows_of_another(pk: int) -> QuerySet[Any]:
    return YoungPerson.objects.get(pk=pk).activities.all()


REFUSED = [
    (by_the_clock, 4), (by_a_sum, 4), (by_a_part_of_words, Words("Lee")), (by_a_number_of_rows, 4),
    (by_what_the_database_says, 4),
]  # fmt: skip


@pytest.mark.parametrize(("build", "value"), REFUSED)
def test_what_depends_on_more_than_its_numbers_is_refused(build: Callable[..., Any], value: Any) -> None:
    asked = built_once(build)
    asked(value)
    with pytest.raises(NotAlwaysTheSame):
        asked(value)


@pytest.mark.parametrize(
    "typed", ["\ue0000\ue000", "\ue000", "\ue0001\ue000", "\ue000x\ue000", "O\ue0000\ue000"]
)
def test_whoever_types_our_own_words_gets_what_they_typed(settings: Any, typed: str) -> None:
    settings.STATEMENTS_BUILT_ONCE_OR_FAIL = False
    here = make_authority()
    mine, other = make_person(here, family_name=typed), make_person(here, family_name="Lee")
    asked = built_once_whatever_the_rules(
        lambda name, plain: YoungPerson.objects.filter(family_name=name).exclude(given_name=plain)
    )
    for plain in ("Zoe", typed):
        for _ in range(4):
            assert list(asked(Words(typed), plain)) == [mine]
            assert list(asked(Words("Lee"), plain)) == [other]


def test_of_people_only_their_number_and_places_are_known() -> None:
    asked, user = built_once(by_who_they_are), make_user("tracking_officer", make_authority())
    asked(user)
    with pytest.raises(NotAlwaysTheSame):
        asked(user)


def test_rows_that_carry_their_owner_are_refused() -> None:
    asked, person = built_once(with_rows_of_another), make_person(make_authority())
    asked(person.pk)
    with pytest.raises(NotAlwaysTheSame):
        asked(person.pk)


def test_in_service_it_is_built_each_time_instead(settings: Any, caplog: Any) -> None:
    settings.STATEMENTS_BUILT_ONCE_OR_FAIL = False
    asked, person = built_once(by_the_clock), make_person(make_authority())
    for _ in range(4):
        found = asked(person.pk)
        assert list(found) == [person]
        assert not is_kept(found)
    assert [record.levelname for record in caplog.records] == ["WARNING"]


FURTHER: list[Callable[[Any], Any]] = [
    lambda rows: rows.filter(family_name="Lee"), lambda rows: rows.exists(), lambda rows: rows.count(),
    lambda rows: rows.first(), lambda rows: rows[:1], lambda rows: rows.order_by("pk"), lambda rows: rows.values(),
    lambda rows: rows.update(family_name="Lee"), lambda rows: rows.delete(), lambda rows: rows.union(rows),
    lambda rows: rows.aggregate(), lambda rows: list(YoungPerson.objects.filter(pk__in=rows)), lambda rows: rows | rows,
    lambda rows: rows.explain(), lambda rows: rows.in_bulk(), lambda rows: rows.select_related("authority"),
]  # fmt: skip


def test_further_conditions_are_refused_from_the_first_time_on_in_a_request_or_not() -> None:
    asked = built_once_whatever_the_rules(lambda pk: YoungPerson.objects.filter(pk=pk))
    for number in ("4711", "4711", "4711", ""):
        mark = request_id.set(number)
        for further in FURTHER:
            with pytest.raises(TypeError):
                further(asked(4))
        request_id.reset(mark)


def test_outside_a_request_nothing_is_kept() -> None:
    mark = request_id.set("")
    asked = built_once_whatever_the_rules(lambda pk: YoungPerson.objects.filter(pk=pk))
    assert not is_kept(thrice(asked, 4))
    request_id.reset(mark)


def test_what_was_kept_yesterday_or_by_other_rules_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = built_once(lambda pk: YoungPerson.objects.filter(pk=pk))
    assert is_kept(thrice(asked, 4))

    monkeypatch.setattr(clock, "today", lambda: date(2031, 1, 1))
    assert not is_kept(asked(4))
    monkeypatch.undo()
    assert is_kept(asked(4))

    ReferenceRow.objects.order_by("pk")[0].delete()
    request_id.set("4712")  # a request goes on with the rules it began with
    assert not is_kept(asked(4))


def test_who_says_that_rules_do_not_matter_may_not_ask_for_them() -> None:
    def of_known_codes(pk: int) -> QuerySet[Activity]:
        return Activity.objects.filter(person=pk, code__in=sorted(ruleset(TODAY).activities))

    assert is_kept(thrice(built_once(of_known_codes), 4))
    asked = built_once_whatever_the_rules(of_known_codes)
    asked(4)
    with pytest.raises(NotAlwaysTheSame):
        asked(4)


def test_rows_that_can_be_nobody_s_ask_nothing(django_assert_num_queries: Any) -> None:
    asked = built_once_whatever_the_rules(lambda pk: YoungPerson.objects.filter(pk=pk).none())
    with django_assert_num_queries(0):
        assert list(thrice(asked, 4)) == []


def test_nothing_is_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neet.statements.once.MOST_KEPT", 3)
    asked = built_once_whatever_the_rules(lambda most: YoungPerson.objects.all()[:most])
    assert is_kept(thrice(asked, Fixed(1)))
    for number in range(2, 5):
        asked(Fixed(number))
    assert not is_kept(asked(Fixed(1)))


# --- what people may see, whoever asks ----------------------------------------------------------------
PLACES = st.builds(
    Place, st.sampled_from(sorted(ROLES)), st.integers(1, 4), st.none() | st.integers(1, 4),
    st.none() | st.integers(1, 4), st.none() | st.integers(1, 4),
)  # fmt: skip
SCOPES = st.builds(
    lambda user_id, places: Scope(user_id, tuple(places), tuple(places)),
    st.integers(1, 4), st.lists(PLACES, max_size=3),
)  # fmt: skip


@built_once
def seen(user: User, pk: int) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.visible_to(user).filter(pk=pk)


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(SCOPES, min_size=2, max_size=5), st.integers(1, 4))
def test_everybody_is_asked_for_by_their_own_numbers(scopes: list[Scope], pk: int) -> None:
    """Numbers that meet by chance, places in any order, several roles at once: text and values are always those that
    Django would have sent for this person."""
    for scope in [*scopes, *scopes, *scopes]:
        user = User(pk=scope.user_id)
        user.kept_scope = scope
        plain = YoungPerson.objects.visible_to(user).filter(pk=pk).query
        found = seen(user, pk)
        assert compiled(found.query) == compiled(plain)
    assert is_kept(found)


def compiled(query: Any) -> Any:
    try:
        text, values = query.sql_with_params()
    except EmptyResultSet:
        return "nobody"
    return text, tuple(values)
