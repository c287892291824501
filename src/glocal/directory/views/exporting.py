"""Download of exactly what is filtered."""

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from glocal.core.errors import NotFound
from glocal.directory import exports
from glocal.directory.forms import search_from

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
}


@require_safe
def export(request: HttpRequest, form: str) -> FileResponse:
    """Send the file; it is written to disk first, so that memory does not grow with it."""
    if form not in CONTENT_TYPES:
        raise NotFound(_("There is no export of that form."))
    search = search_from(dict(request.GET.lists()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"glocal.{form}"
        exports.write(search, file)
        handle = file.open("rb")  # stays readable after the folder is gone
    return FileResponse(
        handle, as_attachment=True, filename=f"glocal.{form}", content_type=CONTENT_TYPES[form]
    )
