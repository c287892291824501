"""Vocabularies as their publishers write them: small files in the same shapes, with the same quirks."""

import os
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from glocal.lexicon.errors import UnreadableVocabulary
from glocal.lexicon.gateways import fetching
from glocal.lexicon.gateways.catalogue import FORMATS, read_vocabulary
from glocal.lexicon.gateways.fetching import fetch, public_opener, require_public
from glocal.lexicon.gateways.pairs import both_forms
from glocal.lexicon.types import Concept, Labels

ESCO = "http://data.europa.eu/esco/occupation/"


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding=encoding)
    return file


def concepts_of(name: str, *files: Path) -> dict[str, Concept]:
    return {str(concept.id): concept for concept in read_vocabulary(name, files).vocabulary.concepts}


@pytest.mark.parametrize(
    ("label", "forms"),
    [
        ("baker", ("baker",)),
        ("steward/stewardess", ("steward", "stewardess")),
        (
            "Brotmeister der Insel/Brotmeisterin der Insel",
            ("Brotmeister der Insel", "Brotmeisterin der Insel"),
        ),
        ("pekař / pekařka", ("pekař", "pekařka")),
        ("pekar/pekarica kruha", ("pekar kruha", "pekarica kruha")),
        ("glavni pekar/pekarica kruha", ("glavni pekar kruha", "glavni pekarica kruha")),
        ("bean feasa/fear feasa", ("bean feasa", "fear feasa")),
        ("fournier de pain/fournière du bon pain", ("fournier de pain", "fournière du bon pain")),
        ("import/export baker", ("import/export baker",)),
        ("fornaio import/export/fornaia import/export", ("fornaio import/export", "fornaia import/export")),
        ("glavni pekar/glavna pekarica/n", ("glavni pekar", "glavna pekarica")),
        ("pekar/n", ("pekar",)),
        ("import-/eksportbaker", ("import-/eksportbaker",)),
        ("baker/", ("baker",)),
    ],
)
def test_a_label_of_two_genders_is_two_labels(label: str, forms: tuple[str, ...]) -> None:
    assert both_forms(label) == tuple(forms)


def test_esco_files_of_several_languages_and_the_wide_form_are_one_vocabulary(tmp_path: Path) -> None:
    head = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description\n"
    english = write(
        tmp_path,
        "occupations_en.csv",
        f'{head}Occupation,{ESCO}aa-1,7512,moon baker,"baker of moons\nlunar baker",Bakes by moonlight.\n',
    )
    italian = write(
        tmp_path,
        "occupations_it.csv",
        f"{head}Occupation,{ESCO}aa-1,7512,fornaio lunare/fornaia lunare,,Cuoce di notte.\n",
        "utf-8-sig",
    )
    wide = write(
        tmp_path, "wide.csv", f"conceptUri,iscoGroup,de,mt\n{ESCO}aa-1,7512,Mondbäcker/Mondbäckerin,\n"
    )
    groups = write(
        tmp_path,
        "ISCOGroups_en.csv",
        "conceptType,conceptUri,code,preferredLabel,altLabels\n"
        "ISCOGroup,http://data.europa.eu/esco/isco/C7512,7512,Bakers of all sorts,\n",
    )

    found = concepts_of("esco", english, italian, wide, groups)

    baker = found["esco:aa-1"]
    assert baker.code == f"{ESCO}aa-1"
    assert baker.definition == "Bakes by moonlight."
    assert baker.broader == ("esco:C7512",)
    assert baker.labels == {
        "de": Labels("Mondbäcker", ("Mondbäckerin",)),
        "en": Labels("moon baker", ("baker of moons", "lunar baker")),
        "it": Labels("fornaio lunare", ("fornaia lunare",)),
    }


def test_esco_says_which_lies_above_which_in_a_file_of_its_own(tmp_path: Path) -> None:
    relations = write(
        tmp_path,
        "broaderRelations.csv",
        f"conceptType,conceptUri,broaderType,broaderUri\nOccupation,{ESCO}b,Occupation,{ESCO}a\n",
    )
    assert concepts_of("esco", relations)["esco:b"].broader == ("esco:a",)


