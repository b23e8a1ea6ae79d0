"""The read API keeps its word: what the schema says is what comes, it only reads, and nobody gets in unasked."""

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from neet.accounts.scope import Place
from neet.wsgi import application
from schools.actions.tokens import make_token
from tests.factories import make_activity, make_authority, make_person, make_school, make_user
from tracking.reference.actions import load_seed

pytestmark = pytest.mark.django_db
NAMES = ["api_people", "api_establishments", "api_me", "api_schema", "api_docs"]


BOUNDED = settings(
    max_examples=15,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# Which districts, services and codes may be asked for depends on who asks, which no schema can say.
UNTRUE_HERE = [positive_data_acceptance]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")
    cache.clear()


@pytest.fixture
def authority():
    return make_authority(code="886")


@pytest.fixture
def token(authority):
    place = Place("mi_officer", authority.pk)
    return make_token(name="Warehouse", place=place, days=30, by=make_user("system_admin"))


@pytest.mark.parametrize("name", NAMES)
def test_nobody_reads_without_saying_who_they_are(name):
    answer = Client().get(reverse(name))

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_password_alone_opens_no_api(authority, client):
    client.force_login(make_user("mi_officer", authority))

    assert client.get(reverse("api_people")).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ["api_people", "api_establishments", "api_me"])
def test_the_api_never_changes_anything(name, method, authority, signed_in):
    client = signed_in(make_user("mi_officer", authority))

    assert getattr(client, method)(reverse(name), {}, content_type="application/json").status_code in {
        404,
        405,
    }


def test_nothing_the_api_says_is_kept_on_the_way(authority, signed_in):
    client = signed_in(make_user("mi_officer", authority))

    assert client.get(reverse("api_me"))["Cache-Control"] == "no-store"


def test_too_many_questions_are_put_off(authority, signed_in, settings, monkeypatch):
    monkeypatch.setattr("rest_framework.throttling.UserRateThrottle.rate", "2/min", raising=False)
    client = signed_in(make_user("mi_officer", authority))

    assert [client.get(reverse("api_me")).status_code for _ in range(3)] == [200, 200, 429]


def test_the_docs_page_needs_nothing_from_elsewhere(authority, signed_in):
    client = signed_in(make_user("mi_officer", authority))

    page = client.get(reverse("api_docs"))

    text = page.content.decode()
    assert page.status_code == 200
    assert "<style" not in text
    assert "https://" not in text
    assert "<script>" not in text
    script = client.get(reverse("api_docs"), {"script": ""})
    assert script["Content-Type"].startswith("application/javascript")
    assert "SwaggerUIBundle" in script.content.decode()


@pytest.fixture
def _one_connection():
    """The server in this process works on the test's own connection, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
def test_every_answer_is_as_the_schema_says(token, authority, monkeypatch):
    monkeypatch.setattr("rest_framework.throttling.UserRateThrottle.rate", "100000/min", raising=False)
    load_seed()
    school = make_school(la_code="886")
    for _ in range(3):
        make_activity(
            make_person(authority), "210", "2026-09-01", establishment=school, verified_on="2026-09-10"
        )
    headers = {"Authorization": f"Bearer {token.secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application, headers=headers)
    operations = [each.ok() for each in schema.get_all_operations()]

    for operation in operations:
        _holds(operation, headers)

    assert {each.path for each in operations} >= {"/api/v1/people/", "/api/v1/people/{ref}/"}


def _holds(operation, headers) -> None:
    """A few invented requests to one address are answered as the schema says."""

    @BOUNDED
    @given(case=operation.as_strategy())
    def each(case):
        case.call_and_validate(headers=headers, excluded_checks=UNTRUE_HERE)

    each()
