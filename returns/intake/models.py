"""A return on its way: the file or page it came as, its rows, what is wrong, who they may be, who is missing."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from neet import clock
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.files.models import StoredFile
from returns.calendar.models import ExpectedReturn
from schools.models import Authority, Establishment
from tracking.register.models import YoungPerson


def _user(words: str = "", **options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=words or None,
        **options,
    )


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """What this user's places let them see: a council's own, or an establishment's own. Lists from elsewhere are
        seen by those who bring them in."""
        seen = Q(pk__in=[])
        for place in scope_of(user).where(Permission.RETURN_READ):
            here = Q(authority_id=place.authority_id, sender="")
            if place.establishment_id:
                here &= Q(establishment_id=place.establishment_id)
            seen |= here
        for place in scope_of(user).where(Permission.RETURN_RECEIVE):
            seen |= Q(authority_id=place.authority_id, establishment__isnull=True)
        return self.filter(seen)


class Intake(models.Model):
    """One return on its way. A later version of the same expected return replaces an earlier one where they differ.

    `event_id` names the act that applied it in the trail; by it the act is found again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        UPLOADED = "uploaded", "Received, being checked"
        CHECKED = "checked", "Checked, not sent yet"
        CONFIRMED = "confirmed", "Sent to the council"
        ACCEPTED = "accepted", "Accepted by the council"
        REJECTED = "rejected", "Sent back by the council"
        WITHDRAWN = "withdrawn", "Taken back"
        REFUSED = "refused", "Could not be read"

    class Channel(models.TextChoices):
        FILE = "file", "A file"
        PAGE = "page", "On the page"
        OFFICER = "officer", "Brought in by the council"
        PROGRAM = "program", "Sent by a program"
        LINK = "link", "By a link for this return alone"

    class Road(models.TextChoices):
        EMAIL = "email", "By e-mail"
        EXCHANGE = "exchange", "By another exchange"
        POST = "post", "By post or by hand"
        OTHER = "other", "Another way"

    OPEN = (State.DRAFT, State.UPLOADED, State.CHECKED)
    APPLIED = (State.CONFIRMED, State.ACCEPTED)

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="intakes")
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="intakes", null=True, blank=True
    )
    sender = models.CharField("sent by, where no establishment is", max_length=80, blank=True)
    expected = models.ForeignKey(ExpectedReturn, models.PROTECT, related_name="intakes")
    type = models.CharField("which return", max_length=20)
    version = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8, choices=Channel)
    came_by = models.CharField("how the council got it", max_length=8, choices=Road, blank=True)
    came_as = models.CharField("what it was labelled there", max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    as_at = models.DateField("as things stood on")

    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    sha256 = models.CharField("fingerprint of the file", max_length=64, blank=True)
    headings = models.JSONField(default=list)
    heading_row = models.PositiveIntegerField(default=0)
    title = models.CharField("first line of our own template", max_length=300, blank=True)
    columns = models.JSONField("which heading holds which column", default=dict)
    columns_confirmed = models.BooleanField(default=False)
    orders = models.JSONField("which number of a column's dates is the day", default=dict)
    remarks = models.JSONField("what was odd about the file", default=list)
    refusal = models.TextField(blank=True)
    seems = models.CharField("which return its columns are, where another", max_length=20, blank=True)
    seems_why = models.CharField("why it was taken for a return", max_length=300, blank=True)
    notice_issued_on = models.DateField("privacy notice given to every pupil on", null=True, blank=True)

    counts = models.JSONField(default=dict)
    compared_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField("of the comparison", max_length=64, blank=True)
    matcher = models.JSONField("what the matcher believed", null=True, blank=True)

    handed_to = _user("handed to")
    hand_over_note = models.CharField(max_length=240, blank=True)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = _user()
    event_id = models.BigIntegerField(null=True, unique=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = _user()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = _user()
    decided_why = models.CharField(max_length=400, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _user()

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["expected", "version"], name="intake_version_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "accepted"]) | Q(event_id__isnull=False),
                name="intake_applied_in_one_act",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "state"], name="intake_by_state"),
            models.Index(fields=["establishment", "-begun_at"], name="intake_by_establishment"),
        ]

    def __str__(self) -> str:
        return f"return {self.pk}"

    @property
    def sent_by(self) -> str:
        """Who sends it: the establishment, or whoever the list comes from."""
        return self.establishment.name if self.establishment else self.sender

    @property
    def kind_of_place(self) -> str:
        """The kind of establishment that sends it; empty where none does."""
        return str(self.establishment.kind) if self.establishment else ""

    @property
    def is_open(self) -> bool:
        """Whether the sender may still change it."""
        return self.state in self.OPEN

    @property
    def waits_for_columns(self) -> bool:
        """Whether somebody has to say which heading holds which column before it can be checked."""
        return self.state == self.State.UPLOADED and bool(self.headings) and not self.columns_confirmed

    @property
    def is_applied(self) -> bool:
        """Whether the register holds what it says."""
        return self.state in self.APPLIED


