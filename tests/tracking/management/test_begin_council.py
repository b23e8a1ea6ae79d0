"""A council that has no return of its own begins with a command: its name, and one person invited."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from neet import clock
from neet.accounts.models import User
from neet.audit.models import AuditEvent
from schools.actions.invitations import accept_with_new_account, hash_of
from schools.models import Authority, Invitation, Membership
from tests.factories import make_authority, make_user, sign_in
from tests.mailbox import invitation_token

pytestmark = pytest.mark.django_db
IRA = "ira@council.example"


def begun(**asked: str) -> str:
    out = StringIO()
    call_command("begin_council", **({"code": "886", "administrator": IRA} | asked), stdout=out)
    return out.getvalue()


@pytest.fixture
def admin() -> User:
    return make_user("system_admin", email="admin@council.example")


def test_a_council_begins_with_its_name_and_one_person(admin):
    said = begun(administrator_name="Ira Lund")

    council = Authority.objects.get()
    assert (council.code, council.name, council.database_id) == ("886", "Kent", "886")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.role) == (IRA, "Ira Lund", "mi_officer")
    assert (invitation.authority, invitation.invited_by) == (council, admin)
    assert "Kent (886) begins" in said
    assert IRA in said
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", "user_id"))
    assert kinds[-2:] == [("schools.council_begun", admin.pk), ("schools.invitation_sent", admin.pk)]


def test_who_is_invited_comes_in_and_may_invite_the_others(admin):
    begun()

    user = accept_with_new_account(
        token_hash=hash_of(invitation_token(IRA)), name="Ira Lund", password="three unrelated words"
    )

    assert Membership.objects.get(user=user).authority == Authority.objects.get()
    client = sign_in(Client(), user)
    assert client.get(reverse("invite")).status_code == 200
    for page in ("home", "register"):
        empty = client.get(reverse(page)).content.decode().partition("No young people yet")[2]
        for next_step in ("bring_register", "returns_board"):
            assert reverse(next_step) in empty
            assert client.get(reverse(next_step)).status_code == 200


def test_the_name_and_the_first_digits_may_be_others(admin):
    begun(name="Kent County Council", database="444")

    council = Authority.objects.get()
    assert (council.name, council.database_id) == ("Kent County Council", "444")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"code": "999"}, "999 is not the number of a council"),
        ({"code": "88"}, "88 is not the number of a council"),
        ({"database": "4444"}, "not three digits"),
        ({"database": "٤٤٤"}, "not three digits"),
        ({"administrator": "ira"}, "ira is not an e-mail address"),
        ({"name": "N" * 81}, "more than 80"),
        ({"by": "somebody@council.example"}, "no such system administrator"),
        ({"administrator": "Admin@council.example"}, "cannot change your own role"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(admin, asked, words):
    before = AuditEvent.objects.count()

    with pytest.raises(CommandError, match=words):
        begun(**asked)

    assert not Authority.objects.exists()
    assert not Invitation.objects.exists()
    assert AuditEvent.objects.count() == before


def test_a_council_begins_once(admin):
    begun()

    with pytest.raises(CommandError, match=r"Kent \(886\) is here already"):
        begun(administrator="another@council.example", database="444")

    assert Authority.objects.count() == Invitation.objects.count() == 1


def test_two_councils_do_not_give_the_same_numbers(admin):
    make_authority(code="887", name="Medway", database_id="886")

    with pytest.raises(CommandError, match="numbers of Medway begin with 886 already"):
        begun()


def test_somebody_who_still_works_here_invites():
    left = make_user("system_admin", email="left@council.example")
    Membership.objects.filter(user=left).update(ends_on=clock.today() - timedelta(days=1))

    with pytest.raises(CommandError, match="mkuser --role system_admin"):
        begun()


def test_of_several_administrators_one_is_named(admin):
    other = make_user("system_admin", email="other@council.example")

    with pytest.raises(CommandError, match="Say who invites"):
        begun()
    begun(by="OTHER@council.example")

    assert Invitation.objects.get().invited_by == other
