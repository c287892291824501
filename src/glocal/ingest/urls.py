"""The addresses of the import pages."""

from django.urls import path

from glocal.ingest import views

app_name = "ingest"

urlpatterns = [
    path("", views.upload, name="upload"),
    path("all/", views.batches, name="list"),
    path("<int:batch_id>/columns/", views.columns, name="columns"),
    path("<int:batch_id>/", views.report, name="report"),
    path("<int:batch_id>/undo/", views.undo, name="undo"),
    path("<int:batch_id>/forget/", views.forget, name="forget"),
]
