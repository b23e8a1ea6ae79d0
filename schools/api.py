"""Reading establishments, and what one may do here, from programs."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from neet.accounts.access import needs_for_api
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from neet.api import Pages, ReadView
from schools import queries
from schools.models import Establishment


class PlaceLine(serializers.Serializer):
    role = serializers.CharField()
    role_words = serializers.CharField()
    authority = serializers.IntegerField(allow_null=True)
    establishment = serializers.IntegerField(allow_null=True)
    district = serializers.IntegerField(allow_null=True)
    service = serializers.IntegerField(allow_null=True)


class MeAnswer(serializers.Serializer):
    name = serializers.CharField()
    places = PlaceLine(many=True)
    permissions = serializers.ListField(child=serializers.CharField())


class EstablishmentLine(serializers.ModelSerializer):
    class Meta:
        model = Establishment
        fields = [
            "id", "name", "kind", "la_code", "number", "urn", "ukprn", "town", "postcode", "highest_year_group",
            "closed_on",
        ]  # fmt: skip


class EstablishmentPage(serializers.Serializer):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = EstablishmentLine(many=True)


class EstablishmentFilters(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Establishment.Kind.choices, required=False)
    area = serializers.ChoiceField(choices=["ours", "all"], required=False)
    closed = serializers.BooleanField(required=False, default=False)


PAGED = [
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` of the page before."),
    OpenApiParameter("size", OpenApiTypes.INT, description="How many at a time, up to 500."),
]


class Me(ReadView):
    """Who is asking, from which places, and what that permits."""

    permission_classes = [needs_for_api(Permission.SIGNED_IN)]

    @extend_schema(responses=MeAnswer, operation_id="me")
    def get(self, request: Request) -> Response:
        scope = scope_of(request.user)
        places = [
            {
                "role": place.role,
                "role_words": ROLES[place.role].words if place.role in ROLES else place.role,
                "authority": place.authority_id,
                "establishment": place.establishment_id,
                "district": place.district_id,
                "service": place.service_id,
            }
            for place in scope.places
        ]
        permitted = [permission.value for permission in Permission if scope.can(permission)]
        answer = {"name": request.user.name, "places": places, "permissions": permitted}
        return Response(MeAnswer(answer).data)


class Establishments(ReadView):
    """Schools, colleges and providers, page by page."""

    permission_classes = [needs_for_api(Permission.REFERENCE_READ)]

    @extend_schema(
        parameters=[EstablishmentFilters, *PAGED],
        responses={200: EstablishmentPage, 400: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT},
        operation_id="establishments",
    )
    def get(self, request: Request) -> Response:
        asked = EstablishmentFilters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        authorities = queries.authorities_of(scope_of(request.user), Permission.REFERENCE_READ)
        found = queries.establishments(
            authorities,
            kind=wanted.get("kind", ""),
            anywhere=wanted.get("area") == "all",
            closed=wanted["closed"],
        )
        pages = Pages()
        pages.ordering = "pk"
        rows = pages.paginate_queryset(found, request)
        return pages.get_paginated_response(EstablishmentLine(rows, many=True).data)


class TokenInSchema(OpenApiAuthenticationExtension):
    """How the schema names it."""

    target_class = "schools.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
