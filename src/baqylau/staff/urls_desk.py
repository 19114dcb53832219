"""Desk pages of the staff room. Of allauth's pages only those that are named here exist."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from baqylau.staff.views import accounts, invitation, kept, lock, mine, permissions, site

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-factor/", factor.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("invitation/<str:token>/", invitation.accept, name="staff_accept"),
    path("lock/", lock.lock, name="staff_lock"),
    path("lock/reopen/", lock.reopen, name="staff_reopen"),
    path("lock/change/", lock.change, name="staff_change"),
    path("lock/leave/", lock.leave, name="staff_leave"),
    path("present/", lock.present, name="staff_present"),
    path("kept/", kept.kept, name="staff_kept"),
    path("kept/<int:number>/", kept.kept_fields, name="staff_kept_fields"),
    path("kept/<int:number>/drop/", kept.drop, name="staff_kept_drop"),
    path("me/", mine.mine, name="staff_mine"),
    path("me/passphrase/", mine.passphrase, name="staff_passphrase"),
    path("me/pin/", mine.pin, name="staff_pin"),
    path("me/end-others/", mine.end_others, name="staff_end_others"),
    path("me/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("me/confirm/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "me/confirm/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("me/factors/", mine.factors, name="mfa_index"),
    path("me/factors/", mine.factors, name="mfa_list_webauthn"),
    path("me/factors/app/", app.activate_totp, name="mfa_activate_totp"),
    path("me/factors/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/factors/passkey/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("me/factors/passkey/<int:pk>/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("me/factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "me/factors/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("permissions/", permissions.permissions, name="staff_permissions"),
    path("settings/", site.site_settings, name="staff_settings"),
    path("accounts/", accounts.accounts, name="staff_accounts"),
    path("accounts/invite/", accounts.invite, name="staff_invite"),
    path("accounts/<str:key>/", accounts.account, name="staff_account"),
    path("accounts/<str:key>/link/", accounts.link, name="staff_account_link"),
    path("accounts/<str:key>/close/", accounts.close, name="staff_account_close"),
    path("accounts/<str:key>/reopen/", accounts.reopen, name="staff_account_reopen"),
    path("accounts/<str:key>/reset/", accounts.reset_factors, name="staff_account_reset"),
]
