"""The addresses of the lexicon's pages."""

from django.urls import path

from glocal.lexicon import views

app_name = "lexicon"

urlpatterns = [
    path("", views.lookup, name="lookup"),
    path("proposals/", views.waiting, name="proposals"),
    path("proposals/mine/", views.mine, name="my_proposals"),
    path("proposals/<int:proposal_id>/accept/", views.accept, name="accept"),
    path("proposals/<int:proposal_id>/refuse/", views.refuse, name="refuse"),
    path("<str:concept_id>/", views.concept, name="concept"),
    path("<str:concept_id>/propose/", views.propose, name="propose"),
]
