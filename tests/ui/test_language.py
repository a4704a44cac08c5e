"""The window speaks all of its languages wholly, and changes from one to another while open."""

from __future__ import annotations

import ast
import dataclasses
import errno
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

import colordesk.ui
from colordesk.edit import EditError, Look
from colordesk.explain import explain
from colordesk.metrics.table import DEFINITIONS, MEASURES, Definition
from colordesk.paths import resources_dir, settings_file
from colordesk.photo import PhotoError
from colordesk.report import Row, write_report
from colordesk.settings import Settings, read_settings, write_settings
from colordesk.task import Task
from colordesk.ui import error_words
from colordesk.ui.app import Program
from colordesk.ui.batch import report_words
from colordesk.ui.compare.measure_words import WORDS
from colordesk.ui.dialogs.preferences import Preferences
from colordesk.ui.film.clock import mark_text, time_text
from colordesk.ui.i18n import Translators, languages, spoken
from colordesk.video.errors import EncoderError, VideoError
from tests.ui.conftest import Wait, is_idle
from tests.unit.test_explain import WITH_FILE, WITHOUT_FILE

CODE = Path(colordesk.ui.__file__).parent
SOURCES = sorted((resources_dir() / "i18n").glob("colordesk_*.ts"))
CODES = [code for code, _ in languages()]


@dataclass(frozen=True)
class Text:
    """One text of the window and what it is in another language."""

    context: str
    source: str
    translation: str
    state: str


def texts(file: Path) -> list[Text]:
    found = []
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found.append(
                Text(
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    translation.text or "",
                    translation.get("type", "finished"),
                )
            )
    return found


