"""Reading the figures from programs: what the page shows, by the same query."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from neet import clock
from neet.accounts.access import needs_for_api
from neet.accounts.roles import Permission
from neet.api import ReadView
from tracking.figures.forms import FiguresFilter
from tracking.figures.queries.reach import reach_of
from tracking.figures.queries.scorecard import NoSuchMonth, scorecard, standing_freezes
from tracking.figures.telling import plain


class FiguresAnswer(serializers.Serializer):
    """One set of counts and shares. Averages have parts of whole numbers; a share of nothing is null."""

    cohort = serializers.FloatField()
    neet = serializers.FloatField()
    neet_percent = serializers.FloatField(allow_null=True)
    not_known = serializers.FloatField()
    not_known_percent = serializers.FloatField(allow_null=True)
    neet_or_not_known = serializers.FloatField()
    neet_or_not_known_percent = serializers.FloatField(allow_null=True)
    not_known_because_unconfirmed = serializers.FloatField()
    in_education_and_training = serializers.FloatField()
    in_education_and_training_percent = serializers.FloatField(allow_null=True)
    in_custody = serializers.FloatField()
    owed_an_offer = serializers.FloatField()
    offered = serializers.FloatField()
    offered_percent = serializers.FloatField(allow_null=True)


class PartAnswer(serializers.Serializer):
    key = serializers.CharField()
    words = serializers.CharField()
    figures = FiguresAnswer()


class CutAnswer(serializers.Serializer):
    cut = serializers.CharField()
    words = serializers.CharField()
    parts = PartAnswer(many=True)


class MonthAnswer(serializers.Serializer):
    month = serializers.CharField()
    figures = FiguresAnswer()


class YearlyAnswer(serializers.Serializer):
    name = serializers.CharField()
    words = serializers.CharField()
    year = serializers.CharField()
    measure = serializers.CharField()
    months = serializers.ListField(child=serializers.CharField())
    is_whole = serializers.BooleanField()
    figures = FiguresAnswer()


class FlowAnswer(serializers.Serializer):
    month = serializers.CharField()
    neet_before = serializers.IntegerField()
    joined = serializers.DictField(child=serializers.IntegerField())
    left = serializers.DictField(child=serializers.IntegerField())
    joiners = serializers.IntegerField()
    leavers = serializers.IntegerField()
    other_exits = serializers.IntegerField()
    neet_after = serializers.IntegerField()
    adds_up = serializers.BooleanField()


class ScorecardAnswer(serializers.Serializer):
    month = serializers.CharField()
    is_frozen = serializers.BooleanField()
    frozen_at = serializers.DateTimeField(allow_null=True)
    figures = FiguresAnswer()
    parts = CutAnswer(many=True)
    months = MonthAnswer(many=True)
    yearly = YearlyAnswer(many=True)
    joiners_and_leavers = FlowAnswer(many=True)


CUTS = {
    "month": "A frozen month such as 2026-10; left out, the month in progress.",
    "year": "Year group by age: 12 or 13.",
    "district": "Number of a district, or none.",
    "school": "Number of an establishment they are at or were at last, or none.",
    "service": "Number of a service, or none.",
    "need": "ehcp, sens or none.",
    "vulnerable": "yes or no.",
    "gender": "Code in small letters, or none.",
}


class Figures(ReadView):
    """The figures of a month: NEET, not known, participation, the guarantee; by part, by month, by year."""

    permission_classes = [needs_for_api(Permission.FIGURES_EXPLORE)]

    @extend_schema(
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR, description=words) for name, words in CUTS.items()
        ],
        responses={200: ScorecardAnswer, 400: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT},
        operation_id="figures",
    )
    def get(self, request: Request) -> Response:
        authority_id: Any = getattr(request._request, "authority_id", None)
        reach = reach_of(request.user, authority_id)
        if reach is None:
            raise NotFound
        freezes = standing_freezes(authority_id)
        form = FiguresFilter(
            request.query_params, authority_id=authority_id, freezes=freezes, on=clock.today(), reach=reach
        )
        wanted = form.wanted()
        _refuse_what_is_not_asked_so(form, request)
        try:
            card = scorecard(authority_id, wanted.month, wanted.chosen)
        except NoSuchMonth:
            raise NotFound from None
        return Response(ScorecardAnswer(plain(card)).data)


def _refuse_what_is_not_asked_so(form: FiguresFilter, request: Request) -> None:
    """A cut that is misspelt is said: a program would take everybody for the answer."""
    problems: dict[str, list[str]] = {
        name: ["There is no such cut."] for name in sorted(set(request.query_params) - set(CUTS))
    }
    problems |= {name: [str(each) for each in words] for name, words in form.errors.items()}
    if problems:
        raise ValidationError(problems)
