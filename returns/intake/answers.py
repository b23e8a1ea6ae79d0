"""What programs send of returns and are told of them."""

from rest_framework import serializers

from returns.intake.models import Intake, Problem

MOST_PROBLEMS = 500


class ReturnLine(serializers.Serializer):
    """One answer that is asked for."""

    ref = serializers.UUIDField(help_text="Bring the file of this return to /api/v1/returns/{ref}/file/.")
    type = serializers.CharField()
    title = serializers.CharField()
    establishment = serializers.IntegerField()
    establishment_name = serializers.CharField()
    as_at = serializers.DateField()
    due_on = serializers.DateField()
    is_late = serializers.BooleanField()
    state = serializers.CharField(help_text="In words, as on the pages.")
    sent = serializers.UUIDField(
        allow_null=True, help_text="The newest file, at /api/v1/returns/sent/{sent}/."
    )


class ReturnPage(serializers.Serializer):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ReturnLine(many=True)


class NoticeAsked(serializers.Serializer):
    """What may be said with a file, or at the latest when it is sent."""

    privacy_notice_on = serializers.DateField(
        required=False, help_text="Day by which every pupil aged 13 or over had the privacy notice."
    )


class FileAsked(NoticeAsked):
    """What is brought."""

    file = serializers.FileField(help_text="xlsx, xls, ods or csv; columns in any order.")


class ProblemLine(serializers.Serializer):
    row = serializers.IntegerField(allow_null=True, help_text="As in the file, headings counted.")
    column = serializers.CharField()
    kind = serializers.CharField()
    severity = serializers.ChoiceField(choices=Problem.Severity.choices)
    value = serializers.CharField()
    why = serializers.CharField()
    fix = serializers.CharField()
    explained = serializers.CharField()


class SentAnswer(serializers.Serializer):
    """One file on its way."""

    ref = serializers.UUIDField()
    expected = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Intake.State.choices)
    is_busy = serializers.BooleanField(help_text="Ask again in a moment: something is being done to it.")
    work_failed = serializers.CharField(help_text="Why the last work on it failed; empty where it did not.")
    columns_to_confirm = serializers.BooleanField(help_text="A person has to say which heading holds what.")
    refusal = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())
    problems_total = serializers.IntegerField()
    problems = ProblemLine(many=True, help_text=f"The first {MOST_PROBLEMS}.")
    sent_at = serializers.DateTimeField(allow_null=True)
    decided_why = serializers.CharField()


class WhyAsked(serializers.Serializer):
    why = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ExplanationAsked(serializers.Serializer):
    """Why something that was asked about is right all the same."""

    kind = serializers.CharField(help_text="As the problem has it.")
    column = serializers.CharField(required=False, default="", allow_blank=True, help_text="The same.")
    row = serializers.IntegerField(
        required=False, allow_null=True, help_text="Nothing for all of this kind in the column."
    )
    explained = serializers.CharField(
        max_length=300, allow_blank=True, help_text="An empty text takes a reason back."
    )