@pytest.fixture(params=SOURCES, ids=lambda file: file.stem)
def source(request: pytest.FixtureRequest) -> Path:
    """The texts of a language, as translators edit them."""
    file: Path = request.param
    return file


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Choose a language; afterwards English is spoken again."""
    made = Translators(qapp)
    yield made.choose
    made.choose("en")
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)


def test_there_is_english_and_german() -> None:
    assert {("de", "Deutsch"), ("en", "English")} <= set(languages())


def test_no_text_is_missing(source: Path, tmp_path: Path) -> None:
    fresh = tmp_path / source.name
    shutil.copyfile(source, fresh)
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    line = [tool, "-extensions", "py", "-locations", "none", CODE, "-ts", fresh]
    subprocess.run([*map(str, line)], check=True, capture_output=True, timeout=60)
    collected = texts(fresh)
    assert len(collected) > 600
    open_ones = [text for text in collected if text.state != "finished" or not text.translation]
    assert not open_ones, "`make translations` collects them"


def test_texts_can_be_collected() -> None:
    """The tool sees only plain texts, and knows the context of `self.tr` alone."""
    for file in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            where = f"{file}:{node.lineno}"
            plain = [isinstance(argument, ast.Constant) for argument in node.args]
            match node.func:
                case ast.Attribute(value=asked, attr="tr"):
                    assert isinstance(asked, ast.Name), where
                    assert asked.id == "self", where
                    assert plain == [True], where
                case ast.Name(id="translate") if not file.name.endswith("_words.py"):
                    assert plain == [True, True], where


def test_translators_know_what_is_said_of_measures() -> None:
    def said(definitions: Iterable[Definition]) -> set[str]:
        return {words for one in definitions for words in (one.title, one.text)}

    assert said(MEASURES.values()) <= set(WORDS) <= said(DEFINITIONS.values())


def test_translators_know_what_is_said_of_errors() -> None:
    asked: list[str] = []

    def say(text: str) -> str:
        asked.append(text)
        return text

    systems = [OSError(number, "clause", "a.jpg") for number in errno.errorcode]
    for error in [*WITH_FILE, *WITHOUT_FILE, *systems]:
        explain(error, say)
    sentences = {text for text in asked if text.endswith(".") or text == "A file"}
    assert len(sentences) > 40
    assert sentences <= set(error_words.WORDS)
    patterns = [pattern for pattern, _ in error_words.patterns(of_sentences=False)]
    missing = {
        clause
        for clause in map(_filled, _clauses())
        if re.search("[a-z]", clause)
        and clause not in error_words.WORDS
        and not any(p.fullmatch(clause) for p in patterns)
        and not clause.endswith(_PUT_TOGETHER)
    }
    assert not missing
    sentences_too = [pattern for pattern, _ in error_words.patterns(of_sentences=True)]
    unsaid = {
        notice
        for notice in map(_filled, _notices())
        if not any(pattern.fullmatch(notice) for pattern in sentences_too)
    }
    assert not unsaid


_PUT_TOGETHER = ("has 7; the clips of one film must be alike", ", but 7")
"""Ends of clauses whose words come from several places; see the next tests."""


def _clauses() -> Iterator[str]:
    """Yield what the core says of photos, films and models in its errors, values in braces."""
    core = CODE.parent
    terminal = {"compare"}  # what only the terminal says
    for file in sorted(core.rglob("*.py")):
        place = file.relative_to(core).parts
        if place[0] in {"ui", "cli"}:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in {
                "PhotoError",
                "FileError",
                "PaletteError",
                "StrokesError",
                "NoTruth",
                "EditError",
                "SettingsError",
                "VideoError",
                "ProjectError",
                "EncoderError",
                "_Wrong",
            }:
                shapes: tuple[type[ast.expr], ...] = (ast.Constant, ast.JoinedStr)
            elif node.func.id.endswith("Error") and place[0] not in terminal:
                shapes = (ast.Constant,)
            else:
                continue
            of_a_file = node.func.id not in {"EditError", "EncoderError", "_Wrong"}
            for argument in node.args[of_a_file:]:
                ways = [argument]
                if isinstance(argument, ast.IfExp):
                    ways = [argument.body, argument.orelse]
                for way in ways:
                    if isinstance(way, shapes):
                        yield _written(way)


def _notices() -> Iterator[str]:
    """Yield the sentences that an export has to say, values in braces."""
    for file in sorted((CODE.parent / "video").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "notices.append":
                yield _written(node.args[0])


def _written(text: ast.expr) -> str:
    return ast.unparse(text).removeprefix("f").strip("'\"")


def _filled(text: str) -> str:
    return re.sub(r"\{+[^{}]*\}+", "7", text)


def test_translators_know_what_a_report_says(tmp_path: Path) -> None:
    asked: list[str] = []

    def say(text: str) -> str:
        asked.append(text)
        return text

    rows = [
        Row("a.jpg", "", status)
        for status in ("done", "skipped", "failed", "cancelled", "not tried")
    ]
    write_report(rows, tmp_path / "r.html", Task(), say)
    assert set(asked) == set(report_words.WORDS)


def test_a_clause_with_values_is_said_in_german(speak: Callable[[str], None]) -> None:
    speak("de")
    large = PhotoError(
        Path("a.jpg"),
        "it claims to have 9 x 8 pixels, more than 500 megapixels or 7 a side are not opened",
    )
    assert str(error_words.told(large)).startswith("a.jpg: es will 9 x 8 Pixel haben; mehr als 500")
    gone = FileNotFoundError(errno.ENOENT, "No such file", "b.jpg")
    assert str(error_words.told(gone)) == "b.jpg gibt es nicht. Den Namen prüfen."
    field = EditError("look.tint must be between -100 and 100, not 3000", Path("c.json"))
    assert "look.tint muss zwischen -100 und 100 liegen" in str(error_words.told(field))
    assert error_words.said("CPU (2 threads)") == "CPU (2 Threads)"
    for what, german in (
        ("frames of 432 x 320 and b.mp4 has 320 x 240", "Bilder von 432 x 320 und b.mp4"),
        ("the colours bt709 8 bit and b.mp4 has bt601 8 bit", "die Farben bt709 8 bit und b.mp4"),
        ("a rotation of 90 and b.mp4 has 0", "eine Drehung von 90 und b.mp4"),
        ("the chroma 4:2:0 and b.mp4 has gray", "das Chroma 4:2:0 und b.mp4"),
    ):
        unlike = VideoError(Path("a.mp4"), f"it has {what}; the clips of one film must be alike")
        assert f"es hat {german}" in str(error_words.told(unlike))
    even = "shows all frames equally long: .mov and .mkv do not"
    varying = EncoderError(f"the frame rate of a.mp4 varies, but .mxf {even}")
    assert str(error_words.told(varying)).startswith("Die Bildrate von a.mp4 schwankt")


def test_what_an_export_has_to_say_is_said_in_german(speak: Callable[[str], None]) -> None:
    speak("de")
    left_out = "The subtitle stream 2 (hdmv_pgs_subtitle) is left out: mp4 cannot hold it."
    assert error_words.retold(left_out) == (
        "Die Untertitelspur 2 (hdmv_pgs_subtitle) entfällt: mp4 kann sie nicht aufnehmen."
    )
    assert error_words.said("91/120 frames, 9.5 frames/s") == "91/120 Bilder, 9,5 Bilder/s"
    ends = "The pictures of a.mkv end after 7.3 s, and it says that it lasts 12.4 s: it may be "
    assert "Bilder von a.mkv enden nach 7,3 s" in error_words.retold(f"{ends}cut off.")
    assert [time_text(Fraction(5)), mark_text(Fraction(5)), mark_text(Fraction(1, 2))] == [
        "0:05,00",
        "0:05",
        "0:00,50",
    ]


def test_an_explanation_that_was_kept_in_english_is_told_in_german(
    speak: Callable[[str], None],
) -> None:
    for error in (*WITH_FILE, *WITHOUT_FILE):
        kept = str(explain(error))
        speak("de")
        assert error_words.retold(kept) == str(error_words.told(error))
        speak("en")
        assert error_words.retold(kept) == kept
    assert error_words.retold("Of another time.") == "Of another time."


def test_what_is_filled_in_stays(source: Path) -> None:
    def marks(text: str) -> tuple[object, ...]:
        spaces = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        shown = text.replace("&&", "").count("&"), text.endswith("…"), text.count("\n"), *spaces
        return Counter(re.findall(r"\{\w*\}", text)), *shown, re.findall(r"\(\*[^)]*\)", text)

    wrong = [text for text in texts(source) if marks(text.source) != marks(text.translation)]
    assert not wrong


def test_the_compiled_file_is_new(source: Path, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(source.with_suffix(".qm")))
    old = [
        text
        for text in texts(source)
        if translator.translate(text.context, text.source) != text.translation
    ]
    assert not old, "`make translations` compiles them"


@pytest.mark.parametrize("code", CODES)
def test_letters_of_a_menu_are_unique(
    code: str, settings: Settings, make_program: Callable[[], Program], speak: Callable[[str], None]
) -> None:
    write_settings(dataclasses.replace(settings, language=code), settings_file())
    program = make_program()
    menu_bar = program.studio.window.menuBar()
    menus = [menu_bar, *menu_bar.findChildren(QMenu)]
    assert len(menus) > 7
    for menu in menus:
        names = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert twice(names) == [], names


@pytest.mark.parametrize("code", CODES)
def test_letters_of_the_preferences_are_unique(
    code: str, qtbot: QtBot, speak: Callable[[str], None]
) -> None:
    speak(code)
    dialog = Preferences(Settings(), (), (), (), QWidget())
    qtbot.addWidget(dialog)
    names = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    assert len(names) > 5
    assert twice(names) == [], names


def twice(names: list[str]) -> list[str]:
    letters = [re.search(r"&([^&])", name.replace("&&", "")) for name in names]
    counts = Counter(letter.group(1).lower() for letter in letters if letter)
    return [letter for letter, count in counts.items() if count > 1]


def change_language(program: Program, code: str, wait: Wait) -> None:
    before = program.studio
    before.preferring.prefer(dataclasses.replace(read_settings(settings_file()), language=code))
    wait(lambda: program.studio is not before and is_idle(program.studio))


def test_the_language_changes_while_the_window_is_open(
    make_program: Callable[[], Program],
    photo: Path,
    wait: Wait,
    speak: Callable[[str], None],
) -> None:
    program = make_program()
    program.studio.opening.open([photo])
    wait(lambda: program.studio.canvas.after is not None and is_idle(program.studio))
    look = program.studio.look_panel
    look.slider("strength").number.setValue(40.0)
    look.slider("tint").number.setValue(20.0)
    program.studio.actions["undo"].trigger()
    for code, menu, undo in (
        ("de", "&Datei", "&Rückgängig"),
        ("en", "&File", "&Undo"),
    ):
        change_language(program, code, wait)
        assert program.studio.window.menus["file"].title() == menu
        assert program.studio.actions["undo"].text().startswith(undo)
        assert program.studio.document.edit.look == Look(strength=40.0)
    assert program.studio.document.undo_stack.count() == 2
    program.studio.actions["redo"].trigger()
    assert program.studio.document.edit.look == Look(strength=40.0, tint=20.0)
    for _ in range(2):
        program.studio.actions["undo"].trigger()
    assert program.studio.document.edit.look == Look()
    assert not program.studio.document.dirty


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (["de-AT", "en-GB"], "de"),
        (["en-GB", "de-AT"], "en"),
        (["xx-YY", "de"], "de"),
        (["xx-YY"], "en"),
        ([], "en"),
    ],
)
def test_the_first_known_language_is_spoken(wanted: list[str], code: str) -> None:
    assert spoken(wanted) == code
