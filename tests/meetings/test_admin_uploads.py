"""Files in the meeting's form."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from meetings.models import Material, Meeting
from tests.admin_pages import admin_url, errors_of, fields_of, new_row, save, signed_in, text_of
from tests.factories import AgendaItemFactory, BodyFactory, MaterialFactory, MeetingFactory, auditor, editor
from tests.files import office, pdf, scanned_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(editor())


def upload(client: Client, meeting: Meeting, name: str, content: bytes, **values: Any) -> Any:
    url = admin_url(meeting, "change")
    row = {"title": "主な論点（案）", "label": "資料1", "file": SimpleUploadedFile(name, content), **values}
    return save(client, url, new_row(client, url, "materials", row))


def test_a_file_is_handed_out_at_a_meeting_and_found_by_what_is_in_it(client: Client) -> None:
    item = AgendaItemFactory()
    answer = upload(client, item.meeting, "資料1.pdf", pdf("著作権の保護"), agenda_item=str(item.pk))
    assert errors_of(answer) == []
    assert answer.status_code == 302
    material = Material.objects.get()
    assert (material.meeting, material.agenda_item, material.order, material.filename, material.text) == (
        item.meeting,
        item,
        1,
        "資料1.pdf",
        "著作権の保護",
    )
    page = client.get(admin_url(Material, "list"), {"q": "著作"})
    assert list(page.context["cl"].result_list) == [material]


def test_a_meeting_and_its_first_file_are_made_in_one_save(client: Client) -> None:
    url = admin_url(Meeting, "add")
    file = SimpleUploadedFile("資料1.pdf", pdf("論点"))
    row = new_row(client, url, "materials", {"title": "論点", "file": file})
    answer = save(client, url, {"body": BodyFactory().pk, "number": "1", "date": "R5.5.11", **row})
    assert errors_of(answer) == []
    assert Material.objects.get().meeting == Meeting.objects.get()


def test_a_file_of_another_kind_is_refused_beside_its_field(client: Client) -> None:
    answer = upload(client, MeetingFactory(), "資料1.pdf", b"<html></html>")
    assert answer.status_code == 200
    assert errors_of(answer) == ["名前は .pdf ですが、中身が違います。正しい形式で保存し直してください。"]
    assert fields_of(answer)["materials-0-title"] == "主な論点（案）"
    assert not Material.objects.exists()


def test_a_new_material_needs_a_file(client: Client) -> None:
    meeting = MeetingFactory()
    url = admin_url(meeting, "change")
    answer = save(client, url, new_row(client, url, "materials", {"title": "論点"}))
    assert errors_of(answer) == ["このフィールドは必須です。"]


def test_the_editor_is_told_what_search_will_not_find(client: Client) -> None:
    upload(client, MeetingFactory(), "資料1.pdf", scanned_pdf())
    page = client.get(reverse("admin:index"))
    assert "資料1.pdf: 文字を取り出せませんでした" in str(next(iter(page.context["messages"])))


def test_a_file_is_replaced_on_its_own_page(client: Client) -> None:
    material = MaterialFactory(filename="前.pdf")
    answer = save(
        client, admin_url(material, "change"), {"file": SimpleUploadedFile("後.docx", office("docx", "新しい"))}
    )
    assert answer.status_code == 302
    material.refresh_from_db()
    assert (material.filename, material.text, material.extension) == ("後.docx", "新しい", "docx")


def test_a_material_is_renamed_without_sending_the_file_again(client: Client) -> None:
    material = MaterialFactory()
    answer = save(client, admin_url(material, "change"), {"title": "直した資料名"})
    assert answer.status_code == 302
    before = (material.sha256, material.file.name, material.text)
    material.refresh_from_db()
    assert (material.title, material.sha256, material.file.name, material.text) == ("直した資料名", *before)


def test_a_material_belongs_to_an_item_of_its_own_meeting(client: Client) -> None:
    meeting, elsewhere = MeetingFactory(), AgendaItemFactory()
    answer = upload(client, meeting, "資料1.pdf", pdf("a"), agenda_item=str(elsewhere.pk))
    assert len(errors_of(answer)) == 1
    assert not Material.objects.exists()


def test_a_file_name_with_markup_is_shown_as_text(client: Client) -> None:
    material = MaterialFactory(filename="<script>alert(1)</script>.pdf")
    for url in (admin_url(material, "change"), admin_url(material.meeting, "change"), admin_url(Material, "list")):
        page = client.get(url)
        assert "<script>alert(1)" not in page.content.decode()
        assert "<script>alert(1)</script>.pdf" in text_of(page)


def test_an_auditor_sees_the_materials_and_no_field_for_a_file() -> None:
    material = MaterialFactory(filename="資料1.pdf")
    page = signed_in(auditor()).get(admin_url(material.meeting, "change"))
    assert "資料1.pdf" in text_of(page)
    assert 'type="file"' not in page.content.decode()
