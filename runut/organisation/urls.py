"""Addresses of sign-in, one's own account, and the office's settings."""

from django.urls import path

from runut.organisation.views import account, sign_in

app_name = "organisation"

urlpatterns = [
    path("masuk/", sign_in.sign_in, name="sign_in"),
    path("keluar/", sign_in.sign_out, name="sign_out"),
    path("lupa-sandi/", sign_in.forgot_password, name="forgot_password"),
    path("aktivasi/", sign_in.activation, name="activation"),
    path("saya/", account.me, name="me"),
    path("saya/sandi/", account.change_password, name="change_password"),
]