def test_cpv_takes_its_hierarchy_from_the_zeros_and_leaves_english_irish_out(tmp_path: Path) -> None:
    table = write(
        tmp_path,
        "cpv.csv",
        "CODE,EN,DE,GA,CODE_SHORT\n"
        "98000000-1,Moon products,Mondwaren,Moon products,98000000\n"
        '98100000-2,"Cheese, of the moon",Mondkäse,"Cheese, of the moon",98100000\n'
        "98112000-3,Soft cheese,Weichkäse,Soft cheese,98112000\n"
        "98112100-4,Internet,Internet,Internet,98112100\n",
    )
    reading = read_vocabulary("cpv", [table])
    found = {str(concept.id): concept for concept in reading.vocabulary.concepts}

    assert {concept.id: concept.broader for concept in found.values()} == {
        "cpv:98000000": (),
        "cpv:98100000": ("cpv:98000000",),
        "cpv:98112000": ("cpv:98100000",),  # nobody has the code between
        "cpv:98112100": ("cpv:98112000",),
    }
    assert set(found["cpv:98100000"].labels) == {"en", "de"}
    assert found["cpv:98112100"].labels["de"].preferred == "Internet"  # one equal word is no proof
    assert len(reading.notices) == 1
    assert found["cpv:98112000"].code == "98112000"


def test_nace_is_one_vocabulary_of_several_languages_without_what_is_na(tmp_path: Path) -> None:
    head = '"nace2","NAME","Parent","Include","Include_Also","Exclude"\n'
    english = write(
        tmp_path,
        "nace2_en.csv",
        head + '"A","FARMING","NA","The moon.","NA","NA"\n"01","Crops","A",NA,NA,NA\n',
    )
    german = write(
        tmp_path, "nace2_de.csv", head + '"01","NA","A",NA,NA,NA\n"A","LANDBAU","NA","Der Mond.",NA,NA\n'
    )

    found = concepts_of("nace2", english, german)

    assert found["nace2:01"].broader == ("nace2:A",)
    assert found["nace2:01"].labels == {"en": Labels("Crops")}
    assert found["nace2:A"].labels == {"de": Labels("LANDBAU"), "en": Labels("FARMING")}
    assert found["nace2:A"].definition == "The moon."


def test_what_became_which_is_exact_only_one_to_one(tmp_path: Path) -> None:
    table = write(
        tmp_path,
        "correspondence.csv",
        '"NACE.Rev..2.Code level","NACE.Rev..2.1.Code level","NACE.Rev..2.Code","NACE.Rev..2.1.Code"\n'
        "4,4,01.11,01.11\n4,4,01.12,01.13\n4,4,01.12,01.14\n4,4,01.15,01.16\n4,4,01.17,01.16\n"
        "4,4,02.11,02.11\n4,4,02.11,02.12\n4,4,02.12,02.12\n1,4,A,01.11\n",
    )
    rows = "".join(f"{code},x{code.replace('.', '')}y,NA\n" for code in (
        "A", "01.11", "01.12", "01.13", "01.14", "01.15", "01.16", "01.17", "02.11", "02.12"))  # fmt: skip
    old = write(tmp_path, "nace2_en.csv", "nace2,NAME,Parent\n" + rows)
    new = write(tmp_path, "nace21_en.csv", "nace21,NAME,Parent\n" + rows)

    found = {
        (row.subject, row.object): (row.predicate, row.scheme)
        for row in read_vocabulary("nace2", [old, table]).vocabulary.mappings
    }
    assert found == {
        ("nace2:01.11", "01.11"): ("exactMatch", "NACE21"),
        ("nace2:01.12", "01.13"): ("narrowMatch", "NACE21"),
        ("nace2:01.12", "01.14"): ("narrowMatch", "NACE21"),
        ("nace2:01.15", "01.16"): ("broadMatch", "NACE21"),
        ("nace2:01.17", "01.16"): ("broadMatch", "NACE21"),
        ("nace2:02.11", "02.11"): ("narrowMatch", "NACE21"),
        ("nace2:02.11", "02.12"): ("closeMatch", "NACE21"),
        ("nace2:02.12", "02.12"): ("broadMatch", "NACE21"),
    }
    turned = {
        (row.subject, row.object): row.predicate
        for row in read_vocabulary("nace21", [new, table]).vocabulary.mappings
    }
    assert turned["nace21:01.13", "01.12"] == "broadMatch"
    assert turned["nace21:01.16", "01.15"] == "narrowMatch"


