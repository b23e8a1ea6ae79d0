"""What every address of the read API shares: it only reads, page by page, and nothing is kept on the way."""

from typing import Any

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from neet.accounts.access import needs_for_api
from neet.accounts.roles import Permission


class ReadView(APIView):
    """An address that is only read, and never from a cache."""

    http_method_names = ["get", "head", "options"]

    def options(self, request: Any, *args: Any, **options: Any) -> Response:
        return Response(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})

    def finalize_response(self, request: Request, response: Response, *args: Any, **options: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **options)
        answer["Cache-Control"] = "no-store"
        return answer


class Pages(CursorPagination):
    """A hundred at a time, or as many as asked for up to five hundred; `next` leads on."""

    page_size = 100
    page_size_query_param = "size"
    max_page_size = 500
    cursor_query_param = "cursor"


class Schema(SpectacularAPIView):
    """What can be asked and what comes back, for programs."""

    permission_classes = [needs_for_api(Permission.SIGNED_IN)]


class Docs(SpectacularSwaggerSplitView):
    """The same, to read and to try."""

    permission_classes = [needs_for_api(Permission.SIGNED_IN)]
    renderer_classes = [TemplateHTMLRenderer]
    url_name = "api_schema"
    title = "Reading from programs"
    template_name = "api/docs.html"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **options: Any) -> Response:
        return super().get(request, *args, **options)
