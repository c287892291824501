"""What people type when they bring a file in."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from glocal.ingest.types import FIELDS


class UploadForm(forms.Form):
    """A file and what it does not say of itself."""

    file = forms.FileField(label=_("File"), max_length=300)
    source = forms.CharField(
        label=_("Source"),
        max_length=120,
        required=False,
        help_text=_(
            "Who says so, for example the register's name. The same source twice updates, never doubles."
        ),
    )
    licence = forms.CharField(
        label=_("Licence"),
        max_length=120,
        required=False,
        help_text=_("For example CC0-1.0, ODbL-1.0, OGL-UK-3.0."),
    )
    country = forms.CharField(
        label=_("Country"),
        min_length=2,
        max_length=2,
        required=False,
        help_text=_("Two letters, if all rows are of one country."),
    )


def mapping_from(posted: QueryDict) -> dict[str, str]:
    """Read which column is which field from inputs `column-0`, `field-0` …; unchosen fields map to none."""
    chosen = {}
    for key, column in posted.items():
        if key.startswith("column-"):
            field = str(posted.get(f"field-{key.removeprefix('column-')}", ""))
            if field in FIELDS and field not in chosen:
                chosen[field] = str(column)
    return {field: chosen.get(field, "") for field in FIELDS}