def test_icnptso_has_sections_groups_and_sub_groups(tmp_path: Path) -> None:
    table = write(
        tmp_path,
        "icnptso.csv",
        "Section,Group,Sub-group,Title,Notes\nA,,,Culture of the moon,ICNPO Group 1\n"
        "A,A10,,Arts,\nA,A10,A11,Music ,Includes drums.\n",
        "utf-8-sig",
    )
    found = concepts_of("icnptso", table)
    assert {concept.id: concept.broader for concept in found.values()} == {
        "icnptso:A": (), "icnptso:A10": ("icnptso:A",), "icnptso:A11": ("icnptso:A10",)
    }  # fmt: skip
    assert found["icnptso:A11"].labels["en"].preferred == "Music"
    assert found["icnptso:A11"].definition == "Includes drums."


def test_ukcat_tags_lie_in_their_categories_and_carry_related_codes(tmp_path: Path) -> None:
    table = write(
        tmp_path,
        "ukcat.csv",
        "Code,tag,Category,Subcategory,Level,Notes,Related ICNPTSO code,Regular expression\n"
        "MO,Moon,Moon,,1,,E21;E20,\\bmoons?\\b\nMO200,Craters,Moon,Craters,2,,,\nMO201,Dust,Moon,Craters,3,,,\n",
    )
    vocabulary = read_vocabulary("ukcat", [table]).vocabulary
    assert {concept.id: concept.broader for concept in vocabulary.concepts} == {
        "ukcat:MO": (), "ukcat:MO200": ("ukcat:MO",), "ukcat:MO201": ("ukcat:MO200",)
    }  # fmt: skip
    assert [(row.subject, row.predicate, row.scheme, row.object) for row in vocabulary.mappings] == [
        ("ukcat:MO", "relatedMatch", "ICNPTSO", "E21"),
        ("ukcat:MO", "relatedMatch", "ICNPTSO", "E20"),
    ]


def test_goals_targets_and_indicators_are_called_as_in_their_files(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "global_goals.en.yml", "2-title: End hunger for the moon\n2-short: No hunger\n"),
        write(tmp_path, "global_targets.en.yml", "2-a-title: No\n2-1-title: By 2030,\n  nobody is hungry\n"),
        write(tmp_path, "global_indicators.en.yml", "2-1-1-title: 'How many: <2'\n"),
        write(tmp_path / "it", "global_goals.yml", "2-short: Fame zero\n"),
    ]
    found = concepts_of("sdg", *files)
    assert found["sdg:2"].labels == {
        "en": Labels("No hunger", ("End hunger for the moon",)),
        "it": Labels("Fame zero"),
    }
    assert found["sdg:2.1"].labels["en"].preferred == "By 2030, nobody is hungry"
    assert found["sdg:2.a"].labels["en"].preferred == "No"  # YAML would make a truth value of it
    assert found["sdg:2.1.1"].broader == ("sdg:2.1",)
    assert found["sdg:2.1.1"].code == "2.1.1"


TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://moon.example/k/a> a skos:Concept ; skos:prefLabel "Cheese"@en, "Käse"@de ; skos:altLabel "M" ;
    skos:hiddenLabel "cheeze"@en ; skos:notation "10" ; skos:definition "From milk."@en ;
    skos:exactMatch <http://data.europa.eu/ux2/nace2/1051>, <http://elsewhere.example/x#7> .
