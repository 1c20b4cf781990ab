"""The text of a file from outside, read in a process of its own.

A hostile file may take all the memory and time it can get: here it gets a bounded share of both, and what ends early is
this process and not the one that serves the site. `python -m meetings.extraction pdf < file` writes the text.
"""

import io
import re
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdf

MAX_SECONDS = 20
MAX_MEMORY = 1024**3
MAX_PAGES = 1_000
MAX_CHARACTERS = 1_000_000
MAX_PART_BYTES = 64 * 1024**2

#: What [Content_Types].xml says of a file without macros (ECMA-376 part 1, 11.3.10, 12.3.23, 13.3.6).
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN_TYPES = {
    "docx": f"{_OFFICE}wordprocessingml.document.main+xml",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet.main+xml",
    "pptx": f"{_OFFICE}presentationml.presentation.main+xml",
}
_TEXT_PARTS = {
    "docx": re.compile(r"word/(?:document|footnotes|endnotes)\.xml"),
    "xlsx": re.compile(r"xl/sharedStrings\.xml"),
    "pptx": re.compile(r"ppt/slides/slide(\d+)\.xml"),
}
_PARAGRAPHS = {"p", "si"}
# PostgreSQL keeps no NUL, and nobody searches for the others.
_CONTROLS = dict.fromkeys(code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t")
# Lines of a page end anywhere, also inside a word that somebody will search for.
_BROKEN_LINE = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])")


class Outcome(IntEnum):
    """How the reading ended; the exit code of the process."""

    READ = 0
    BROKEN = 10
    ENCRYPTED = 11
    MACROS = 12
    #: Stopped at a limit: the text is what was read until then.
    CUT_SHORT = 13


@dataclass(frozen=True)
class Extracted:
    """The text that was found, possibly none, and how the reading ended."""

    text: str
    outcome: Outcome


def extract(content: bytes, ending: str) -> Extracted:
    """The text of a file of the kind `ending`: pdf, docx, xlsx or pptx. Whatever is in it, this ends in MAX_SECONDS."""
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "meetings.extraction", ending],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MAX_SECONDS,
            cwd=Path(__file__).resolve().parents[1],
        )
        output, code = finished.stdout, finished.returncode
    except subprocess.TimeoutExpired as late:
        output, code = late.output or b"", Outcome.CUT_SHORT
    # Killed by a limit of the system's, or out of memory: a code of nobody's.
    known = code in Outcome.__members__.values()
    text = _tidy(output.decode("utf-8", "ignore"))
    return Extracted(text, Outcome(code) if known else Outcome.CUT_SHORT)


def _tidy(text: str) -> str:
    return text.translate(_CONTROLS)[:MAX_CHARACTERS].strip()


def main(ending: str) -> Outcome:
    """Read a file from standard input and write its text, page by page, to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    content = io.BytesIO(sys.stdin.buffer.read())
    try:
        pages = _pdf_pages(content) if ending == "pdf" else _office_parts(content, ending)
        return _write(pages)
    except _Unreadable as problem:
        return problem.outcome
    except MemoryError:
        return Outcome.CUT_SHORT
    except Exception:  # noqa: BLE001  (a broken file raises whatever its reader stumbles over)
        return Outcome.BROKEN


class _Unreadable(Exception):
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def _write(pages: Iterator[str]) -> Outcome:
    left = MAX_CHARACTERS
    started = time.monotonic()
    for page in pages:
        sys.stdout.buffer.write(page[:left].encode("utf-8", "ignore") + b"\n")
        sys.stdout.buffer.flush()
        left -= len(page)
        if left <= 0 or time.monotonic() - started > MAX_SECONDS / 2:
            return Outcome.CUT_SHORT
    return Outcome.READ


def _pdf_pages(content: io.BytesIO) -> Iterator[str]:
    reader = pypdf.PdfReader(content)
    # Many files are locked against changes only, and open with the empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise _Unreadable(Outcome.ENCRYPTED)
    if not reader.pages:
        raise _Unreadable(Outcome.BROKEN)
    for page in reader.pages[:MAX_PAGES]:
        yield _BROKEN_LINE.sub("", page.extract_text())
    if len(reader.pages) > MAX_PAGES:
        raise _Unreadable(Outcome.CUT_SHORT)


def _office_parts(content: io.BytesIO, ending: str) -> Iterator[str]:
    with zipfile.ZipFile(content) as package:
        types = ET.fromstring(_part(package, "[Content_Types].xml"))  # noqa: S314  (this process is the defence)
        kinds = {element.get("ContentType", "") for element in types}
        if any(kind.endswith(("macroEnabled.main+xml", "vbaProject")) for kind in kinds):
            raise _Unreadable(Outcome.MACROS)
        if any(name.endswith("vbaProject.bin") for name in package.namelist()):
            raise _Unreadable(Outcome.MACROS)
        if _MAIN_TYPES[ending] not in kinds:
            raise _Unreadable(Outcome.BROKEN)
        names = [name for name in package.namelist() if _TEXT_PARTS[ending].fullmatch(name)]
        for name in sorted(names, key=lambda name: (len(name), name)):  # slide2 before slide10
            yield "".join(_texts(_part(package, name)))


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        content = part.read(MAX_PART_BYTES + 1)
    if len(content) > MAX_PART_BYTES:
        raise _Unreadable(Outcome.BROKEN)
    return content


def _texts(xml: bytes) -> Iterator[str]:
    for _event, element in ET.iterparse(io.BytesIO(xml)):  # noqa: S314  (this process is the defence)
        kind = element.tag.rpartition("}")[2]
        if kind == "t":
            yield element.text or ""
        elif kind in _PARAGRAPHS:
            yield "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
