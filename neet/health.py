"""Is the system well? One address for those who watch it from outside, without a word about anybody."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from neet.accounts.access import anyone


@anyone("watched from outside; says only whether the system works")
def health(request: HttpRequest) -> JsonResponse:
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    return JsonResponse({"database": "answers"})