<http://moon.example/k/b> a skos:Concept ; skos:prefLabel "Soft cheese"@EN ;
    skos:broader <http://moon.example/k/a> ; skos:related <http://moon.example/k/c> .
<http://moon.example/k/c> a skos:Concept ; skos:prefLabel "Bread"@en ;
    skos:broader <http://moon.example/k/b> .
<http://moon.example/k/a> skos:broader <http://moon.example/k/c> .
"""
RDF_XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
 xml:base="http://moon.example/themes/">
<skos:Concept rdf:about="T1"><skos:prefLabel xml:lang="EN">Cheese</skos:prefLabel>
<skos:prefLabel xml:lang="FR"></skos:prefLabel><skos:altLabel>C</skos:altLabel></skos:Concept>
<skos:Concept rdf:about="70000000"><skos:prefLabel xml:lang="EN">70000000</skos:prefLabel>
<skos:definition xml:lang="EN">Soft cheese</skos:definition><skos:broader rdf:resource="T1"/></skos:Concept>
</rdf:RDF>"""
JSON_LD = """[{"@id": "http://moon.example/labour/T1", "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
 "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "Baking", "@language": "en"}]}]"""


def test_any_skos_is_read_whatever_its_file_is_called(tmp_path: Path) -> None:
    reading = read_vocabulary("moon", [write(tmp_path, "moon.txt", TURTLE)])
    found = {str(concept.id): concept for concept in reading.vocabulary.concepts}

    cheese = found["moon:a"]
    assert cheese.labels == {
        "de": Labels("Käse"),
        "en": Labels("Cheese", (), ("cheeze",)),
    }  # "M" is a notation
    assert (cheese.code, cheese.definition, found["moon:b"].code) == ("10", "From milk.", "b")
    assert found["moon:b"].related == ("moon:c",)
    assert found["moon:c"].related == ("moon:b",)
    above = {concept.id: concept.broader for concept in found.values()}
    assert sum(map(len, above.values())) == 2  # a above b above c above a was cut once
    assert len(reading.notices) == 1
    assert {(row.scheme, row.object) for row in reading.vocabulary.mappings} == {
        ("NACE2", "10.51"), ("http://elsewhere.example/x#", "http://elsewhere.example/x#7")
    }  # fmt: skip


def test_files_of_one_skos_vocabulary_may_use_the_same_last_names(tmp_path: Path) -> None:
    files = [write(tmp_path, "a.skos", RDF_XML, "utf-8-sig"), write(tmp_path, "b.json", JSON_LD)]
    found = concepts_of("essglobal", *files)
    assert {one: concept.labels["en"].preferred for one, concept in found.items()} == {
        "essglobal:T1": "Cheese", "essglobal:70000000": "Soft cheese", "essglobal:labour-T1": "Baking"
    }  # fmt: skip
    assert found["essglobal:70000000"].broader == ("essglobal:T1",)
    assert set(found["essglobal:T1"].labels) == {"en"}


def test_concepts_of_one_file_may_end_alike(tmp_path: Path) -> None:
    text = TURTLE.replace("<http://moon.example/k/c>", "<http://moon.example/z/a>")
    found = concepts_of("moon", write(tmp_path, "m.ttl", text))
    assert {one: concept.labels["en"].preferred for one, concept in found.items()} == {
        "moon:k-a": "Cheese", "moon:b": "Soft cheese", "moon:z-a": "Bread"
    }  # fmt: skip


def test_one_concept_in_two_files_is_one(tmp_path: Path) -> None:
    german = TURTLE.replace('"Soft cheese"@EN', '"Weichkäse"@de')
    found = concepts_of("moon", write(tmp_path, "a.ttl", TURTLE), write(tmp_path, "b.ttl", german))
    assert len(found) == 3
    assert found["moon:b"].labels == {"de": Labels("Weichkäse"), "en": Labels("Soft cheese")}


