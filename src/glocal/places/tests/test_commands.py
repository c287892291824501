"""The command group: one JSON document each, refusals left to the one who prints them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glocal.core.errors import DomainError
from glocal.places.commands import group


def run(*words: str) -> Any:
    result = CliRunner().invoke(group, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_find_answers_with_points() -> None:
    answer = run("find", "Torino, IT", "--limit", "1")
    assert answer["count"] == 1
    assert answer["places"][0] | {"lat": 45.07049, "lon": 7.68682, "country": "IT"} == answer["places"][0]
    assert run("find", "zzzzqq")["places"] == []


def test_postcodes_are_installed_listed_and_removed(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("postcode,lat,lng\nM60 0AG,53.488,-2.237\n")

    assert run("postcodes", "install", str(table), "--country", "GB")["postcodes"] == 1
    assert run("postcodes", "list") == {"tables": [{"country": "GB", "postcodes": 1}]}
    assert run("postcodes", "remove", "GB") == {"removed": "GB"}
    assert run("postcodes", "list") == {"tables": []}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (["--box", "6.6,44.0,9.2,46.5"], "box"),
        (["--centre", "Torino", "--km", "30"], "radius"),
        (["--centre", "45.07,7.69", "--km", "30"], "radius"),
    ],
)
def test_territories_are_added_listed_and_removed(options: list[str], kind: str) -> None:
    assert run("territories", "add", "Piemonte", *options)["kind"] == kind
    assert [card["slug"] for card in run("territories", "list")["territories"]] == ["piemonte"]
    assert run("territories", "remove", "piemonte") == {"removed": "piemonte"}
    assert run("territories", "list") == {"territories": []}


@pytest.mark.django_db
def test_a_polygon_comes_from_a_file(tmp_path: Path) -> None:
    ring = [[7.0, 45.0], [8.0, 45.0], [8.0, 46.0], [7.0, 45.0]]
    feature = {
        "type": "Feature",
        "id": "A",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "area.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, feature | {"id": "B"}]}))

    card = run("territories", "add", "Area", "--geojson", str(file), "--feature", "B", "--source", "me")
    assert (card["kind"], card["source"]) == ("polygon", "me")
    with pytest.raises(DomainError, match="2 features"):
        run("territories", "add", "Area", "--geojson", str(file))


@pytest.mark.parametrize(
    "options",
    [[], ["--box", "1,2,3"], ["--box", "a,b,c,d"], ["--box", "0,9,1,8"], ["--centre", "Torino"],
     ["--km", "5"],     ["--box", "1,2,3,4", "--centre", "Torino", "--km", "3"]],
)  # fmt: skip
def test_wrong_usage_exits_with_two(options: list[str]) -> None:
    assert CliRunner().invoke(group, ["territories", "add", "X", *options]).exit_code == 2
