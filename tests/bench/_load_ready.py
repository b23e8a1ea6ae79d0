"""Who works and what is sent under load, made in a county's database; told as JSON, for `load`."""

import json
from datetime import timedelta
from pathlib import Path
from sys import argv

from django.test import Client
from django.urls import reverse

from neet import clock
from neet.accounts.models import User
from neet.files.writers import csv_chunks
from schools.models import Membership
from tests.factories import make_collection, make_expected, make_school, make_user, sign_in
from tests.plans.doors import HEADINGS, ROWS, Council, line_of
from tests.returns.intake._sent import sent
from tracking.register.models import YoungPerson
from tracking.rules.academic_year import birth_range

DESKS, PEOPLE, RETURNS = 40, 2_000, 400
PAGES = ("home", "search", "register", "tasks", "calls", "cases", "returns_board", "guarantee")


def main() -> None:
    folder = Path(argv[1])
    council = Council.found(people=PEOPLE)
    told = {
        "officers": [cookie(make_user("tracking_officer", council.authority)) for _ in range(DESKS)],
        "people": [
            {"ref": str(each.ref), "words": f"{each.given_name} {each.family_name}", "upn": each.upn}
            for each in council.people
        ],
        "schools": list(
            Membership.objects.filter(authority=council.authority, role="school_user")
            .order_by("establishment_id")
            .values_list("establishment_id", flat=True)
            .distinct()[:20]
        ),
        "urls": {name: reverse(name) for name in PAGES},
        "returns": returns(council, folder),
    }
    (folder / "load.json").write_text(json.dumps(told))


def cookie(user: User) -> str:
    """The number of a session with both factors given."""
    return sign_in(Client(), user).cookies["sessionid"].value


def returns(council: Council, folder: Path) -> list[dict[str, str]]:
    """Returns of new schools that are due, each with the session of its sender and a file of its own."""
    on = clock.today()
    asked = make_collection(council.authority, as_at=on, opens_on=on - timedelta(days=7), due_on=on)
    born = birth_range(17, on)[0], birth_range(16, on)[1]
    of_age = YoungPerson.objects.filter(authority=council.authority, date_of_birth__range=born)
    among = list(of_age.exclude(upn="").order_by("pk").values_list("pk", flat=True)[: ROWS * 20])
    found = []
    for number in range(RETURNS):
        school = make_school(la_code=council.authority.code)
        rows = sent("school", number, ROWS, council.authority.pk, among).rows
        file = folder / f"enrolment-{number}.csv"
        lines = [line_of(each, on - timedelta(days=7)) for each in rows]
        file.write_bytes(b"".join(csv_chunks(HEADINGS, lines)))
        secretary = make_user("school_user", council.authority, establishment=school)
        due = make_expected(school, asked)
        found.append(
            {"cookie": cookie(secretary), "url": reverse("send_file", args=[due.ref]), "file": str(file)}
        )
    return found


if __name__ == "__main__":
    main()
