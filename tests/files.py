"""Small real files to upload: PDFs and Office files, made from the letters that a test wants to find in them."""

import io
import zipfile
import zlib

import pypdf

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    "docx": (
        f"{_OFFICE}wordprocessingml.document.main+xml",
        "word/document.xml",
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
    ),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet.main+xml", "xl/sharedStrings.xml", "<w:si><w:t>{}</w:t></w:si>"),
    "pptx": (f"{_OFFICE}presentationml.presentation.main+xml", "ppt/slides/slide1.xml", "<w:p><w:t>{}</w:t></w:p>"),
}
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
JPEG = bytes.fromhex("ffd8ffe000104a464946")


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text on each page, in an embedded encoding as Japanese office programs write it."""
    letters = sorted(set("".join(pages)))
    lines = ["".join(f"{letters.index(letter) + 1:04x}" for letter in page) for page in pages]
    return _pdf(letters, [_stream(f"BT /F1 12 Tf 50 800 Td <{line}> Tj ET".encode()) for line in lines])


def pdf_bomb() -> bytes:
    """A PDF of some kilobytes whose page is 90 MB long when it is unpacked."""
    packed = zlib.compress(b"0 0 m " * 15_000_000, 9)
    return _pdf(["a"], [b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)])


def _pdf(letters: list[str], contents: list[bytes]) -> bytes:
    to_unicode = "\n".join(f"<{n:04x}> <{letter.encode('utf-16-be').hex()}>" for n, letter in enumerate(letters, 1))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{to_unicode}\nendbfchar endcmap end end"
    )
    font, descendant = 3, 4
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        font: b"<< /Type /Font /Subtype /Type0 /BaseFont /Noto /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        descendant: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Noto /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: _stream(cmap.encode()),
    }
    kids = []
    for index, content in enumerate(contents):
        number = 6 + 2 * index
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        ).encode()
        objects[number + 1] = content
        kids.append(f"{number} 0 R")
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _assembled(objects)


def scanned_pdf() -> bytes:
    """A PDF without a letter in it."""
    return pdf("")


def locked_pdf(text: str, *, user_password: str) -> bytes:
    """A PDF that asks for a password, or, with an empty one, is locked against changes only."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf(text)))
    writer.encrypt(user_password, owner_password="事務局", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def office(kind: str, *texts: str, main_type: str = "", macros: bool = False) -> bytes:
    """A docx, xlsx or pptx with these paragraphs."""
    content_type, part, paragraph = _MAIN[kind]
    body = "".join(paragraph.format(text) for text in texts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/main.xml" ContentType="{main_type or content_type}"/></Types>',
        )
        package.writestr(part, f'<w:document xmlns:w="http://example.org/main">{body}</w:document>')
        if macros:
            package.writestr("word/vbaProject.bin", b"macro")
    return file.getvalue()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _assembled(objects: dict[int, bytes]) -> bytes:
    file = io.BytesIO(b"%PDF-1.7\n")
    file.seek(0, io.SEEK_END)
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = file.tell()
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for number in sorted(objects):
        file.write(b"%010d 00000 n \n" % places[number])
    file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return file.getvalue()
