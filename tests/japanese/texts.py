"""Texts that are hard to search in, for the property tests."""

from hypothesis import strategies as st

# Each piece is there for a rule: width, case, kana with loose and half-width voicing marks, squared words, ligatures,
# variants, marks, zero width, Hangul that composes, dashes, what regular expressions and literals quote, white space.
PIECES = (
    *(
        "aAＡzI19０あかカｶ゛ﾞ゜ー会議第回年月日元権著作々〇葛㈱㌔㋿①½ﬁßſİΣςέ´¨"
        "‐–—―−〜～・、。「」（）()[]{}*+?.^$|\\/'\":&!<>-_~#%@=,;　 \n\t\u00a0\u2028😀한ㄱㅏ"
    ),
    "\u3099",
    "\u0301",
    "\u0323",
    "\u0345",
    "\u200b",
    "\u00ad",
    "\ufe0f",
    "\U000e0100",
    "\u1161",
    "ai",
    "AI",
    "2回",
    "令和",
    "R5.5.26",
    "令和5年5月26日",
    "2023-05-26",
    "2023/5/26",
    "平成31年4月30日",
    "5月26日",
)

# What PostgreSQL can store: no NUL, no surrogates.
storable = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
hard_texts = st.lists(st.one_of(st.sampled_from(PIECES), storable), max_size=30).map("".join)
