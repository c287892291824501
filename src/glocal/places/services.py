"""What can be done with places: territories, postcode tables, questions to the online geocoder."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from glocal.audit import services as audit
from glocal.core.actor import Actor
from glocal.core.errors import Invalid
from glocal.core.language import fold
from glocal.places import rules
from glocal.places.errors import ImpossibleTerritory, TerritoryChanged, UnknownTerritory
from glocal.places.gateways.geocoder import CachedGeocoder, Geocoder, NoGeocoder, NominatimGeocoder
from glocal.places.gazetteer.countries import country_code
from glocal.places.models import Territory
from glocal.places.postcode_files import read_postcodes
from glocal.places.postcodes import remove_table, write_table
from glocal.places.queries import gazetteer, places_home
from glocal.places.types import Located, TerritoryCard, TerritoryDraft

_MOST_NAMESAKES: Final = 100


@transaction.atomic
def create_territory(*, actor: Actor, draft: TerritoryDraft) -> TerritoryCard:
    """Add a territory; where others go by the same name its slug gets a number.

    Raises:
        NotAllowed: nobody is signed in.
        ImpossibleTerritory: it has no name.
    """
    rules.require_may_create_territory(actor)
    fields = _fields(draft)
    for slug in _slugs(draft.name):
        try:
            with transaction.atomic():
                territory = Territory.objects.create(slug=slug, owner_id=actor.user_id, **fields)
        except IntegrityError:
            if not Territory.objects.filter(slug=slug).exists():
                raise  # not the name: the outline itself is against the table's rules
            continue
        audit.record(actor=actor, act="places.territory.created", subject=f"territory:{slug}")
        return territory.card()
    raise ImpossibleTerritory(_("Too many territories go by this name; choose another."))


@transaction.atomic
def replace_territory(*, actor: Actor, slug: str, version: int, draft: TerritoryDraft) -> TerritoryCard:
    """Change a territory's name, outline and source; its slug stays.

    Args:
        actor: who changes it.
        slug: which one.
        version: the version the change was made from.
        draft: what it shall be.

    Raises:
        UnknownTerritory: there is none, or the actor may not see it.
        NotAllowed: it is somebody else's.
        TerritoryChanged: it is no longer at that version.
        ImpossibleTerritory: it has no name.
    """
    territory = _visible(actor, slug)
    rules.require_may_change_territory(actor, territory.owner_id)
    at_version = Territory.objects.filter(pk=territory.pk, version=version)
    if not at_version.update(version=F("version") + 1, **_fields(draft)):
        raise TerritoryChanged(_("Somebody changed this territory in the meantime; look at it again."))
    audit.record(actor=actor, act="places.territory.replaced", subject=f"territory:{slug}")
    territory.refresh_from_db()
    return territory.card()


@transaction.atomic
def delete_territory(*, actor: Actor, slug: str) -> None:
    """Remove a territory.

    Raises:
        UnknownTerritory: there is none, or the actor may not see it.
        NotAllowed: it is somebody else's.
    """
    territory = _visible(actor, slug)
    rules.require_may_change_territory(actor, territory.owner_id)
    territory.delete()
    audit.record(actor=actor, act="places.territory.deleted", subject=f"territory:{slug}")


@transaction.atomic
def forget_owner(*, person_id: int) -> None:
    """Erase a person from the territories: private ones go, public ones stay without an owner."""
    Territory.objects.filter(owner_id=person_id, is_public=False).delete()
    Territory.objects.filter(owner_id=person_id).update(owner_id=None)


def install_postcodes(path: Path, country: str) -> int:
    """Install a country's postcode table from CSV and return how many postcodes it knows.

    Replaces the table before; harmless twice.

    Raises:
        Invalid: an unknown country, or a file that cannot be understood.
    """
    code = _country(country)
    rows = read_postcodes(path)
    write_table(places_home(), code, rows)
    return len(rows)


def remove_postcodes(country: str) -> None:
    """Forget a country's postcode table.

    Raises:
        Invalid: an unknown country.
        UnknownPostcodeTable: none is installed.
    """
    remove_table(places_home(), _country(country))


def prepare_gazetteer() -> int:
    """Build the list of towns where it is missing (about 15 seconds) and return how many it knows.

    Raises:
        GazetteerUnavailable: it cannot be built.
    """
    return len(gazetteer().lat)


def geocode_address(text: str, country: str = "") -> Located | None:
    """Ask the online geocoder where an address lies; None when it does not know.

    Answers are kept for good. A new question may wait a second or more for its turn and goes over the
    network, so never ask inside a transaction.

    Raises:
        GeocoderOff: none is configured.
        GeocoderFailed: it did not answer in time, or not sensibly.
    """
    return geocoder().locate(text, country_code(country) if country else "")


def geocoder() -> Geocoder:
    """The geocoder of this installation: a closed door unless `GLOCAL_GEOCODER_URL` is set."""
    url = settings.GLOCAL_GEOCODER_URL
    return CachedGeocoder(NominatimGeocoder(url, places_home())) if url else NoGeocoder()


def _visible(actor: Actor, slug: str) -> Territory:
    territory = Territory.objects.visible_to(actor).select_for_update().filter(slug=slug).first()
    if territory is None:
        raise UnknownTerritory(_("There is no territory “%(slug)s”.") % {"slug": slug[:80]})
    return territory


def _fields(draft: TerritoryDraft) -> dict[str, Any]:
    name = " ".join(draft.name.replace("\0", "").split())
    if not name or len(name) > 120:
        raise ImpossibleTerritory(_("A territory needs a name of at most 120 letters."))
    outline = draft.outline
    return {
        "name": name,
        "kind": outline.kind,
        "west": outline.box.west,
        "south": outline.box.south,
        "east": outline.box.east,
        "north": outline.box.north,
        "centre_lat": outline.centre.lat,
        "centre_lon": outline.centre.lon,
        "radius_km": outline.radius_km,
        "wkb": outline.wkb,
        "is_public": draft.is_public,
        "source": draft.source[:300],
        "licence": draft.licence[:80],
    }


def _slugs(name: str) -> list[str]:
    plain = slugify(fold(name))[:70] or "territory"
    return [plain, *(f"{plain}-{number}" for number in range(2, _MOST_NAMESAKES))]


def _country(text: str) -> str:
    code = country_code(text)
    if not code:
        raise Invalid(_("“%(country)s” is not a country we know.") % {"country": text[:60]})
    return code
