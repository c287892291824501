"""The codes of concepts: their own, and those a broader concept lends."""

import pytest

from glocal.lexicon.holding.lexicon import Lexicon, open_lexicon
from glocal.lexicon.meaning.codes import HOP, codes_of
from glocal.lexicon.types import CODE_SCHEMES


def made(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, **rows: list[tuple[str, str, str, float]]
) -> None:
    """Give some concepts mappings of our own, all others none."""
    mappings: list[list[tuple[str, str, str, float]]] = [[] for _ in lexicon.ids]
    for concept, mapped in rows.items():
        mappings[number(lexicon, concept)] = mapped
    monkeypatch.setattr(lexicon, "mappings", mappings)


def number(lexicon: Lexicon, concept: str) -> int:
    return lexicon.ids.index(concept.replace("_", "-"))  # type: ignore[arg-type]  # ids are texts


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory, lexicon_cache: object) -> Lexicon:
    """Return a lexicon that may be changed: nobody else has opened this home."""
    return open_lexicon(tmp_path_factory.mktemp("changed"))


@pytest.mark.parametrize(("predicate", "left"), HOP.items())
def test_a_mapping_leaves_of_its_confidence_what_its_kind_does(
    own: Lexicon, monkeypatch: pytest.MonkeyPatch, predicate: str, left: float
) -> None:
    made(own, monkeypatch, food_bank=[("NACE2", "88.99", predicate, 0.8)])
    [(code, weight)] = codes_of(own, number(own, "food_bank"))["nace"]
    assert code == "88.99"
    assert weight == pytest.approx(0.8 * left)


def test_kinds_of_match_are_worth_what_the_methods_say() -> None:
    assert HOP == {
        "exactMatch": 1.0,
        "closeMatch": 0.8,
        "broadMatch": 0.6,
        "narrowMatch": 0.6,
        "relatedMatch": 0.4,
    }


def test_codes_stand_best_first_and_the_better_of_two_rows_counts(
    own: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(own, monkeypatch, food_bank=[
        ("SDG", "12", "relatedMatch", 0.9), ("SDG", "2", "exactMatch", 0.9), ("SDG", "12", "closeMatch", 0.9),
        ("SDG", "1", "closeMatch", 0.9),
    ])  # fmt: skip
    codes = codes_of(own, number(own, "food_bank"))["sdg"]
    assert [code for code, _ in codes] == ["2", "1", "12"]
    assert [weight for _, weight in codes] == pytest.approx([0.9, 0.72, 0.72])


def test_a_broader_concept_lends_its_codes_at_half_only_where_there_is_none(
    own: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    [above] = own.broader[number(own, "food_bank")]
    own_rows = {
        own.ids[above]: [("SDG", "2", "exactMatch", 0.8), ("CPV", "15000000", "exactMatch", 0.8)],
        "food-bank": [("SDG", "12", "exactMatch", 0.6)],
    }
    made(own, monkeypatch, **{concept.replace("-", "_"): rows for concept, rows in own_rows.items()})
    codes = codes_of(own, number(own, "food_bank"))
    assert codes["sdg"] == (("12", 0.6),)
    [(lent, weight)] = codes["cpv"]
    assert lent == "15000000"
    assert weight == pytest.approx(0.4)


def test_each_step_up_halves_again(own: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = [at for at, above in enumerate(own.broader) if above and own.broader[above[0]]]
    lowest = chain[0]
    [middle] = own.broader[lowest]
    [highest] = own.broader[middle]
    made(own, monkeypatch, **{own.ids[highest].replace("-", "_"): [("NACE2", "88", "exactMatch", 1.0)]})
    assert [codes_of(own, at)["nace"] for at in (highest, middle, lowest)] == [
        (("88", 1.0),),
        (("88", 0.5),),
        (("88", 0.25),),
    ]


def test_a_revision_nobody_asks_for_is_not_shown(own: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    made(own, monkeypatch, food_bank=[("NACE21", "88.99", "exactMatch", 0.9)])
    assert codes_of(own, number(own, "food_bank"))["nace"] == ()


def test_every_concept_answers_for_every_scheme_with_shares(bare_lexicon: Lexicon) -> None:
    for at in range(len(bare_lexicon.ids)):
        codes = codes_of(bare_lexicon, at)
        assert tuple(codes) == CODE_SCHEMES
        for found in codes.values():
            weights = [weight for _, weight in found]
            assert weights == sorted(weights, reverse=True)
            assert all(0 < weight <= 1 for weight in weights)
            assert len({code for code, _ in found}) == len(found)


def test_a_food_bank_fights_hunger(bare_lexicon: Lexicon) -> None:
    codes = codes_of(bare_lexicon, number(bare_lexicon, "food_bank"))
    assert codes["sdg"][0][0].startswith("2")
    assert codes["icnptso"][0][0] == "D31"
