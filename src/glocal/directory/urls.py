"""The addresses of the directory's pages."""

from django.urls import path

from glocal.directory import views

app_name = "directory"

urlpatterns = [
    path("near/", views.near, name="near"),
    path("near/export/<str:form>/", views.export, name="export"),
    path("organisations/add/", views.add, name="add"),
    path("organisations/review/", views.review, name="review"),
    path("organisations/<int:organisation_id>/", views.profile, name="profile"),
    path("organisations/<int:organisation_id>/edit/", views.edit, name="edit"),
    path("organisations/<int:organisation_id>/withdraw/", views.withdraw, name="withdraw"),
    path("organisations/<int:organisation_id>/bring-back/", views.bring_back, name="bring_back"),
    path("organisations/<int:organisation_id>/confirm/", views.confirm, name="confirm"),
    path("organisations/<int:organisation_id>/accept/", views.accept, name="accept"),
    path("organisations/<int:organisation_id>/refuse/", views.refuse, name="refuse"),
]
