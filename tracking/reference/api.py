"""Reading the code lists and rules from programs."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from neet import clock
from neet.accounts.access import needs_for_api
from neet.accounts.roles import Permission
from neet.api import ReadView
from tracking.reference import reading
from tracking.reference.models import ReferenceRow
from tracking.reference.tables import TABLES


class RuleLine(serializers.ModelSerializer):
    values = serializers.DictField(child=serializers.CharField(allow_blank=True))

    class Meta:
        model = ReferenceRow
        fields = ["key", "values", "valid_from", "valid_to", "evidence"]


class RuleTable(serializers.Serializer):
    table = serializers.CharField()
    words = serializers.CharField()
    on = serializers.DateField()
    rows = RuleLine(many=True)


class DayAsked(serializers.Serializer):
    on = serializers.DateField(required=False, help_text="The reporting date; today if left out.")


class Rules(ReadView):
    """The rows of one table that hold on a reporting date."""

    permission_classes = [needs_for_api(Permission.REFERENCE_READ)]

    @extend_schema(
        parameters=[OpenApiParameter("table", OpenApiTypes.STR, "path", enum=sorted(TABLES)), DayAsked],
        responses={200: RuleTable, 400: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT},
        operation_id="reference",
    )
    def get(self, request: Request, table: str) -> Response:
        asked = DayAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        on = asked.validated_data.get("on") or clock.today()
        try:
            found = reading.table_named(table)
        except reading.NotThere:
            raise NotFound from None
        rows = ReferenceRow.objects.filter(table=table).holding(on)
        answer = {"table": table, "words": found.words, "on": on, "rows": rows}
        return Response(RuleTable(answer).data)
