"""The form for an organisation, as a person types it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from glocal.directory.forms.choices import country_choices, kind_choices, language_choices
from glocal.directory.labels import SIZE_LABELS, WORLD_LABELS
from glocal.directory.types import Description, Facts, OrganisationProfile, SiteFacts


class CodeField(forms.ChoiceField):
    """A choice among codes, also for programs that write them in small letters."""

    def to_python(self, value: Any) -> str:
        """Return the code as it is offered."""
        said: str = super().to_python(value).strip()
        return said if self.valid_value(said) else said.upper()


class OrganisationForm(forms.Form):
    """An organisation with one description and one site, as a person types it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=kind_choices)
    worlds = forms.MultipleChoiceField(
        label=gettext_lazy("Worlds"),
        choices=list(WORLD_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Leave empty for the usual one of its kind."),
    )
    description = forms.CharField(
        label=gettext_lazy("What it does"), widget=forms.Textarea, max_length=20_000, required=False
    )
    description_lang = forms.ChoiceField(label=gettext_lazy("Language of the description"), required=False)
    topics = forms.CharField(
        label=gettext_lazy("Topics"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Separated by commas."),
    )
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=300, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    town = forms.CharField(label=gettext_lazy("Town"), max_length=200, required=False)
    country = CodeField(label=gettext_lazy("Country"), required=False)
    lat = forms.FloatField(label=gettext_lazy("Latitude"), min_value=-90, max_value=90, required=False)
    lon = forms.FloatField(label=gettext_lazy("Longitude"), min_value=-180, max_value=180, required=False)
    website = forms.URLField(
        label=gettext_lazy("Website"), max_length=500, required=False, assume_scheme="https"
    )
    founded_on = forms.CharField(
        label=gettext_lazy("Founded"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("A year, a month or a day: 2009, 2009-05, 2009-05-12."),
    )
    size_class = forms.ChoiceField(
        label=gettext_lazy("Size"), choices=list(SIZE_LABELS.items()), required=False
    )
    legal_form = forms.CharField(label=gettext_lazy("Legal form"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        """Offer what can be chosen; what is stored already, as the initial values tell, stays among it."""
        super().__init__(*args, **said)
        country, language = self.fields["country"], self.fields["description_lang"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - declared above
        for field in (country, language):
            field.widget.attrs["translate"] = "no"  # names, already in the language they are read in
        country.choices = country_choices(get_language() or "en", self.initial.get("country", ""))
        language.choices = language_choices(self.initial.get("description_lang", ""))

    def clean(self) -> dict[str, Any]:
        """Refuse half a point."""
        said = super().clean() or {}
        if (said.get("lat") is None) != (said.get("lon") is None) and not {"lat", "lon"} & set(self.errors):
            self.add_error("lat", _("Latitude and longitude come together."))
        return said

    def facts(self, *, beside: Facts | None = None) -> Facts:
        """Return what was typed as facts, keeping from `beside` what this form does not show."""
        said = self.cleaned_data
        base = beside or Facts(name=said["name"])
        return Facts(
            name=said["name"].strip(),
            kind=said["kind"],
            worlds=tuple(said["worlds"]),
            other_names=base.other_names,
            descriptions=self._descriptions(base),
            topics=tuple(t for t in (part.strip() for part in said["topics"].split(",")) if t),
            identifiers=base.identifiers,
            website=said["website"],
            founded_on=said["founded_on"].strip(),
            closed_on=base.closed_on,
            size_class=said["size_class"],
            legal_form=said["legal_form"].strip(),
            country=said["country"] or base.country,
            sites=self._sites(base),
        )

    def _descriptions(self, base: Facts) -> tuple[Description, ...]:
        text, lang = self.cleaned_data["description"].strip(), self.cleaned_data["description_lang"].strip()
        others = base.descriptions[1:]
        if not text:
            return others
        if base.descriptions and (base.descriptions[0].text, base.descriptions[0].lang) == (text, lang):
            return base.descriptions
        return (Description(lang, text), *others)

    def _sites(self, base: Facts) -> tuple[SiteFacts, ...]:
        said = self.cleaned_data
        old = base.sites[0] if base.sites else SiteFacts(country=base.country)
        typed = SiteFacts(
            lat=said["lat"],
            lon=said["lon"],
            precision="" if said["lat"] is None else "exact",
            street=said["street"].strip(),
            postcode=said["postcode"].strip(),
            town=said["town"].strip(),
            region=old.region,
            country=said["country"],
        )
        if _address(typed) == _address(old) and typed.point == old.point:
            return base.sites
        if typed.point is None and not any(_address(typed)[:3]):
            return base.sites[1:]
        if typed.point == old.point:
            typed = _on_the_map_as(old, typed)
        return (typed, *base.sites[1:])

    @staticmethod
    def initial_of(profile: OrganisationProfile) -> dict[str, object]:
        """Return what the form shows of an organisation before anybody types."""
        facts = profile.facts
        site = facts.sites[0] if facts.sites else SiteFacts()
        text = facts.descriptions[0] if facts.descriptions else Description("", "")
        return {
            "name": facts.name,
            "kind": facts.kind,
            "worlds": list(facts.worlds),
            "description": text.text,
            "description_lang": text.lang,
            "topics": ", ".join(facts.topics),
            "street": site.street,
            "postcode": site.postcode,
            "town": site.town,
            "country": site.country or facts.country,
            "lat": site.lat,
            "lon": site.lon,
            "website": facts.website,
            "founded_on": facts.founded_on,
            "size_class": facts.size_class,
            "legal_form": facts.legal_form,
            "version": profile.version,
        }


def _address(site: SiteFacts) -> tuple[str, ...]:
    return (site.street, site.postcode, site.town, site.country)


def _on_the_map_as(old: SiteFacts, typed: SiteFacts) -> SiteFacts:
    """Keep the point where only the street was mended; one of another town or postcode is looked for anew."""
    if _address(typed)[1:] == _address(old)[1:]:
        return replace(typed, precision=old.precision)
    return replace(typed, lat=None, lon=None, precision="")
