"""Which address is answered by which domain."""

from django.urls import include, path

urlpatterns = [
    path("", include("glocal.web.urls")),
    path("", include("glocal.directory.urls")),
    path("import/", include("glocal.ingest.urls")),
    path("lexicon/", include("glocal.lexicon.urls")),
    path("account/", include("glocal.accounts.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "glocal.web.views.bad_request"
handler403 = "glocal.web.views.forbidden"
handler404 = "glocal.web.views.not_found"
handler500 = "glocal.web.views.server_error"
