"""Comparing what a file holds with the format, key by key and value by value, without the database."""

from typing import Any

from django.utils.translation import gettext_lazy
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from accounts.records import Fault, Node, Place, ids_in
from portal.records.format import Records

_DROPPED = object()
_SENTENCES = {
    "extra_forbidden": gettext_lazy("このキーは使えません。つづりを確かめるか、消してください。"),
    "missing": gettext_lazy("このキーがありません。書き加えてください。"),
    "model_type": gettext_lazy("「キー: 値」の組で書いてください。"),
    "list_type": gettext_lazy("「-」か [ ] の一覧で書いてください。"),
    "string_type": gettext_lazy("文字で書いてください。数字などは引用符で囲みます。"),
    "string_too_short": gettext_lazy("空です。書き入れるか、その項目ごと消してください。"),
    "string_pattern_mismatch": gettext_lazy("使えない文字があります。%(pattern)s に合うように直してください。"),
    "int_type": gettext_lazy("整数で書いてください。引用符は要りません。"),
    "greater_than_equal": gettext_lazy("%(ge)s 以上の整数で書いてください。"),
    "too_short": gettext_lazy("始めと終わりの行を [40, 42] のように書いてください。"),
    "too_long": gettext_lazy("始めと終わりの行を [40, 42] のように書いてください。"),
    "enum": gettext_lazy("次のどれかを書いてください: %(expected)s"),
    "date_type": gettext_lazy("日付は 2023-05-26 か 令和5年5月26日 のように書いてください。"),
    "datetime_type": gettext_lazy("日時は 2023-05-26T10:00:00+09:00 のように書いてください。"),
    "value_error": "%(error)s",
}


def shaped(data: Any, top: Place) -> tuple[Records | None, list[Fault], set[str]]:
    """The records of a file, its faults, and the ids of records that had to be left out because of faults.

    What is at fault is cut out and the rest kept, so that the faults of the rest are found in the same run. None if
    nothing is left.
    """
    faults: list[Fault] = []
    left_out: set[str] = set()
    while True:
        try:
            return Records.model_validate(data), faults, left_out
        except ValidationError as error:
            details = error.errors(include_url=False)
        # Later rounds say only what the cuts of the first have torn.
        faults = faults or [top.of(*detail["loc"]).fault(_sentence(detail)) for detail in details]
        for detail in details:
            path = detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]
            if not path:
                return None, faults, left_out
            left_out.update(_cut(data, path))
        data = _without_cuts(data)


def _sentence(detail: ErrorDetails) -> str:
    sentence = _SENTENCES.get(detail["type"], gettext_lazy("書き方が違います（%(problem)s）。"))
    words = {"problem": detail["msg"], **detail.get("ctx", {})}
    words["expected"] = str(words.get("expected")).replace("'", "").replace(" or ", ", ")
    return str(sentence) % words


def _cut(data: Any, path: tuple[str | int, ...]) -> set[str]:
    """Mark the value as cut out. Returns its ids and those of what it is a part of."""
    ids: set[str] = set()
    for step in path:
        whole, data = data, data[step]
        if isinstance(whole, Node):
            ids.update(ids_in({"id": whole.get("id")}))
        if data is _DROPPED:
            return ids
    ids.update(ids_in(data))
    whole[step] = _DROPPED
    return ids


def _without_cuts(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_cuts(item) for item in data if item is not _DROPPED]
    if isinstance(data, Node):
        node = Node(data.place)
        node.update((key, _without_cuts(value)) for key, value in data.items() if value is not _DROPPED)
        return node
    return data
