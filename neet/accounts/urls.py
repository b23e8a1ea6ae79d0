"""Addresses of signing in and of one's own account. Nobody signs themselves up: there is no address for it."""

from allauth.account import views as allauth
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from neet.accounts import demonstration, sign_on, views
from neet.accounts.access import anyone, needs
from neet.accounts.keys import adding, passkey_alone, removing, with_password
from neet.accounts.limits import noted
from neet.accounts.roles import Permission

own = needs(Permission.SIGNED_IN)
own_fresh = needs(Permission.SIGNED_IN, fresh=True)
door = anyone("the way in")
RESET = "sets a new password by a link sent to the person's mailbox"

urlpatterns = [
    path("sign-in/", door(noted("login")(views.sign_in)), name="account_login"),
    path(
        "sign-in/passkey/",
        door(noted("passkey")(passkey_alone(passkeys.login_webauthn))),
        name="mfa_login_webauthn",
    ),
    path("sign-in/with/<slug:slug>/", sign_on.begin_sign_on, name="begin_sign_on"),
    path("sign-in/with/<slug:slug>/back/", sign_on.end_sign_on, name="end_sign_on"),
    path("account/sign-on/forget/", sign_on.forget_sign_on, name="forget_sign_on"),
    path("sign-in/closed/", door(allauth.account_inactive), name="account_inactive"),
    path("sign-out/", anyone("the way out")(allauth.logout), name="account_logout"),
    path(
        "password/reset/",
        anyone(RESET)(noted("reset_password")(allauth.password_reset)),
        name="account_reset_password",
    ),
    path(
        "password/reset/sent/", anyone(RESET)(allauth.password_reset_done), name="account_reset_password_done"
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9a-z]+)-(?P<key>[0-9a-z-]+)/$",
        anyone(RESET)(noted("reset_password_from_key")(allauth.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        anyone(RESET)(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("demonstration/", demonstration.demonstration, name="demonstration"),
    path("account/", views.account, name="mfa_index"),  # where allauth goes back to
    path("account/", views.account, name="account"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
    path("account/second-factor/again/", views.fresh_second_factor, name="fresh_second_factor"),
    path(
        "account/password/",
        own_fresh(noted("change_password")(with_password(allauth.password_change))),
        name="account_change_password",
    ),
    path("account/app/", adding(app.activate_totp), name="mfa_activate_totp"),
    path("account/app/remove/", own_fresh(removing(app.deactivate_totp)), name="mfa_deactivate_totp"),
    path("account/passkeys/", own_fresh(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add/", adding(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/",
        own_fresh(removing(passkeys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path("account/recovery-codes/", views.recovery_codes, name="recovery_codes"),
    path("account/sessions/end/", views.end_sessions, name="end_sessions"),
    path("account/devices/forget/", views.forget_device, name="forget_device"),
    path("account/desk/", views.desk, name="desk"),
]
