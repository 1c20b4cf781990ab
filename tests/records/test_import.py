"""What an import writes: what is new and what differs, by permanent id, and nothing else."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from accounts.models import Ministry
from issues.models import Issue, IssueEvent, Ownership
from meetings.models import AgendaItem, Body, BodyNote, Meeting, Source
from meetings.statuses import Placement
from summaries.models import Edition, PolicyDocument, Section, Statement, StatementIssue, Summary, TraceLink
from tests import factories
from tests.records.register import OURS, TRANSCRIPTION, contents, faults_of, history, load

pytestmark = pytest.mark.django_db

COUNCIL = {"id": "council", "name": "AI戦略会議"}


def written(folder: Path, name: str = "records.yaml", **sections: Any) -> Path:
    """A record file with these sections."""
    file = folder / name
    file.write_text(yaml.safe_dump(sections, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def meeting(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": f"council-{number}", "body": "council", "number": number, "date": "2023-05-11", **more}


def summary(*statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    section = {"id": "s1", "heading": "はじめに", "statements": list(statements)}
    return {
        "id": "summary",
        "title": "論点整理",
        "body": "council",
        "published": "2023-05-26",
        "sections": [section],
        **more,
    }


def test_a_second_import_changes_nothing_and_leaves_no_trace_in_any_history() -> None:
    load(OURS)
    rows, traces = contents(), history()

    load(OURS)

    assert (contents(), history()) == (rows, traces)


def test_what_an_editor_has_confirmed_stays_confirmed_although_the_file_still_calls_it_inferred() -> None:
    load(OURS)
    Statement.objects.filter(key="s1-1").update(placement=Placement.CONFIRMED)

    load(OURS)

    assert Statement.objects.get(key="s1-1").placement == Placement.CONFIRMED


def test_our_copy_over_the_transcription_changes_only_what_it_adds() -> None:
    load(TRANSCRIPTION)
    before = history()
    load(OURS)
    grown = {name for name, number in history().items() if number != before[name]}
    assert grown == {
        *("BodyHistory", "BodyNoteHistory", "MeetingHistory", "AgendaItemHistory", "DiscussionHistory"),
        *("SummaryHistory", "SectionHistory", "StatementHistory", "PassageHistory", "SentenceHistory"),
    }


def test_the_history_says_which_files_an_import_read() -> None:
    load(OURS)
    contexts = [event.pgh_context.metadata for event in Body.pgh_event_models["insert"]._default_manager.all()]  # type: ignore[attr-defined]
    assert contexts == [{"command": "import_records", "file": str(OURS)}] * 2


def test_created_changed_and_unchanged_are_counted_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_records", str(written(tmp_path, bodies=[COUNCIL], meetings=[meeting(1)])))
    capsys.readouterr()
    changed = written(tmp_path, bodies=[COUNCIL], meetings=[meeting(1, place="官邸"), meeting(2)])
    call_command("import_records", str(changed))
    assert capsys.readouterr().out.splitlines() == [
        "会議体: 追加 0 件、変更 0 件、変更なし 1 件",
        "会議: 追加 1 件、変更 1 件、変更なし 0 件",
    ]


def test_a_mended_text_replaces_the_old_one_and_the_history_keeps_that(tmp_path: Path) -> None:
    load(written(tmp_path, bodies=[COUNCIL], summary_documents=[summary({"id": "s1-1", "text": "誤字のある分"})]))
    load(written(tmp_path, bodies=[COUNCIL], summary_documents=[summary({"id": "s1-1", "text": "誤字のない文"})]))
    statement = Statement.objects.get()
    assert statement.text == "誤字のない文"
    past = Statement.pgh_event_models["update"]._default_manager  # type: ignore[attr-defined]
    assert [event.text for event in past.order_by("pgh_id")] == ["誤字のある分", "誤字のない文"]
    assert list(Statement.objects.filter(search_text__contains="誤字のない文")) == [statement]


def test_a_key_that_the_file_does_not_have_leaves_the_value_alone_and_an_empty_one_clears_it(tmp_path: Path) -> None:
    factories.BodyFactory(slug="council", name_en="Council", member_level="有識者", order=4)
    load(written(tmp_path, bodies=[{**COUNCIL, "member_level": None}]))
    body = Body.objects.get()
    assert (body.name, body.name_en, body.member_level, body.order) == ("AI戦略会議", "Council", "", 4)


def test_what_a_file_does_not_mention_is_never_deleted(tmp_path: Path) -> None:
    kept = factories.MeetingFactory()
    item = factories.AgendaItemFactory(
        meeting__key="council-1", meeting__number=1, meeting__body__slug="council", order=2
    )
    load(written(tmp_path, bodies=[COUNCIL], meetings=[meeting(1)]))
    assert set(Meeting.objects.values_list("key", flat=True)) == {kept.key, "council-1"}
    assert list(AgendaItem.objects.all()) == [item]


def test_the_statuses_of_new_records_are_those_of_public_papers(tmp_path: Path) -> None:
    load(
        written(
            tmp_path,
            bodies=[COUNCIL],
            meetings=[meeting(1), meeting(2, date="2099-04-01")],
            issue_points=[{"id": "issue-1", "number": 1, "title": "AIの利用"}],
            summary_documents=[
                summary({"id": "s1-1", "text": "一文"}),
                {"id": "coming", "title": "次の論点整理", "body": "council", "sections": []},
            ],
            policy_documents=[{"id": "policy", "title": "骨太の方針"}],
        )
    )
    assert dict(Meeting.objects.values_list("key", "status")) == {"council-1": "held", "council-2": "planned"}
    assert Issue.objects.get().status == "open"
    assert dict(Edition.objects.values_list("summary__slug", "status")) == {"summary": "published", "coming": "draft"}
    assert PolicyDocument.objects.get().status == "published"


def test_a_status_given_for_a_new_record_is_taken_and_a_missing_one_leaves_the_old(tmp_path: Path) -> None:
    load(written(tmp_path, bodies=[COUNCIL], meetings=[meeting(1, status="postponed")]))
    load(written(tmp_path, bodies=[COUNCIL], meetings=[meeting(1)]))
    assert Meeting.objects.get().status == "postponed"


def test_orders_can_be_exchanged(tmp_path: Path) -> None:
    first, second = {"id": "s1-1", "text": "一"}, {"id": "s1-2", "text": "二"}
    load(written(tmp_path, bodies=[COUNCIL], summary_documents=[summary(first, second)]))
    load(written(tmp_path, bodies=[COUNCIL], summary_documents=[summary(second, first)]))
    assert list(Statement.objects.order_by("order").values_list("key", flat=True)) == ["s1-2", "s1-1"]


def test_a_statement_may_move_to_another_section_and_below_one_that_comes_later(tmp_path: Path) -> None:
    load(
        written(
            tmp_path,
            bodies=[COUNCIL],
            summary_documents=[summary({"id": "a", "text": "一"}, {"id": "b", "text": "二"})],
        )
    )
    sections = [
        {"id": "s1", "heading": "はじめに"},
        {
            "id": "s2",
            "heading": "基本的な考え方",
            "subsections": [
                {
                    "id": "s2-1",
                    "heading": "小見出し",
                    "statements": [{"id": "a", "text": "一", "parent": "b"}, {"id": "b", "text": "二"}],
                }
            ],
        },
    ]
    load(written(tmp_path, summary_documents=[summary(sections=sections)]))
    moved = Statement.objects.select_related("section__parent", "parent").get(key="a")
    assert (moved.section.key, moved.section.parent and moved.section.parent.key) == ("s2-1", "s2")
    assert moved.parent == Statement.objects.get(key="b")
    assert Section.objects.count() == 3


def test_files_of_one_import_may_refer_to_each_other(tmp_path: Path) -> None:
    meetings = written(tmp_path, "meetings.yaml", meetings=[meeting(1)])
    load(meetings, written(tmp_path, "bodies.yaml", bodies=[COUNCIL]))
    assert Meeting.objects.get().body.name == "AI戦略会議"


def test_a_file_may_refer_to_what_is_in_the_database(tmp_path: Path) -> None:
    load(OURS)
    link = {
        "summary": "tentative-summary-2023-05-26",
        "edition": 1,
        "statement": "s2-2a",
        "sentence": "honebuto-2023-p1-s-2",
        "kind": "partial",
    }
    discussion = {"issue": "issue-2-4", "meeting": "team-03", "agenda_item": 3}
    load(written(tmp_path, trace_links=[link], discussions=[discussion]))
    trace = TraceLink.objects.get()
    assert (trace.statement.key, trace.sentence.key, trace.kind, trace.status) == (
        "s2-2a",
        "honebuto-2023-p1-s-2",
        "partial",
        "proposed",
    )


def test_bodies_may_come_before_those_above_them(tmp_path: Path) -> None:
    load(written(tmp_path, bodies=[{"id": "team", "name": "AI戦略チーム", "parent": "council"}, COUNCIL]))
    team = Body.objects.get(slug="team")
    assert team.parent is not None
    assert (team.parent.slug, team.order, team.parent.order) == ("council", 1, 2)


def test_a_note_without_a_body_is_one_on_the_first_council_by_inference(tmp_path: Path) -> None:
    team = {"id": "team", "name": "AI戦略チーム", "parent": "council"}
    load(written(tmp_path, bodies=[team, COUNCIL], body_notes=[{"id": "note-1", "text": "会議を開催。"}]))
    note = BodyNote.objects.get()
    assert (note.body.slug, note.placement) == ("council", "inferred")
    assert note.placement_note == "どの会議体の説明かは資料に書かれていません。ファイルの最初の会議体としました。"


def test_a_place_may_be_written_as_one_line_as_two_and_as_that_of_a_heading(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("一\n二\n三", encoding="utf-8")
    policies = [
        {"id": "a", "title": "一", "line": 1},
        {"id": "b", "title": "二", "lines": [1, 2]},
        {"id": "c", "title": "三", "heading_line": 3},
        {"id": "d", "title": "四"},
        {"id": "e", "title": "五", "source": None},
    ]
    load(written(tmp_path, source={"file": "paper.txt"}, policy_documents=policies))
    places = PolicyDocument.objects.order_by("slug").values_list("source__slug", "first_line", "last_line")
    assert list(places) == [
        ("paper", 1, 1),
        ("paper", 1, 2),
        ("paper", 3, 3),
        ("paper", None, None),
        (None, None, None),
    ]
    assert Source.objects.get().text == "一\n二\n三"


def test_a_text_in_the_record_file_stands_before_the_one_beside_it(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("隣のファイル", encoding="utf-8")
    load(written(tmp_path, sources=[{"id": "paper", "file": "paper.txt", "text": "中の文"}]))
    assert Source.objects.get().text == "中の文"


def test_dates_may_be_written_in_either_calendar(tmp_path: Path) -> None:
    load(written(tmp_path, bodies=[COUNCIL], meetings=[meeting(1, date="令和５年５月１１日", date_wareki="R5.5.11")]))
    assert Meeting.objects.get().date.isoformat() == "2023-05-11"


def test_ministries_own_issues_and_the_lead_can_pass_from_one_to_another(tmp_path: Path) -> None:
    ministries = [
        {"id": "mext", "name": "文部科学省"},
        {"id": "meti", "name": "経済産業省", "divisions": [{"name": "情報課"}]},
    ]
    theme = {"id": "issue-1", "number_label": "論点１", "title": "AIの利用"}
    load(
        written(
            tmp_path,
            ministries=ministries,
            issue_points=[{**theme, "lead_ministry": "mext", "supporting_ministries": ["meti"]}],
        )
    )
    load(written(tmp_path, issue_points=[{**theme, "lead_ministry": "meti", "supporting_ministries": ["mext"]}]))
    assert dict(Ownership.objects.values_list("ministry__slug", "kind")) == {"meti": "lead", "mext": "supporting"}
    assert list(Ministry.objects.values_list("slug", "order")) == [("mext", 1), ("meti", 2)]


def test_a_new_issue_comes_with_its_moves_and_has_the_status_of_the_last(tmp_path: Path) -> None:
    events = [
        {"old": "draft", "new": "open", "reason": "座長の指示", "at": "2023-05-11T10:00:00+09:00"},
        {"old": "open", "new": "discussing", "meeting": "council-1", "agenda_item": 1, "at": "2023-05-12T01:00:00Z"},
    ]
    file = written(
        tmp_path,
        bodies=[COUNCIL],
        meetings=[meeting(1, agenda_items=[{"title": "論点について"}])],
        issue_points=[{"id": "issue-1", "number": 1, "title": "AIの利用", "events": events}],
    )
    load(file)
    load(file)
    assert Issue.objects.get().status == "discussing"
    moves = IssueEvent.objects.order_by("at").values_list("old", "new", "agenda_item__title", "reason", "by")
    assert [tuple(map(str, move)) for move in moves] == [
        ("draft", "open", "None", "座長の指示", "None"),
        ("open", "discussing", "論点について", "", "None"),
    ]


def test_statements_answer_issues(tmp_path: Path) -> None:
    load(OURS)
    sections = [{"id": "s5", "heading": "AI開発力", "order": 5, "subsections": [
        {"id": "s5-2", "heading": "計算資源", "order": 2, "statements": [
            {"id": "s5-2-1", "text": "計算資源の整備", "issues": ["issue-3", "issue-3-1"]}]}]}]  # fmt: skip
    update = {
        "id": "tentative-summary-2023-05-26",
        "title": "論点整理",
        "body": "ai-strategy-council",
        "sections": sections,
    }
    load(written(tmp_path, summary_documents=[update]))
    assert set(StatementIssue.objects.values_list("statement__key", "issue__key")) == {
        ("s5-2-1", "issue-3"),
        ("s5-2-1", "issue-3-1"),
    }
    assert Statement.objects.count() == 30


def test_a_summary_may_come_with_several_editions(tmp_path: Path) -> None:
    def edition(number: int, **more: Any) -> dict[str, Any]:
        sections = [{"id": "s1", "heading": "はじめに", "statements": [{"id": "s1-1", "text": f"第{number}版の文"}]}]
        return {"number": number, "published": f"2023-05-{number}", "sections": sections, **more}

    editions = [edition(21, status="superseded"), edition(22)]
    document = {"id": "summary", "title": "論点整理", "body": "council", "editions": editions}
    load(written(tmp_path, bodies=[COUNCIL], summary_documents=[document]))
    assert Summary.objects.count() == 1
    assert list(Statement.objects.order_by("edition__number").values_list("edition__status", "text")) == [
        ("superseded", "第21版の文"),
        ("published", "第22版の文"),
    ]


def test_search_finds_meetings_under_the_new_name_of_their_body(tmp_path: Path) -> None:
    load(written(tmp_path, bodies=[COUNCIL], meetings=[meeting(1)]))
    load(written(tmp_path, bodies=[{**COUNCIL, "name": "人工知能戦略本部"}]))
    assert Meeting.objects.get(search_text__contains="人工知能戦略本部").key == "council-1"


def test_search_finds_questions_under_the_new_number_of_their_theme(tmp_path: Path) -> None:
    theme = {
        "id": "issue-1",
        "number": 1,
        "title": "AIの利用",
        "questions": [{"id": "issue-1-1", "text": "遅れていないか？"}],
    }
    load(written(tmp_path, issue_points=[theme]))
    load(written(tmp_path, issue_points=[{**theme, "number": 7}]))
    assert Issue.objects.get(search_text__contains="論点7-1").key == "issue-1-1"


def test_a_file_may_be_json_with_escapes_of_every_kind(tmp_path: Path) -> None:
    file = tmp_path / "records.json"
    file.write_text(
        '{"bodies": [{"id": "a",\t"name": "\\ud842\\udfb7\\/\\u8b70 \\\\ud842\\\\udfb7\\u2028\\n"}]}', encoding="utf-8"
    )
    load(file)
    assert Body.objects.get().name == "𠮷/議 \\ud842\\udfb7\u2028\n"


def test_only_the_scalars_of_yamls_core_schema_are_more_than_text(tmp_path: Path) -> None:
    file = tmp_path / "records.yaml"
    file.write_text(
        "bodies:\n  - {id: on, name: No, name_en: 2023-05-26, member_level: 12:30, order: 0}\n", encoding="utf-8"
    )
    load(file)
    body = Body.objects.get()
    assert (body.slug, body.name, body.name_en, body.member_level) == ("on", "No", "2023-05-26", "12:30")


def test_a_terminal_sees_a_progress_bar_and_a_pipe_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        call_command(
            "import_records", str(written(tmp_path, bodies=[{**COUNCIL, "order": int(shown)}])), stdout=io.StringIO()
        )
        assert ("取り込み: 100%" in stream.getvalue()) is shown


def test_no_fault_where_there_is_none() -> None:
    assert faults_of(OURS) == []
