"""Tables of territories and of what the online geocoder once answered."""

from typing import Self

from django.db import models

from glocal.core.actor import Actor
from glocal.core.geo import Box, GeoPoint, Km
from glocal.places.types import TerritoryCard, TerritoryShape


class TerritoryQuerySet(models.QuerySet["Territory"]):
    """Territories, and who sees them."""

    def visible_to(self, actor: Actor) -> Self:
        """Public ones for everybody; stewards see all, members their own."""
        if actor.is_steward:
            return self
        own = models.Q(owner_id=actor.user_id) if actor.is_signed_in else models.Q(pk__in=())
        return self.filter(models.Q(is_public=True) | own)


class Territory(models.Model):
    """A named area in which people search: a circle, a box or a polygon."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ("radius", "box", "polygon")])
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    centre_lat = models.FloatField()
    centre_lon = models.FloatField()
    radius_km = models.FloatField(null=True, blank=True)
    wkb = models.BinaryField()
    owner_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    is_public = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "territories"
        constraints = [
            models.CheckConstraint(
                name="territory_edges_are_degrees",
                condition=models.Q(south__gte=-90, north__lte=90, south__lte=models.F("north"))
                & models.Q(west__range=(-180, 180), east__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="territory_radius_for_circles_only",
                condition=models.Q(kind="radius", radius_km__gt=0)
                | (~models.Q(kind="radius") & models.Q(radius_km__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def card(self) -> TerritoryCard:
        """Everything but the outline."""
        return TerritoryCard(
            slug=self.slug,
            name=self.name,
            kind=self.kind,
            box=Box(self.west, self.south, self.east, self.north),
            centre=GeoPoint(self.centre_lat, self.centre_lon),
            radius_km=None if self.radius_km is None else Km(self.radius_km),
            owner_id=self.owner_id,
            is_public=self.is_public,
            source=self.source,
            licence=self.licence,
            version=self.version,
        )

    def shape(self) -> TerritoryShape:
        """The outline, for those who search in it."""
        card = self.card()
        return TerritoryShape(
            card.slug, card.name, card.kind, card.box, bytes(self.wkb), card.centre, card.radius_km
        )


class GeocodeAnswer(models.Model):
    """What the online geocoder answered to a question; without a point it knew nothing."""

    question = models.CharField(max_length=400, unique=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="geocode_answer_lat_lon_together",
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
            )
        ]

    def __str__(self) -> str:
        return self.question
