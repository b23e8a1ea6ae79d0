"""Addresses for those who watch from outside: alive, ready, and the numbers for Prometheus."""

from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from neet import clock
from neet.accounts.access import anyone
from neet.watching.queries import broker_answers, measures, unready


@anyone("watched from outside; says only whether the system works")
def health(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    return JsonResponse({"database": "answers"})


@anyone("asked by the proxy before it sends people here; says only whether the system works")
def ready(request: HttpRequest) -> JsonResponse:
    """200 where this host can serve, 503 with what is missing where it cannot."""
    try:
        missing = unready()
    except DatabaseError:
        missing = ("the database does not answer",)
    said = {"missing": list(missing), "broker": "answers" if broker_answers() else "does not answer"}
    return JsonResponse(said, status=503 if missing else 200)


@anyone("read by the monitoring with a token of its own; without that there is no such page")
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers in Prometheus' words, for whoever brings METRICS_TOKEN."""
    wanted = settings.METRICS_TOKEN
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not wanted or not compare_digest(brought.encode(), wanted.encode()):
        raise Http404
    registry, gauges = CollectorRegistry(), dict[str, Gauge]()
    for each in measures(clock.now()):
        if each.name not in gauges:
            names = [name for name, _ in each.labels]
            gauges[each.name] = Gauge(each.name, each.about, names, registry=registry)
        gauge = gauges[each.name]
        (gauge.labels(**dict(each.labels)) if each.labels else gauge).set(each.value)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
