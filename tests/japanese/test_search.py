"""The rule of search, without a database; test_search_in_database.py shows that PostgreSQL decides alike."""

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.search import Query, QueryError, contains, excerpt, mark, search_text
from japanese.terms import MAX_TOKEN_LENGTH, index_terms, tsvector_literal
from tests.japanese.pairs import FOUND, NOT_FOUND, texts_and_queries


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_text_is_found(text: str, words: str) -> None:
    assert contains(text, Query.parse(words))


@pytest.mark.parametrize(("text", "words"), NOT_FOUND)
def test_text_is_not_found(text: str, words: str) -> None:
    assert not contains(text, Query.parse(words))


@given(texts_and_queries())
def test_index_never_misses_a_text_that_matches(pair: tuple[str, Query]) -> None:
    text, query = pair
    if contains(text, query):
        assert fulfils(search_text(text), query)


def fulfils(stored: str, query: Query) -> bool:
    """Evaluate the tsquery in Python."""
    terms = index_terms(stored)
    asked = re.findall(r"'(\w+)'(:\*)?", query.tsquery)
    return all(any(term.startswith(word) if prefix else term == word for term in terms) for word, prefix in asked)


def test_terms_are_pairs_of_tokens_and_whole_words() -> None:
    assert index_terms("第2回 生成aiの利用、2023-05-26") == {
        *("第2", "2", "2回", "回"),
        *("生成", "成ai", "ai", "aiの", "の利", "利用", "用"),
        *("2023", "05", "26"),
    }


def test_query_asks_for_pairs_words_and_beginnings() -> None:
    assert Query.parse("AI 第2回 権 ガード").tsquery == "('ai' & '第2' & '2回' & '権':* & 'ガー' & 'ード') | '*'"


def test_long_word_is_cut_alike_in_text_and_query() -> None:
    word = "a" * 150
    assert index_terms(f"{word}の") == {"a" * MAX_TOKEN_LENGTH, "a" * MAX_TOKEN_LENGTH + "の", "の"}
    assert Query.parse(word).tsquery == f"('{'a' * MAX_TOKEN_LENGTH}') | '*'"


def test_text_with_too_many_terms_is_open_to_every_query() -> None:
    numbers = search_text(" ".join(map(str, range(200_000))))
    assert tsvector_literal(numbers) == "'*'"


def test_stored_text_ends_with_the_other_forms_of_its_dates() -> None:
    assert search_text("第２回　令和５年５月２６日", "", None, "Ｒ５．５．２６", date(2019, 5, 1)).split("\n") == [
        "第2回 令和5年5月26日",
        "r5.5.26",
        "2019-05-01",
        "2019年5月1日",
        "令和元年5月1日",
        "2023-05-26",
        "2023年5月26日",
        "令和5年5月26日",
    ]


@pytest.mark.parametrize("words", ["令和5年5月26日", "R5.5.26", "2023/5/26", "２０２３．５．２６", "2023-05-26"])
def test_query_that_is_a_date_asks_for_its_iso_form(words: str) -> None:
    assert Query.parse(words) == Query(("2023-05-26",))


@pytest.mark.parametrize("raw", ["", " ", "\u3000\n"])
def test_empty_query_finds_nothing(raw: str) -> None:
    query = Query.parse(raw)
    assert query.is_empty
    assert not contains("何か", query)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("・", "文字か数字を入れてください。"),
        ("。 ？", "文字か数字を入れてください。"),
        ("あ" * 201, "検索語は200文字までです。短くしてください。"),
        ("あ い う え お か き く け こ さ", "検索語は10語までです。語を減らしてください。"),
        ("論\x00点", "2文字目のU+0000は保存できない文字です。消してから、もう一度送ってください。"),
        ("\udc80", "1文字目のU+DC80は保存できない文字です。消してから、もう一度送ってください。"),
    ],
)
def test_query_that_cannot_be_searched_for_is_refused_with_a_way_out(raw: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        Query.parse(raw)
    assert str(error.value) == message


def test_repeated_words_count_once() -> None:
    assert Query.parse("AI ＡＩ ai 利用").words == ("ai", "利用")


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("生成ＡＩの利用", "ai", "生成<mark>ＡＩ</mark>の利用"),
        ("あああ", "ああ", "<mark>あああ</mark>"),
        ("著作権法", "著作権 権法", "<mark>著作権法</mark>"),
        ("<b>㈱論点</b>&", "株 b", "&lt;<mark>b</mark>&gt;<mark>㈱</mark>論点&lt;/<mark>b</mark>&gt;&amp;"),
        ("か\u3099き\u3099", "が", "<mark>か\u3099</mark>き\u3099"),
        ("ｶﾞｰﾄﾞﾚｰﾙ ", "ガードレール", "<mark>ｶﾞｰﾄﾞﾚｰﾙ</mark> "),
        ("会議は令和５年５月２６日", "2023-05-26", "会議は<mark>令和５年５月２６日</mark>"),
        ("2023-05-26", "令和5年", "<mark>2023-05-26</mark>"),
        ("令和5年5月26日", "5月", "令和5年<mark>5月</mark>26日"),
        ("令和5年5月26日", "2023-05-27", "令和5年5月26日"),
        ("", "ai", ""),
        ("said", "ai", "said"),
    ],
)
def test_hits_are_marked_in_the_original_text(text: str, words: str, marked: str) -> None:
    assert mark(text, Query.parse(words)) == marked


@given(texts_and_queries())
def test_marked_text_is_the_escaped_text_and_marks(pair: tuple[str, Query]) -> None:
    text, query = pair
    from_html = mark(text, query).replace("<mark>", "").replace("</mark>", "")
    assert from_html == str(mark(text, Query()))
    assert "<" not in from_html


@given(texts_and_queries())
def test_text_is_found_if_each_word_of_the_query_leaves_a_mark(pair: tuple[str, Query]) -> None:
    text, query = pair
    assert contains(text, query) == all("<mark>" in mark(text, Query((word,))) for word in query.words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("あ" * 50 + "AI" + "い" * 50, "…" + "あ" * 4 + "<mark>AI</mark>" + "い" * 6 + "…"),
        ("AI" + "い" * 50, "<mark>AI</mark>" + "い" * 10 + "…"),
        ("あ" * 50 + "AI", "…" + "あ" * 10 + "<mark>AI</mark>"),
        ("あ" * 50, "あ" * 12 + "…"),
        ("AIの利用", "<mark>AI</mark>の利用"),
        ("", ""),
        (" \n\u200b", ""),
        (" \n AIの利用 \n", "<mark>AI</mark>の利用"),
        ("あ い " * 1000 + "AI" + "い" * 50, "…あ い <mark>AI</mark>" + "い" * 6 + "…"),
        (
            "か\u3099" * 50 + "AI<" + "か\u3099" * 50,
            "…" + "か\u3099" * 4 + "<mark>AI</mark>&lt;" + "か\u3099" * 5 + "…",
        ),
    ],
)
def test_excerpt_shows_the_first_hit_and_what_stands_around_it(text: str, shown: str) -> None:
    assert excerpt(text, Query.parse("ai"), width=12) == shown


@given(texts_and_queries(), st.integers(1, 20))
def test_excerpt_of_any_text_is_a_piece_of_it(pair: tuple[str, Query], width: int) -> None:
    text, query = pair
    shown = unescape(excerpt(text, query, width)).replace("<mark>", "").replace("</mark>", "")
    assert shown.removeprefix("…").removesuffix("…") in text.replace("<mark>", "")