def test_two_exact_matches_in_one_scheme_count_as_close(tmp_path: Path) -> None:
    text = TURTLE.replace("x#7>", "x#7>, <http://elsewhere.example/x#8>")
    reading = read_vocabulary("moon", [write(tmp_path, "m.ttl", text)])
    assert sorted(row.predicate for row in reading.vocabulary.mappings) == [
        "closeMatch",
        "closeMatch",
        "exactMatch",
    ]
    assert len(reading.notices) == 2


def test_triples_that_begin_like_markup_are_no_xml(tmp_path: Path) -> None:
    line = "<http://m.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{}#Concept> .\n"
    file = write(tmp_path, "m.nt", line.format("http://www.w3.org/2004/02/skos/core"))
    assert list(concepts_of("moon", file)) == ["moon:a"]


@pytest.mark.parametrize(
    ("name", "file", "text", "said"),
    [
        ("esco", "x_en.csv", "", "is empty"),
        ("esco", "x_en.csv", "a,b\n1,2\n", "holds nothing of"),
        ("esco", "x.csv", f"conceptUri,preferredLabel\n{ESCO}a,b\n", "does not end in a language"),
        ("esco", "x_en.csv", "conceptUri,preferredLabel\nhttp://evil.example/a,b\n", "row 2: “http://evil"),
        ("esco", "x_en.csv", f"conceptUri,preferredLabel\n{ESCO}a\n", "was the file cut off"),
        ("cpv", "x.csv", "CODE,EN\n98000000-1,a\nnonsense,b\n", "row 3: “nonsense”"),
        ("cpv", "x.csv", "CODE,EN\n", "no concept"),
        ("cpv", "x.csv", "PK\x03\x04", "is packed"),
        ("cpv", "x.csv", "a\0b", "not a text file"),
        ("nace2", "x_en.csv", "nace21,NAME\n01,a\n", "holds nothing of"),
        ("nace2", "x_en.csv", "nace2,NAME\n1,a\n", "“1” is no NACE code"),
        ("ukcat", "x.csv", "Code,tag,Category,Related ICNPTSO code\nAA,a,a,?\n", "no code of this"),
        ("icnptso", "x.csv", "Section,Group,Sub-group,Title\n,,,x\n", "no code of this"),
        ("sdg", "x.en.yml", "1-title: [", "is not YAML"),
        ("sdg", "x.en.yml", "- a\n", "holds nothing of"),
        ("sdg", "goals.yml", "1-title: a\n", "does not say its language"),
        ("moon", "x.ttl", "@prefix x: <y> . this is not", "is not a vocabulary in RDF (turtle)"),
        ("moon", "x.rdf", "<?xml version='1.0'?><a>", "is not a vocabulary in RDF (xml)"),
        ("moon", "x.json", "{]", "is not a vocabulary in RDF (json-ld)"),
        ("moon", "x.json", '{"@context": "https://evil.example/c"}', "context from the network"),
        ("moon", "x.json", '[{"a": {"@context": [{"b": "c"}, "http://evil.example/"]}}]', "from the network"),
        ("moon", "x.json", '{"@context": {"@import": "http://evil.example/"}}', "from the network"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, name: str, file: str, text: str, said: str
) -> None:
    with pytest.raises(UnreadableVocabulary) as refusal:
        read_vocabulary(name, [write(tmp_path, file, text)])
    assert said in refusal.value.message
    assert "\n" not in refusal.value.message


def test_letters_that_are_no_unicode_and_missing_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableVocabulary, match="UTF-8"):
        read_vocabulary("cpv", [write(tmp_path, "x.csv", "CODE,DE\n98000000-1,Käse\n", "latin-1")])
    with pytest.raises(UnreadableVocabulary, match="cannot be read"):
        read_vocabulary("cpv", [tmp_path / "nowhere.csv"])


def test_utf_16_and_semicolons_are_read(tmp_path: Path) -> None:
    file = write(tmp_path, "x.csv", "CODE;DE\r\n98000000-1;Käse, weich\r\n", "utf-16")
    assert concepts_of("cpv", file)["cpv:98000000"].labels["de"].preferred == "Käse, weich"


class _Server(BaseHTTPRequestHandler):
    """Says what is asked of it: a file, something large, a way elsewhere."""

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response(404 if self.path == "/missing_en.csv" else 200)
        self.end_headers()
        self.wfile.write(b"x" * 5_000 if self.path == "/large.csv" else b"CODE,EN\n98000000-1,Moon\n")

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Server) as running:
        thread = Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def opener_for(server: str) -> fetching.Opener:
    """Ask the local server for what is asked of https://web.example, with our own rules for redirections."""
    director = urllib.request.build_opener(fetching._OnlyHttps(), urllib.request.ProxyHandler({}))
    return lambda request: director.open(request.full_url.replace("https://web.example", server), timeout=5)


