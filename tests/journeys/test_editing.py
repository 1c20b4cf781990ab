"""An editor who reads only Japanese keeps the register; a publisher puts out what the editor wrote."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from accounts.actions import create_account
from accounts.roles import Role
from tests.journeys.conftest import Visitor, Visitors

PASSWORD = "a long enough password"


def sign_in(visitors: Visitors, role: Role, *, width: int = 1280) -> Visitor:
    """Somebody of this role, signed in with the keyboard."""
    email = f"{role.value}@example.jp"
    create_account(email=email, name=str(role.label), roles=[role], password=PASSWORD)
    visitor = visitors(width=width)
    page = visitor.open("/admin/")
    page.get_by_label("メールアドレス").fill(email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="記録の編集")).to_be_visible()
    page.close()
    return visitor


def choose(page: Page, field: str, words: str, choice: str) -> None:
    """Choose from an autocomplete by typing."""
    page.locator(f"#id_{field} + .select2 [role=combobox]").press("Enter")
    page.locator(".select2-search__field").fill(words)
    page.get_by_role("option", name=choice).click()


def open_change_page(page: Page, words: str, link: str) -> None:
    """From a list in the admin to one record, by the list's search."""
    page.locator("#searchbar").fill(words)
    page.keyboard.press("Enter")
    page.locator("#result_list").get_by_role("link", name=link).first.click()


def test_an_editor_adds_a_meeting_with_its_agenda_and_readers_see_it(visitors: Visitors, tmp_path: Path) -> None:
    paper = PdfWriter()
    paper.add_blank_page(200, 200)
    file = tmp_path / "資料1.pdf"
    paper.write(file)
    editor = sign_in(visitors, Role.EDITOR)
    page = editor.open("/admin/meetings/meeting/add/")
    choose(page, "body", "戦略チーム", "AI戦略チーム")
    page.get_by_label("回:").fill("8")
    page.get_by_label("開催日:").fill("令和５年６月１９日")
    page.get_by_role("button", name=re.compile("議事 ?の追加")).click()
    page.locator("#id_agenda_items-0-title").fill("リスクへの対応について")
    page.get_by_role("button", name=re.compile("資料 ?の追加")).click()
    page.locator("#id_materials-0-title").fill("事務局説明資料")
    page.locator("#id_materials-0-file").set_input_files(file)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    reader = visitors(width=360).open("/meetings/ai-strategy-team/8/")
    expect(reader.locator("main")).to_contain_text("令和5年6月19日（2023-06-19）")
    expect(reader.locator("main")).to_contain_text("リスクへの対応について")
    with reader.expect_download() as download:
        reader.get_by_role("link", name=re.compile("事務局説明資料")).click()
    assert download.value.suggested_filename == "資料1.pdf"


def test_an_impossible_date_is_refused_beside_the_field_and_nothing_typed_is_lost(visitors: Visitors) -> None:
    page = sign_in(visitors, Role.EDITOR).open("/admin/meetings/meeting/add/")
    choose(page, "body", "戦略チーム", "AI戦略チーム")
    page.get_by_label("回:").fill("9")
    page.get_by_label("開催日:").fill("令和5年2月30日")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".field-date .errorlist")).to_contain_text("2月")
    expect(page.get_by_label("開催日:")).to_have_value("令和5年2月30日")
    expect(page.get_by_label("回:")).to_have_value("9")


def test_an_editor_moves_a_status_with_its_source_and_the_issue_page_tells_it(visitors: Visitors) -> None:
    editor = sign_in(visitors, Role.EDITOR)
    page = editor.open("/issues/2-4/")
    page.get_by_role("link", name="この記録を編集する").click()
    page.get_by_role("link", name="状態を移す").click()
    page.get_by_label(re.compile("議論中")).check()
    choose(page, "source", "AIと著作権", "AI戦略チーム 第3回 AIと著作権の関係について")
    page.get_by_role("button", name="状態を移す").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    main = visitors(width=360).open("/issues/2-4/").locator("main")
    expect(main).to_contain_text("議論中")
    expect(main.get_by_role("link", name=re.compile("AI戦略チーム.*第3回")).first).to_be_visible()

    page = editor.open("/admin/issues/issue/")
    open_change_page(page, "知的財産権", "AIが知的財産権を脅かしていないか？")
    page.get_by_role("link", name="履歴").click()
    expect(page.locator("#content")).to_contain_text(str(Role.EDITOR.label))


def test_a_status_outside_a_meeting_needs_a_reason(visitors: Visitors) -> None:
    page = sign_in(visitors, Role.EDITOR).open("/issues/2-4/")
    page.get_by_role("link", name="この記録を編集する").click()
    page.get_by_role("link", name="状態を移す").click()
    page.get_by_label(re.compile("継続検討")).check()
    page.get_by_role("button", name="状態を移す").click()
    expect(page.locator(".errorlist").first).to_contain_text("理由を書いてください")
    expect(page.get_by_label(re.compile("継続検討"))).to_be_checked()


def test_the_public_pages_show_an_auditor_no_way_to_edit(visitors: Visitors) -> None:
    auditor = sign_in(visitors, Role.AUDITOR)
    page = auditor.open("/issues/2-4/")
    expect(page.get_by_role("link", name="この記録を編集する")).to_have_count(0)


def test_the_admin_works_on_a_phone(visitors: Visitors) -> None:
    editor = sign_in(visitors, Role.EDITOR, width=360)
    for path in ("/admin/", "/admin/meetings/meeting/", "/admin/issues/issue/"):
        page = editor.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, path