class IntakeRow(models.Model):
    """One pupil of a return. `sent` is what stood there, `fixed` what somebody put instead, `clean` what we made of
    both, each by column name; `number` is the row as the sender sees it."""

    class Found(models.TextChoices):
        NOT_YET = "", "Not looked for yet"
        PRESET = "preset", "Listed from the register"
        EXACT = "exact", "The same person beyond doubt"
        LINKED = "linked", "Taken for the same person"
        CHOSEN = "chosen", "Chosen by a person"
        DOUBTFUL = "doubtful", "Somebody has to look"
        NEW = "new", "Not on the register"

    class Outcome(models.TextChoices):
        NOT_YET = "", "Not compared yet"
        CONTINUING = "continuing", "Continuing"
        NEW_HERE = "new_here", "New here"
        LEFT = "left", "Left"
        RECORDS = "records", "Something new of them"
        NEW_PERSON = "new_person", "New to the register"
        UNCHANGED = "unchanged", "Known already"
        OVERRULED = "overruled", "The council knows something newer"
        DOUBTFUL = "doubtful", "Waits for the council to say who it is"
        BESIDE = "beside", "Kept beside: not on our register"
        STOPPED = "stopped", "Needs a change first"
        LEFT_OUT = "left_out", "Left out"

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    sent = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)
    clean = models.JSONField(default=dict)
    left_out = models.BooleanField(default=False)
    person = models.ForeignKey(
        YoungPerson, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    found = models.CharField(max_length=8, choices=Found, blank=True, default=Found.NOT_YET)
    sure = models.FloatField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.NOT_YET)
    seen = models.CharField("what the comparison saw", max_length=32, blank=True)
    applied_event = models.BigIntegerField(null=True)
    decided_by = _user(db_index=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="intake_row_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="intake_row_person"),
        ]

    def __str__(self) -> str:
        return f"row {self.pk}"


class Problem(models.Model):
    """Something a return's sender should change, explain or know: where it stands, why, and how to mend it."""

    class Severity(models.TextChoices):
        ERROR = "error", "To change"
        QUERY = "query", "To check or explain"
        NOTE = "note", "To know"

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="problems", db_index=False)
    row = models.ForeignKey(IntakeRow, models.CASCADE, null=True, blank=True, related_name="problems")
    column = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=5, choices=Severity)
    value = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300)
    fix = models.CharField(max_length=300, blank=True)
    explained = models.CharField("why it is right all the same", max_length=300, blank=True)
    explained_by = _user(db_index=False)

    class Meta:
        ordering = ["severity", "kind", F("row__number").asc(nulls_first=True), "pk"]
        indexes = [models.Index(fields=["intake", "severity", "kind"], name="problem_by_kind")]

    def __str__(self) -> str:
        return f"problem {self.pk}"


class Candidate(models.Model):
    """Somebody on the register who may be the pupil of a row, with how each field agrees, and what a person said."""

    class Verdict(models.TextChoices):
        OPEN = "", "Not decided"
        SAME = "same", "The same person"
        DIFFERENT = "different", "Somebody else"

    row = models.ForeignKey(IntakeRow, models.CASCADE, related_name="candidates")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    sure = models.FloatField()
    levels = ArrayField(models.SmallIntegerField(), default=list)
    verdict = models.CharField(max_length=9, choices=Verdict, blank=True, default=Verdict.OPEN)

    class Meta:
        ordering = ["-sure", "pk"]
        constraints = [models.UniqueConstraint(fields=["row", "person"], name="candidate_once")]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class Missing(models.Model):
    """Somebody who was expected on the return and is not on it, and what the sender says of them."""

    class Answer(models.TextChoices):
        OPEN = "", "Not answered"
        STILL_HERE = "still_here", "Still here"
        LEFT = "left", "Left"
        NEVER_CAME = "never_came", "Did not come back"
        NOT_OURS = "not_ours", "Never ours"

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="missing")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="+")
    why_expected = models.CharField(max_length=80)
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default=Answer.OPEN)
    left_on = models.DateField(null=True, blank=True)
    destination = models.CharField(max_length=160, blank=True)
    answered_by = _user()

    class Meta:
        ordering = ["person__family_name", "person__given_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "person"], name="missing_once"),
            models.CheckConstraint(
                condition=~Q(answer="left") | Q(left_on__isnull=False), name="missing_left_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"missing {self.pk}"


class KnownColumns(models.Model):
    """Which column an establishment's headings hold and how its dates are written, confirmed once by a person and used
    ever after."""

    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="+")
    type = models.CharField("which return", max_length=20)
    shape = models.CharField("fingerprint of the headings", max_length=64)
    columns = models.JSONField(default=dict)
    orders = models.JSONField("which number of a column's dates is the day", default=dict)
    confirmed_by = _user()
    confirmed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment", "type", "shape"], name="known_columns_once")
        ]

    def __str__(self) -> str:
        return f"columns {self.pk}"


class UploadLink(models.Model):
    """A link by which a small provider sends one return without an account: it shows nobody, and ends on a day. What it
    holds is kept as its digest."""

    expected = models.ForeignKey(ExpectedReturn, models.CASCADE, related_name="upload_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = _user()
    email = models.EmailField("sent to", blank=True)
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    intake = models.ForeignKey(Intake, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"upload link {self.pk}"
