"""A meeting's pack of sixty young people at county size, and the agenda it is made from."""

import logging

from django.db import transaction

from neet import clock
from neet.accounts.models import User
from schools.models import Authority
from tests.bench._measuring import county
from tests.bench._pack import measure_pack
from tests.bench.cases import more_neet


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    county()
    with transaction.atomic():
        authority, day = Authority.objects.get(), clock.today()
        more_neet(authority, day)
        by = User.objects.filter(memberships__role="tracking_officer").earliest("pk")
        measure_pack(authority, by, day)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
