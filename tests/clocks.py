"""The database's clock goes by ours."""

from datetime import timedelta

from django.db import connection

from neet import clock

NEAR, TRIES = timedelta(milliseconds=2), 200
SET = "select set_config('neet.clock_offset', %s, %s)"


def database_goes_by_ours(*, until_the_end: bool = False) -> None:
    """The server's moments are those of `neet.clock` from here on, for this session or `until_the_end` of its
    transaction.

    What is read there and here cannot be read at one moment. On a busy machine the way between lasts as long as a test:
    the two are asked until the way is short, and half of it is taken for either side.
    """
    best, offset = timedelta.max, timedelta()
    with connection.cursor() as cursor:
        for _ in range(TRIES):
            before = clock.now()
            cursor.execute("select clock_timestamp()")
            (theirs,), after = cursor.fetchone(), clock.now()
            if (way := after - before) < best:
                best, offset = way, before + way / 2 - theirs
            if best < NEAR:
                break
        cursor.execute(SET, [f"{offset.total_seconds():.6f}s", until_the_end])
