"""The pages of the directory."""

from glocal.directory.views.editing import add, confirm, edit, withdraw
from glocal.directory.views.exporting import export
from glocal.directory.views.near import near
from glocal.directory.views.profile import profile
from glocal.directory.views.reviewing import accept, bring_back, refuse, review

__all__ = [
    "accept",
    "add",
    "bring_back",
    "confirm",
    "edit",
    "export",
    "near",
    "profile",
    "refuse",
    "review",
    "withdraw",
]
