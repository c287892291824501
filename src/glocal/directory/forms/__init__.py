"""What people type: the search in the address bar, and the form for an organisation."""

from glocal.directory.forms.organisation import OrganisationForm
from glocal.directory.forms.search import DEEPEST_PAGE, PAGE, box_from, number_from, search_from

__all__ = ["DEEPEST_PAGE", "PAGE", "OrganisationForm", "box_from", "number_from", "search_from"]
