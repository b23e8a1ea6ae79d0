"""What somebody asked of us about their own record, the copy we make of it, and what we may not use meanwhile."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from neet import clock
from neet.files.models import StoredFile
from schools.models import Authority, Service
from tracking.register.models import AccessGrant, YoungPerson

USER = settings.AUTH_USER_MODEL


class RightsRequest(models.Model):
    """A young person, or somebody for them, asks us to do something about their record; answered by a day of law."""

    class Kind(models.TextChoices):
        COPY = "copy", "A copy of what we hold"
        RECTIFICATION = "rectification", "Something is wrong"
        RESTRICTION = "restriction", "Keep it, and do not use it"
        OBJECTION = "objection", "Objects to our using it"
        ERASURE = "erasure", "Erase it"

    class AskedBy(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        PARENT = "parent", "A parent or carer with authority to ask"
        SOLICITOR = "solicitor", "A solicitor or other agent"

    class State(models.TextChoices):
        OPEN = "open", "Being answered"
        DONE = "done", "Done as asked"
        PARTLY = "partly", "Done in part"
        REFUSED = "refused", "Refused, with the reason"
        WITHDRAWN = "withdrawn", "Taken back by whoever asked"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="rights_requests")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="rights_requests")
    kind = models.CharField("what they ask", max_length=14, choices=Kind)
    asked_by = models.CharField("who asks", max_length=12, choices=AskedBy, default=AskedBy.YOUNG_PERSON)
    asked_on = models.DateField("asked on")
    words = models.CharField("in their words", max_length=1000, blank=True)
    identity_on = models.DateField("sure who asks since", null=True, blank=True)
    identity_how = models.CharField("how we made sure", max_length=200, blank=True)
    unclear_on = models.DateField("we asked what they mean on", null=True, blank=True)
    clear_on = models.DateField("they told us on", null=True, blank=True)
    extended_on = models.DateField("given two months more on", null=True, blank=True)
    extended_why = models.CharField("why", max_length=240, blank=True)
    due_on = models.DateField("to be answered by", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.CharField("what came of it", max_length=1000, blank=True)
    statement = models.CharField("what they want to stand beside it", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")
    answered_by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="open"), name="rights_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open") ^ Q(answered_on__isnull=False),
                name="rights_request_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"]) | ~Q(outcome=""),
                name="rights_request_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True) | ~Q(extended_why=""),
                name="rights_request_extended_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "due_on"], condition=Q(state="open"), name="rights_request_open"
            )
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class Recipient(models.Model):
    """Somebody we gave what was wrong, limited or erased, and who is to be told (UK GDPR article 19)."""

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="recipients")
    name = models.CharField(max_length=200)
    given = models.CharField("what they were given", max_length=200)
    given_on = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-given_on", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "name", "given", "given_on"], name="recipient_once")
        ]

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class UseLimited(models.Model):
    """The record is kept and counted as the law asks, and nobody is written to or rung from it (UK GDPR article 18).

    Another thing than a restricted record, which only people named for it open."""

    class Why(models.TextChoices):
        DISPUTED = "disputed", "They say it is wrong, and we look into it"
        UNLAWFUL = "unlawful", "We should not have it, and they want it kept"
        CLAIM = "claim", "They need it for a claim in law"
        OBJECTED = "objected", "They object, and we weigh it"

    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="use_limits")
    why = models.CharField(max_length=10, choices=Why)
    starts_on = models.DateField()
    told_on = models.DateField("told before it ended, on", null=True, blank=True)
    ends_on = models.DateField("used again since", null=True, blank=True)
    ended_why = models.CharField("why it ended", max_length=240, blank=True)
    from_la = models.CharField("came along from another council", max_length=3, blank=True, db_default="")
    decided_on = models.DateField("taken on as our own, on", null=True, blank=True)
    recorded_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "limits of use"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="use_limited_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(told_on__isnull=False, told_on__lte=F("ends_on")),
                name="use_limited_ends_after_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"limit of use {self.pk}"

    @property
    def is_to_decide(self) -> bool:
        """It came along with a move, and this council has not said yet what it makes of it."""
        return bool(self.from_la) and self.decided_on is None and self.ends_on is None


class Copy(models.Model):
    """The copy of everything held of somebody: gathered, read through, looked at by a second person, set and given."""

    class State(models.TextChoices):
        GATHERED = "gathered", "To be read through"
        READ = "read", "Waits for a second look"
        AGREED = "agreed", "Agreed, being set"
        SET = "set", "Ready to be given"
        GIVEN = "given", "Given"

    request = models.OneToOneField(RightsRequest, models.CASCADE, related_name="copy")
    state = models.CharField(max_length=8, choices=State, default=State.GATHERED)
    gathered_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    sent_back_why = models.CharField("why it was sent back", max_length=240, blank=True)
    paper = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    data = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    pages = models.PositiveIntegerField(null=True, blank=True)
    given_on = models.DateField(null=True, blank=True)
    given_how = models.CharField(max_length=120, blank=True)
    given_by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_on__isnull=False), name="copy_given_on_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"


class Entry(models.Model):
    """One thing the copy tells, and whether it goes out as it stands, with words replaced, or not at all."""

    class Held(models.TextChoices):
        NO = "", "Goes out"
        OTHERS = "others", "Held back: it is about somebody else"
        HARM = "harm", "Held back: it could do serious harm"
        CRIME = "crime", "Held back: preventing or detecting crime"
        LEGAL = "legal", "Held back: legal advice"
        PROTECTION = "protection", "Held back: child protection"

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(null=True, help_text="Empty: nobody knows when.")
    has_time = models.BooleanField(default=False)
    about = models.CharField("table", max_length=60)
    title = models.CharField(max_length=240)
    text = models.TextField(blank=True)
    came_from = models.CharField(max_length=200, blank=True)
    names_others = models.BooleanField("may name somebody else", default=False)
    held = models.CharField(max_length=10, choices=Held, blank=True, default=Held.NO)
    replaced = models.TextField("what is said instead", blank=True)
    is_replaced = models.BooleanField(default=False)
    # Whose restricted note it is: that service says whether it may go out.
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(USER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="entry_number_once")]

    def __str__(self) -> str:
        return f"entry {self.pk}"

    @property
    def waits_for_service(self) -> bool:
        return self.service_id is not None and self.released_at is None


class LookedInto(models.Model):
    """What information governance found when it looked into the emergency opening of a hidden record."""

    class Found(models.TextChoices):
        RIGHT = "right", "It was right"
        UNNEEDED = "unneeded", "Well meant, and not needed"
        WRONG = "wrong", "It was wrong"

    grant = models.OneToOneField(AccessGrant, models.CASCADE, related_name="looked_into")
    found = models.CharField(max_length=8, choices=Found)
    words = models.CharField("what was found and done", max_length=500)
    looked_at = models.DateTimeField(default=clock.now)
    looked_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="looked_into_in_words")]

    def __str__(self) -> str:
        return f"look into grant {self.grant_id}"


class UnusualReading(models.Model):
    """Somebody opened records out of the ordinary: how many, beside colleagues, and what came of looking into it."""

    class Found(models.TextChoices):
        RIGHT = "right", "It belongs to their work"
        TOLD = "told", "Not needed; they were told"
        WRONG = "wrong", "It was wrong"

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    account = models.ForeignKey(USER, models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    people = models.PositiveIntegerField("young people")
    late = models.PositiveIntegerField("of those out of hours")
    beyond = models.PositiveIntegerField("records that are not theirs")
    colleagues = models.PositiveIntegerField("middle of colleagues")
    raised_at = models.DateTimeField(default=clock.now)
    found = models.CharField(max_length=8, choices=Found, blank=True)
    words = models.CharField("what was found and done", max_length=500, blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = [F("looked_at").desc(nulls_first=True), "-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "account", "role"],
                condition=Q(looked_at=None),
                name="unusual_reading_open_once",
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None) | ~Q(found="") & ~Q(words=""),
                name="unusual_reading_looked_into_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"unusual reading {self.pk}"
