"""Taking a change to many back: each goes back to what stood before, unless somebody changed them since."""

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.bulk.actions.choosing import held
from tracking.bulk.kinds import Kind
from tracking.bulk.models import BulkChange, BulkPerson
from tracking.register.actions.upkeep import ANSWERED_LATER

State = BulkChange.State

# Whose word is not the last one any more, by the rows that stayed.
STAYED = """
    CREATE TEMP TABLE bulk_stayed ON COMMIT DROP AS
    WITH undone AS (SELECT of_table AS of, unnest(left_ids) AS id FROM tracking_undo(%s))
    SELECT h.person_id FROM undone u
    JOIN tracking_activity_history h ON h.id = u.id AND u.of = 'tracking_activity'
    UNION
    SELECT h.person_id FROM undone u
    JOIN tracking_responsibility_history h ON h.id = u.id AND u.of = 'tracking_responsibility'
    UNION
    SELECT h.person_id FROM undone u
    JOIN tracking_confirmation c ON c.id = u.id AND u.of = 'tracking_confirmation'
    JOIN tracking_activity_history h ON h.id = c.activity_id
"""
MARK = """
    UPDATE tracking_bulkperson b SET state = CASE
      WHEN EXISTS (SELECT FROM bulk_stayed s WHERE s.person_id = b.person_id) THEN 'stays' ELSE 'back' END
    WHERE b.change_id = %s AND b.state = 'changed'
"""
# What the change answered is asked again where the change is gone.
ASK_AGAIN = """
    UPDATE tracking_task t SET done_at = NULL, done_by_id = NULL, outcome = ''
    FROM tracking_bulkperson b
    WHERE b.change_id = %(change)s AND b.state = 'back' AND t.person_id = b.person_id
      AND t.done_at = %(at)s AND t.outcome = %(words)s
      AND NOT EXISTS (SELECT FROM tracking_task o WHERE o.person_id = t.person_id AND o.kind = t.kind
                      AND o.cause = t.cause AND o.done_at IS NULL)
"""


def take_back(*, change: BulkChange, by: User) -> BulkChange:
    """Take back what the change did; whoever was changed since stays as they are and is listed. Raises NotNow."""
    with recorded(Kind.TAKEN_BACK, by=by, authority_id=change.authority_id) as event:
        now = held(change, State.RETURNING)
        with connection.cursor() as cursor:
            cursor.execute(STAYED, [now.event_id])
            cursor.execute(MARK, [now.pk])
            cursor.execute("DROP TABLE bulk_stayed")
            cursor.execute(ASK_AGAIN, {"change": now.pk, "at": now.done_at, "words": ANSWERED_LATER})
        back = now.people.filter(state=BulkPerson.State.BACK).order_by("pk").values_list("person", flat=True)
        stays = now.people.filter(state=BulkPerson.State.STAYS).count()
        event.subjects = list(back)
        event.counts = {"change": now.pk, "back": len(event.subjects), "stays": stays}
        now.state, now.back_at = State.BACK, clock.now()
        now.save(update_fields=["state", "back_at"])
        return now
