"""The forms of one's own account."""

from django import forms
from django.utils.translation import gettext_lazy

from glocal.accounts.rules import LONGEST_NAME


class NameForm(forms.Form):
    """The name shown to others."""

    display_name = forms.CharField(
        label=gettext_lazy("Name shown to others"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy("Left empty, others read “A member”. Your e-mail address is never shown."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
