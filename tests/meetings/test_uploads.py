"""What may be uploaded, what is read from it, and what a hostile file can do: nothing."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from meetings import extraction
from meetings.models import Material
from meetings.uploads import CheckedUpload, check_upload, store_upload
from tests.factories import MaterialFactory
from tests.files import JPEG, PNG, locked_pdf, office, pdf, pdf_bomb, scanned_pdf


def checked(name: str, content: bytes) -> CheckedUpload:
    return check_upload(SimpleUploadedFile(name, content, "application/x-whatever-the-browser-says"))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        checked(name, content)
    (message,) = refused.value.messages
    return message


def content_of(material: Material) -> bytes:
    with material.file.open() as file:
        return file.read()


def test_a_pdf_is_hashed_and_read_page_by_page() -> None:
    content = pdf("生成ＡＩに関する主な論点", "著作権の保護")
    upload = checked("資料1.PDF", content)
    assert upload == CheckedUpload(
        upload=upload.upload,
        filename="資料1.PDF",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        text="生成ＡＩに関する主な論点\n著作権の保護",
        note="",
    )


@pytest.mark.parametrize(
    ("name", "content", "content_type", "text"),
    [
        (
            "a.docx",
            office("docx", "第一段落", "第二段落"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "第一段落\n第二段落",
        ),
        (
            "a.xlsx",
            office("xlsx", "府省庁", "件数"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "府省庁\n件数",
        ),
        (
            "a.pptx",
            office("pptx", "論点整理"),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "論点整理",
        ),
        ("a.txt", "議事要旨".encode(), "text/plain", "議事要旨"),
        ("a.txt", "議事要旨".encode("cp932"), "text/plain", "議事要旨"),
        ("a.txt", "議事要旨".encode("utf-16"), "text/plain", "議事要旨"),
        ("a.csv", "\ufeff番号,論点".encode(), "text/csv", "番号,論点"),
        ("a.png", PNG, "image/png", ""),
        ("a.jpg", JPEG, "image/jpeg", ""),
        ("a.jpeg", JPEG, "image/jpeg", ""),
    ],
)
def test_each_kind_is_known_by_its_content_and_read(name: str, content: bytes, content_type: str, text: str) -> None:
    upload = checked(name, content)
    assert (upload.content_type, upload.text, upload.note) == (content_type, text, "")


def test_a_pdf_that_is_locked_against_changes_only_is_read() -> None:
    assert checked("a.pdf", locked_pdf("公開資料", user_password="")).text == "公開資料"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ", "この種類のファイルは登録できません"),
        ("a.svg", b"<svg onload='alert(1)'/>", "この種類のファイルは登録できません"),
        ("a.html", b"<script>", "この種類のファイルは登録できません"),
        ("a.zip", office("docx", "a"), "この種類のファイルは登録できません"),
        ("pdf", pdf("a"), "この種類のファイルは登録できません"),
        ("a.docm", office("docx", "a"), "マクロ付きのファイルは登録できません"),
        ("a.xlsm", office("xlsx", "a"), "マクロ付きのファイルは登録できません"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "古い形式のファイルは登録できません"),
        ("a.pdf", b"", "ファイルが空です"),
        ("a.pdf", b"<html>404 Not Found</html>", "名前は .pdf ですが、中身が違います"),
        ("a.pdf", PNG, "名前は .pdf ですが、中身が違います"),
        ("a.png", pdf("a"), "名前は .png ですが、中身が違います"),
        ("a.docx", pdf("a"), "名前は .docx ですが、中身が違います"),
        ("a.docx", office("xlsx", "a"), "名前は .docx ですが、開けません"),
        ("a.docx", b"PK\x03\x04 and nothing more", "名前は .docx ですが、開けません"),
        ("a.docx", office("docx", "a", macros=True), "マクロが入っています"),
        (
            "a.docx",
            office("docx", "a", main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
            "マクロが入っています",
        ),
        ("a.pdf", locked_pdf("秘密", user_password="開"), "パスワードがないと開けません"),
        ("a.txt", b"\x81\x00\xff\xff", "文字として読めません"),
        ("a.txt", b"before\x00after", "文字として読めません"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_what_to_do(name: str, content: bytes, message: str) -> None:
    refused = refusal(name, content)
    assert refused.startswith(message)
    assert "ください" in refused


def test_a_file_that_is_too_large_is_refused_with_the_limit(settings: Settings) -> None:
    settings.MATERIAL_MAX_BYTES = 1024
    assert refusal("a.txt", b"a" * 1025).startswith(
        "ファイルが大きすぎます（1.0\xa0KB）。1.0\xa0KB以下にしてください。"
    )
    assert checked("a.txt", b"a" * 1024).size == 1024


@pytest.mark.parametrize("content", [scanned_pdf(), b"%PDF-1.7\nand then the line broke"])
def test_a_pdf_without_readable_letters_is_kept_with_a_note(content: bytes) -> None:
    upload = checked("a.pdf", content)
    assert upload.text == ""
    assert "検索では資料名だけで見つかります" in upload.note


def test_a_zip_bomb_is_refused_and_harms_nothing() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types>" + " " * 70_000_000 + "</Types>")
    assert file.tell() < 1_000_000
    assert refusal("a.docx", file.getvalue()).startswith("名前は .docx ですが、開けません")


def test_an_xml_bomb_is_refused_and_harms_nothing() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><Types>&a11;</Types>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", bomb)
    assert refusal("a.docx", file.getvalue()).startswith("名前は .docx ですが、開けません")


def test_a_decompression_bomb_in_a_pdf_is_kept_with_a_note() -> None:
    content = pdf_bomb()
    assert len(content) < 200_000
    assert "検索では資料名だけで見つかります" in checked("a.pdf", content).note


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MAX_SECONDS", 0.001)
    assert extraction.extract(pdf("長い"), "pdf") == extraction.Extracted("", extraction.Outcome.CUT_SHORT)


def test_a_text_longer_than_the_limit_is_cut_with_a_note() -> None:
    content = office("docx", "字" * (extraction.MAX_CHARACTERS + 1))
    upload = checked("a.docx", content)
    assert (len(upload.text), upload.note) == (
        extraction.MAX_CHARACTERS,
        "長いので、検索できるのは初めの部分だけです。",
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<script>alert(1)</script>.txt", "script>.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\資料\\議事次第.txt", "議事次第.txt"),
        ("fdp\u202etxt.txt", "fdptxt.txt"),
        ("が\u0000\n.txt", "が.txt"),
        ("か\u3099.txt", "が.txt"),
        ("あ" * 300 + ".txt", "あ" * 251 + ".txt"),
        ("㈱論点🍵.txt", "㈱論点🍵.txt"),
    ],
)
def test_a_name_keeps_what_can_be_seen_and_no_folder(name: str, kept: str) -> None:
    upload = SimpleUploadedFile("a.txt", b"a")
    # What a client sends, before Django's own cleaning.
    vars(upload)["_name"] = name
    assert check_upload(upload).filename == kept


@pytest.mark.django_db
class TestStoring:
    def stored(self, name: str, content: bytes) -> Material:
        material = MaterialFactory.build(meeting=MaterialFactory().meeting, key=name)
        store_upload(material, checked(name, content))
        material.save()
        return Material.objects.get(pk=material.pk)

    def files(self) -> list[Path]:
        return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())

    def test_the_record_says_what_the_file_is(self) -> None:
        content = pdf("著作権")
        material = self.stored("資料1.pdf", content)
        digest = hashlib.sha256(content).hexdigest()
        assert (material.filename, material.content_type, material.size, material.sha256, material.text) == (
            "資料1.pdf",
            "application/pdf",
            len(content),
            digest,
            "著作権",
        )
        assert material.file.name == f"materials/{digest[:2]}/{digest}.pdf"
        assert content_of(material) == content

    def test_equal_files_are_kept_once(self) -> None:
        first, second = self.stored("資料1.pdf", pdf("同じ")), self.stored("別名.pdf", pdf("同じ"))
        assert first.file.name == second.file.name
        assert (first.filename, second.filename) == ("資料1.pdf", "別名.pdf")
        assert len(self.files()) == 1

    def test_a_replaced_file_stays_in_the_store(self) -> None:
        material = self.stored("資料1.pdf", pdf("前の"))
        store_upload(material, checked("資料1.pdf", pdf("後の")))
        material.save()
        assert len(self.files()) == 2
        assert material.text == "後の"

    def test_a_deleted_record_leaves_the_file_to_the_others_with_the_same(self) -> None:
        first, second = self.stored("資料1.pdf", pdf("同じ")), self.stored("別名.pdf", pdf("同じ"))
        first.delete()
        assert content_of(second) == pdf("同じ")
