"""Texts and queries: what search has to find and what it must not."""

from hypothesis import assume
from hypothesis import strategies as st

from japanese.search import Query, QueryError, search_text
from tests.japanese.texts import PIECES, hard_texts

FOUND = [
    ("AIと著作権の関係について", "著作"),
    ("AIと著作権の関係について", "著作権"),
    ("AIと著作権の関係について", "権"),
    ("著作", "作"),
    ("ＡＩを巡る主な論点について", "AI"),
    ("AIの利用", "ＡＩ"),
    ("生成AI", "ai"),
    ("生成AI利用", "ai利用"),
    ("Ｇ７に向けた準備状況", "g7"),
    ("第2回", "２回"),
    ("第２回", "第2回"),
    ("ｶﾞｰﾄﾞﾚｰﾙ", "ガードレール"),
    ("ガードレール", "ガード"),
    ("㈱論点", "(株)論点"),
    ("データ・サイエンス", "データ・サイエンス"),
    ("データ・サイエンス", "タ・サ"),
    ("C++とC#", "c++"),
    ("50%以上", "50%"),
    ("O'Reilly\\n", "o'reilly\\n"),
    ("***:x", "***:x"),
    ("(?i)", "(?i)"),
    ("利用 と AI", "ai 利用"),
    ("AI・利用", "ai ・"),
    ("葛\U000e0100城市", "葛城"),
    ("令和5年5月26日", "2023-05-26"),
    ("令和5年5月26日", "2023年5月26日"),
    ("令和5年5月26日", "2023年"),
    ("令和5年5月26日", "R5.5.26"),
    ("令和5年5月26日", "5月26日"),
    ("2023-05-26", "令和5年5月26日"),
    ("2023-05-26", "令和５年５月"),
    ("2023年5月26日", "2023/5/26"),
    ("2023/5/26", "2023/5/26"),
    ("令和 5年 5月 8日", "令和5年5月8日"),
    ("a" * 100, "a" * 100),
    ("x" * 100 + "権", "x" * 100 + "権"),
]

NOT_FOUND = [
    ("He said", "ai"),
    ("AI2", "ai"),
    ("第12回", "2回"),
    ("第2回", "第3回"),
    ("著 作権", "著作権"),
    ("作著", "著作"),
    ("令和5年5月26日", "2023-05-27"),
    ("令和5年5月26日", "6日"),
    ("AI", "ai 著作"),
    ("a" * 101, "a" * 100),
    ("ab", "a.b"),
    ("ひらがな", "ヒラガナ"),
]


@st.composite
def texts_and_queries(draw: st.DrawFn) -> tuple[str, Query]:
    """A text and a query: words of pieces, most of them cut out of the stored text wherever it may be."""
    text = draw(hard_texts)
    words = search_text(text).split()
    raw: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()) and words:
            word = draw(st.sampled_from(words))
            start = draw(st.integers(0, len(word) - 1))
            raw.append(word[start : draw(st.integers(start + 1, len(word)))])
        else:
            raw.append("".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3))))
    try:
        query = Query.parse(" ".join(raw))
    except QueryError:
        query = Query()
    assume(not query.is_empty)
    return text, query
