"""An organisation in the shapes files take: a flat row, a full document, a GeoJSON feature, schema.org."""

from typing import Any

from glocal.directory.types import OrganisationProfile, Origin


def flat(profile: OrganisationProfile, distance_km: float | None) -> dict[str, Any]:
    """Return every public field of an organisation as one row; further sites are left to the other forms."""
    facts, origin = profile.facts, profile.origins.get("*", Origin(""))
    site = facts.sites[0] if facts.sites else None
    text = facts.descriptions[0] if facts.descriptions else None
    return {
        "id": str(profile.id),
        "name": facts.name,
        "other_names": "; ".join(name for _lang, name in facts.other_names),
        "kind": facts.kind,
        "worlds": "; ".join(facts.worlds),
        "description": text.text if text else "",
        "description_lang": text.lang if text else "",
        "topics": "; ".join(facts.topics),
        "concepts": "; ".join(profile.concepts),
        "street": site.street if site else "",
        "postcode": site.postcode if site else "",
        "town": site.town if site else "",
        "region": site.region if site else "",
        "country": facts.country,
        "lat": site.lat if site else None,
        "lon": site.lon if site else None,
        "precision": site.precision if site else "",
        "distance_km": None if distance_km is None else round(distance_km, 3),
        "website": facts.website,
        "identifiers": "; ".join(f"{scheme}-{value}" for scheme, value in facts.identifiers),
        "legal_form": facts.legal_form,
        "size_class": facts.size_class,
        "founded_on": facts.founded_on,
        "closed_on": facts.closed_on,
        "confirmed_at": profile.confirmed_at.date().isoformat() if profile.confirmed_at else "",
        "source": origin.source,
        "licence": origin.licence,
        "source_date": origin.date,
        "is_demo": profile.is_demo,
    }


def feature(profile: OrganisationProfile, distance_km: float | None) -> dict[str, Any]:
    """Return an organisation as a GeoJSON feature: a point, several points, or no geometry."""
    points = [[s.lon, s.lat] for s in profile.facts.sites if s.lat is not None]
    geometry = None
    if points:
        several = len(points) > 1
        geometry = {
            "type": "MultiPoint" if several else "Point",
            "coordinates": points if several else points[0],
        }
    row = {k: v for k, v in full(profile, distance_km).items() if k not in {"lat", "lon"}}
    return {"type": "Feature", "id": str(profile.id), "geometry": geometry, "properties": row}


def full(profile: OrganisationProfile, distance_km: float | None) -> dict[str, Any]:
    """Return every public field with lists as lists: all sites, descriptions, names and numbers."""
    facts = profile.facts
    return {
        **flat(profile, distance_km),
        "other_names": [{"lang": lang, "name": name} for lang, name in facts.other_names],
        "worlds": list(facts.worlds),
        "descriptions": [{"lang": d.lang, "text": d.text, "made_by": d.made_by} for d in facts.descriptions],
        "topics": list(facts.topics),
        "concepts": list(profile.concepts),
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in facts.identifiers],
        "sites": [{name: getattr(site, name) for name in site.__dataclass_fields__} for site in facts.sites],
        "origins": {
            name: {"source": o.source, "licence": o.licence, "date": o.date}
            for name, o in profile.origins.items()
        },
    }


def linked(profile: OrganisationProfile) -> dict[str, Any]:
    """Return an organisation in the words of schema.org."""
    facts, origin = profile.facts, profile.origins.get("*", Origin(""))
    places = [
        {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": site.street,
                "postalCode": site.postcode,
                "addressLocality": site.town,
                "addressRegion": site.region,
                "addressCountry": site.country,
            },
            **(
                {"geo": {"@type": "GeoCoordinates", "latitude": site.lat, "longitude": site.lon}}
                if site.lat is not None
                else {}
            ),
        }
        for site in facts.sites
    ]
    node = {
        "@type": "Organization",
        "@id": f"urn:glocal:organisation:{profile.id}",
        "name": facts.name,
        "alternateName": [name for _lang, name in facts.other_names],
        "additionalType": facts.kind,
        "description": [
            {"@value": d.text, "@language": d.lang} if d.lang else d.text for d in facts.descriptions
        ],
        "keywords": list(facts.topics),
        "knowsAbout": [
            {"@type": "DefinedTerm", "@id": f"urn:glocal:concept:{concept}", "termCode": concept}
            for concept in profile.concepts
        ],
        "url": facts.website,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            for scheme, value in facts.identifiers
        ],
        "foundingDate": facts.founded_on,
        "dissolutionDate": facts.closed_on,
        "location": places,
        "sourceOrganization": origin.source,
        "license": origin.licence,
    }
    return {name: value for name, value in node.items() if value}
