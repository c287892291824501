"""Organisations handed on to other programs: files, and the JSON of what is near."""

from glocal.directory.exports.files import write
from glocal.directory.exports.near import near_json

__all__ = ["near_json", "write"]
