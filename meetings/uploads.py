"""Files that editors upload: checked, read for search, and kept once by their hash."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from meetings.extraction import Extracted, Outcome, extract
from meetings.models import Material

#: What may be uploaded, by the ending of the name.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
_WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "potm", "ppsm"}
_OLD_OFFICE = {"doc", "xls", "ppt"}
#: What a file of the kind begins with; a PDF somewhere in its first 1,024 bytes (PDF Reference 1.7, appendix H).
_SIGNATURES = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "pptx": b"PK\x03\x04",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}
_PDF_HEAD = 1024
_LONGEST_NAME = 255


@dataclass(frozen=True)
class CheckedUpload:
    """A file that may be kept, and what was read from it. `note` says to the editor what could not be read."""

    upload: "UploadedFile[Any]"
    filename: str
    content_type: str
    size: int
    sha256: str
    text: str
    note: str


def check_upload(upload: "UploadedFile[Any]") -> CheckedUpload:
    """What is in the file. Raises ValidationError, with what to do, if it is of no kind that may be kept.

    The content has to agree with the ending of the name. What only the reading of the text cannot master (a scan, a
    file of thousands of pages) is kept, with a note.
    """
    filename = _safe_name(upload.name or "")
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    size = upload.size or 0
    _refuse_by_ending(ending)
    if size > settings.MATERIAL_MAX_BYTES:
        raise ValidationError(
            _("ファイルが大きすぎます（%(size)s）。%(limit)s以下にしてください。画像を小さくするか、分けて登録します。")
            % {"size": filesizeformat(size), "limit": filesizeformat(settings.MATERIAL_MAX_BYTES)}
        )
    upload.seek(0)
    content = upload.read()
    if not content:
        raise ValidationError(_("ファイルが空です。選び直してください。"))
    text, note = _read(content, ending)
    return CheckedUpload(
        upload=upload,
        filename=filename,
        content_type=CONTENT_TYPES[ending],
        size=size,
        sha256=hashlib.sha256(content).hexdigest(),
        text=text,
        note=note,
    )


def store_upload(material: Material, checked: CheckedUpload) -> None:
    """Keep the file and set what `material` says of it; saving `material` is the caller's.

    Equal files are kept once. A file that is replaced, or whose record is deleted, stays in the store: the history
    still speaks of it, and nothing but a record leads to it.
    """
    material.filename = checked.filename
    material.content_type = checked.content_type
    material.size = checked.size
    material.sha256 = checked.sha256
    material.text = checked.text
    field = Material._meta.get_field("file")
    path = field.generate_filename(material, checked.filename)
    if not field.storage.exists(path):
        checked.upload.seek(0)
        path = field.storage.save(path, checked.upload)
    material.file = path


def _refuse_by_ending(ending: str) -> None:
    if ending in _WITH_MACROS:
        raise ValidationError(_("マクロ付きのファイルは登録できません。マクロのない形式かPDFで保存し直してください。"))
    if ending in _OLD_OFFICE:
        raise ValidationError(_("古い形式のファイルは登録できません。.docx、.xlsx、.pptxかPDFで保存し直してください。"))
    if ending not in CONTENT_TYPES:
        raise ValidationError(
            _("この種類のファイルは登録できません。登録できるのは %(kinds)s です。PDFで保存し直してください。")
            % {"kinds": "、".join(sorted(CONTENT_TYPES))}
        )


def _read(content: bytes, ending: str) -> tuple[str, str]:
    """The text of the file and a note on it."""
    if ending in ("txt", "csv"):
        return _decoded(content), ""
    head = content[:_PDF_HEAD] if ending == "pdf" else content[: len(_SIGNATURES[ending])]
    if _SIGNATURES[ending] not in head:
        raise ValidationError(
            _("名前は .%(ending)s ですが、中身が違います。正しい形式で保存し直してください。") % {"ending": ending}
        )
    if ending in ("png", "jpg", "jpeg"):
        return "", ""
    extracted = extract(content, ending)
    _refuse_by_outcome(extracted, ending)
    return extracted.text, _note(extracted)


def _refuse_by_outcome(extracted: Extracted, ending: str) -> None:
    if extracted.outcome == Outcome.ENCRYPTED:
        raise ValidationError(_("パスワードがないと開けません。パスワードを外して保存し直してください。"))
    if extracted.outcome == Outcome.MACROS:
        raise ValidationError(_("マクロが入っています。マクロを除いて保存し直してください。"))
    # The reader of PDFs is stricter than the programs that show them; an Office file that does not open is none.
    if extracted.outcome != Outcome.READ and not extracted.text and ending != "pdf":
        raise ValidationError(
            _("名前は .%(ending)s ですが、開けません。元のソフトで開けるか確かめ、保存し直してください。")
            % {"ending": ending}
        )


def _note(extracted: Extracted) -> str:
    if extracted.outcome == Outcome.BROKEN:
        return _("このPDFから文字を取り出せませんでした。開けるか確かめてください。検索では資料名だけで見つかります。")
    if not extracted.text:
        return _("文字を取り出せませんでした（画像だけのファイルなど）。検索では資料名だけで見つかります。")
    if extracted.outcome == Outcome.CUT_SHORT:
        return _("長いので、検索できるのは初めの部分だけです。")
    return ""


def _decoded(content: bytes) -> str:
    codes = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp932"]
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValidationError(_("文字として読めません。文字コードをUTF-8にして保存し直してください。"))


def _safe_name(name: str) -> str:
    """The name without folders, and without characters that have no shape or turn the direction of what follows."""
    base = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    shown = "".join(char for char in base if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")).strip()
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if len(shown) > _LONGEST_NAME else shown
