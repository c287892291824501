"""The tables of the directory: organisations, their sites, their numbers, and the feed of changes."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from glocal.core.actor import Actor
from glocal.directory.types import Precision, SizeClass, Status


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations in the words of the directory."""

    def published(self) -> Self:
        """Those everybody sees."""
        return self.filter(status=Status.PUBLISHED)

    def visible_to(self, actor: Actor) -> Self:
        """Published ones for everybody; stewards, and whoever added one, see the others too."""
        if actor.is_steward:
            return self
        mine = Q(added_by_id=actor.user_id) if actor.is_signed_in else Q(pk__in=[])
        return self.filter(Q(status=Status.PUBLISHED) | mine)


class Organisation(models.Model):
    """What is known of one organisation. Lists that are only ever read whole are kept as JSON."""

    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300, db_index=True)  # folded, without legal words
    other_names = models.JSONField(default=list)  # [[language, name], ...]
    kind = models.CharField(max_length=24)
    worlds = models.JSONField(default=list)  # first = the one it is shown as
    descriptions = models.JSONField(default=list)  # [[language, text, made by], ...]
    topics = models.JSONField(default=list)
    website = models.CharField(max_length=500, blank=True)
    founded_on = models.CharField(max_length=10, blank=True)
    closed_on = models.CharField(max_length=10, blank=True)
    size_class = models.CharField(max_length=8, blank=True, choices=[(s.value, s.value) for s in SizeClass])
    legal_form = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)

    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Status])
    refused_because = models.CharField(max_length=500, blank=True)
    is_demo = models.BooleanField(default=False)
    origins = models.JSONField(default=dict)  # {field or "*": [source, licence, ISO date]}
    source = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    version = models.PositiveIntegerField(default=1)
    change_no = models.BigIntegerField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs types as_manager() as Manager

    class Meta:
        indexes = [
            models.Index(fields=["added_by"], name="organisation_added_by"),
            models.Index(
                fields=["id"], condition=~Q(status=Status.PUBLISHED), name="organisation_not_published"
            ),
        ]
        constraints = [
            models.CheckConstraint(name="organisation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """One place an organisation is at."""

    organisation = models.ForeignKey(Organisation, related_name="sites", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(default=0)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    precision = models.CharField(max_length=8, blank=True, choices=[(p.value, p.value) for p in Precision])
    street = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    said_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["organisation_id", "position"]
        constraints = [
            models.CheckConstraint(
                name="site_lat_lon_together",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street}, {self.postcode} {self.town}"


class Identifier(models.Model):
    """A number the organisation carries in some register (org-id scheme and value)."""

    organisation = models.ForeignKey(Organisation, related_name="identifiers", on_delete=models.CASCADE)
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        ordering = ["organisation_id", "scheme", "value"]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_lookup")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "value"], name="identifier_once_per_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


class ChangeCounter(models.Model):
    """The last number given to a change. Its row is held until commit, so numbers commit in order."""

    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.value)


class Gone(models.Model):
    """An organisation that was removed altogether, so that every index hears of it."""

    organisation_id = models.BigIntegerField()
    change_no = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.change_no}"
