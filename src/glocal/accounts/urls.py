"""The addresses of one's own account that allauth does not have; named like its own."""

from django.urls import path

from glocal.accounts import views

urlpatterns = [
    path("name/", views.name, name="account_name"),
]