def test_a_file_is_fetched_under_its_own_name(tmp_path: Path, server: str) -> None:
    file = fetch("https://web.example/v/cpv%20main_en.csv?a=b", tmp_path, open_url=opener_for(server))
    assert file == tmp_path / "cpv_main_en.csv"
    assert concepts_of("cpv", file)["cpv:98000000"].labels["en"].preferred == "Moon"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing_en.csv", "the server answered 404"),
        ("large.csv", "too much"),
        ("to/http://web.example/x.csv", "begins with https"),
        ("to/file:///etc/passwd", "the server answered 302"),
    ],
)
def test_what_is_fetched_has_limits(tmp_path: Path, server: str, path: str, said: str) -> None:
    with pytest.raises(UnreadableVocabulary, match=said):
        fetch(f"https://web.example/{path}", tmp_path, open_url=opener_for(server), max_bytes=4_000)


@pytest.mark.parametrize(
    "url",
    ["http://web.example/x", "ftp://web.example/x", "https:///x", "https://a:b@web.example/", "https://[x"],
)
def test_only_plain_https_addresses_are_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(UnreadableVocabulary, match="begins with https"):
        fetch(url, tmp_path, open_url=lambda _request: pytest.fail("it was asked"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "nonsense"],
)  # fmt: skip
def test_nothing_inside_a_network_is_asked(tmp_path: Path, address: str) -> None:
    with pytest.raises(UnreadableVocabulary, match="not on the public internet"):
        require_public(["93.184.216.34", address], "web.example")
    with pytest.raises(UnreadableVocabulary, match="not on the public internet"):
        fetch("https://web.example/x", tmp_path, open_url=public_opener(lambda _host, _port: [address]))


def test_public_addresses_are_asked() -> None:
    require_public(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"], "web.example")


def test_silence_is_told(tmp_path: Path) -> None:
    def silent(_request: urllib.request.Request) -> Any:
        raise TimeoutError

    with pytest.raises(UnreadableVocabulary, match="no answer in time"):
        fetch("https://web.example/x", tmp_path, open_url=silent)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "folder", "concepts", "mappings", "languages"),
    [
        ("esco", "esco_occupations", 2942, 0, 26),
        ("cpv", "cpv", 9454, 0, 23),
        ("nace2", "nace_isic_naics", 996, 836, 3),
        ("nace21", "nace_isic_naics", 1047, 836, 1),
        ("essglobal", "essglobal", 276, 0, 5),
        ("icnptso", "ukcat", 127, 0, 1),
        ("ukcat", "ukcat", 254, 277, 1),
        ("sdg", "sdg_translations", 438, 0, 8),
    ],
)
def test_the_real_files_are_read_whole(
    name: str, folder: str, concepts: int, mappings: int, languages: int
) -> None:
    where = os.environ.get("GLOCAL_QUALITY_DATA")
    if not where:
        pytest.skip("GLOCAL_QUALITY_DATA does not say where the real vocabularies are")
    files = sorted(one for one in (Path(where) / folder).iterdir() if one.suffix in FORMATS[name].endings)
    vocabulary = read_vocabulary(name, [], optional=files).vocabulary
    said = {language for concept in vocabulary.concepts for language in concept.labels}
    assert (len(vocabulary.concepts), len(vocabulary.mappings), len(said)) == (concepts, mappings, languages)
    assert all(concept.labels for concept in vocabulary.concepts) or name == "essglobal"
