"""Lists from elsewhere."""

from django.http import HttpRequest, HttpResponse

from neet.accounts.access import needs
from neet.accounts.roles import Permission


@needs(Permission.RETURN_RECEIVE)
def lists(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@needs(Permission.RETURN_RECEIVE)
def bring_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
