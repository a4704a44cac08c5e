"""Errors in the person's language; the core has them in English.

Hides how a clause with values in it, as the core made it, is known again: by the text around them.
Clauses about the graphs of models stay English.
Invariant: every sentence of `explain` is in `WORDS`, where translators find it.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from colordesk.ui.i18n import figure, translate

if TYPE_CHECKING:
    from colordesk.explain import Explanation

_OF_DAMAGE: tuple[object, ...] = (
    QT_TRANSLATE_NOOP(
        "Error",
        "The pictures of {name} end after {shown} s, and it says that it lasts {length} s: it may "
        "be cut off.",
    ),
    QT_TRANSLATE_NOOP(
        "Error", "Packets of sound or subtitles that jump back in time are left out: {count}."
    ),
    QT_TRANSLATE_NOOP("Error", "Damaged packets of sound or subtitles are left out: {count}."),
    QT_TRANSLATE_NOOP(
        "Error", "{name} is damaged: sound and subtitles are copied as far as they can be read."
    ),
    QT_TRANSLATE_NOOP("Error", "The {stream} is left out: it cannot be read."),
)
"""What an export says of what its source does not have, though it should."""
WORDS: tuple[object, ...] = (
    *_OF_DAMAGE,
    QT_TRANSLATE_NOOP("Error", "{file} may not be read or written."),
    QT_TRANSLATE_NOOP("Error", "Choose another folder, or ask for the right to use this one."),
    QT_TRANSLATE_NOOP("Error", "{file} cannot be written, because your share of the disk is full."),
    QT_TRANSLATE_NOOP("Error", "Make room on it."),
    QT_TRANSLATE_NOOP("Error", "{file} is a folder, not a file."),
    QT_TRANSLATE_NOOP("Error", "Give the name of a file."),
    QT_TRANSLATE_NOOP("Error", "{file} is a link that leads back to itself."),
    QT_TRANSLATE_NOOP("Error", "Remove that link."),
    QT_TRANSLATE_NOOP("Error", "{file} has too long a name."),
    QT_TRANSLATE_NOOP("Error", "Choose a shorter one."),
    QT_TRANSLATE_NOOP("Error", "{file} does not exist."),
    QT_TRANSLATE_NOOP("Error", "Check the name."),
    QT_TRANSLATE_NOOP("Error", "{file} cannot be written, because the disk is full."),
    QT_TRANSLATE_NOOP("Error", "{file} lies inside a file, not inside a folder."),
    QT_TRANSLATE_NOOP("Error", "{file} may not be changed."),
    QT_TRANSLATE_NOOP("Error", "{file} cannot be written, because its disk is read-only."),
    QT_TRANSLATE_NOOP("Error", "Choose another folder."),
    QT_TRANSLATE_NOOP("Error", "{file} cannot be used: {problem}."),
    QT_TRANSLATE_NOOP("Error", "A file"),
    QT_TRANSLATE_NOOP(
        "Error",
        "The process that computes colours crashed ({code}), and again when it was "
        "tried once more.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The process that computes colours was ended by the system, and again when it "
        "was tried once more.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "Choose a smaller working size or another model. Close other programs, or work "
        "on fewer photos at the same time.",
    ),
    QT_TRANSLATE_NOOP("Error", "There is not enough memory."),
    QT_TRANSLATE_NOOP("Error", "Close other programs, or work on fewer photos at the same time."),
    QT_TRANSLATE_NOOP("Error", "It was cancelled."),
    QT_TRANSLATE_NOOP("Error", "A part of ColorDesk cannot be loaded: {error}."),
    QT_TRANSLATE_NOOP("Error", "Set ColorDesk up again."),
    QT_TRANSLATE_NOOP("Error", "An error inside ColorDesk: {kind}: {error}."),
    QT_TRANSLATE_NOOP(
        "Error", "Please report it; with COLORDESK_DEBUG=1 in the environment it tells more."
    ),
    QT_TRANSLATE_NOOP("Error", "{path}: {problem}."),
    QT_TRANSLATE_NOOP("Error", "{path} is no usable film project: {problem}."),
    QT_TRANSLATE_NOOP("Error", "{path} is left as it is: {problem}."),
    QT_TRANSLATE_NOOP("Error", "It was not tried, because of an earlier error."),
    QT_TRANSLATE_NOOP("Error", "The edit is not possible: {problem}."),
    QT_TRANSLATE_NOOP("Error", "{path} is no usable edit: {problem}."),
    QT_TRANSLATE_NOOP("Error", "Mend or remove that file."),
    QT_TRANSLATE_NOOP("Error", "{path} holds no usable settings: {problem}."),
    QT_TRANSLATE_NOOP("Error", "The defaults hold until that file is mended or removed."),
    QT_TRANSLATE_NOOP("Error", "No model is installed."),
    QT_TRANSLATE_NOOP("Error", "Install ColorDesk again, or add a model of your own."),
    QT_TRANSLATE_NOOP("Error", "There is no model {wanted}."),
    QT_TRANSLATE_NOOP("Error", "There is no preset {wanted}."),
    QT_TRANSLATE_NOOP("Error", "There are: {known}."),
    QT_TRANSLATE_NOOP("Error", "Installed are: {known}."),
    QT_TRANSLATE_NOOP("Error", "The model {path} cannot be used: {problem}."),
    QT_TRANSLATE_NOOP("Error", "Choose another model, or put a sound copy in its place."),
    QT_TRANSLATE_NOOP("Error", "The device {wanted} cannot be used: {problem}."),
    QT_TRANSLATE_NOOP("Error", "Choose auto or cpu as the device."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The memory of the {device} is too small for what the model was to see, {width}"
        " x {height} pixels.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "Choose a smaller working size. Close other programs, or work on fewer photos "
        "at the same time.",
    ),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be a reference: {problem}."),
    QT_TRANSLATE_NOOP("Error", "Choose a colour photograph."),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be used as strokes: {problem}."),
    QT_TRANSLATE_NOOP(
        "Error", "Paint on a transparent layer over the photo and save that layer alone as PNG."
    ),
    QT_TRANSLATE_NOOP("Error", "{path} holds no usable colours: {problem}."),
    QT_TRANSLATE_NOOP(
        "Error", "The model {model} knows things otherwise than when the colour was saved."
    ),
    QT_TRANSLATE_NOOP("Error", "Save the colour again."),
    QT_TRANSLATE_NOOP("Error", "The model {model} cannot tell the things in a photo apart."),
    QT_TRANSLATE_NOOP("Error", "Choose another model for it."),
    QT_TRANSLATE_NOOP("Error", "{path} cannot be judged: {problem}."),
    QT_TRANSLATE_NOOP(
        "Error", "It has {width} x {height} pixels and its truth {true_width} x {true_height}."
    ),
    QT_TRANSLATE_NOOP("Error", "Give a picture of the same size."),
    QT_TRANSLATE_NOOP(
        "Error",
        "the clip {one} has {rate} frames a second and {other} has {other_rate}, but {suffix} "
        "shows all frames equally long: .mov and .mkv do not",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "the frame rate of {clip} varies, but {suffix} shows all frames equally long: .mov and "
        ".mkv do not",
    ),
    QT_TRANSLATE_NOOP("Error", "{codec} needs frames of {size} pixels at least"),
    QT_TRANSLATE_NOOP("Error", "it is a folder"),
    QT_TRANSLATE_NOOP("Error", "it is one of the photos to be colorized"),
    QT_TRANSLATE_NOOP("Error", "it exists already"),
    QT_TRANSLATE_NOOP("Error", "it has colours of its own"),
    QT_TRANSLATE_NOOP("Error", "it is the photo itself, and that is never written over"),
    QT_TRANSLATE_NOOP("Error", "it is gray, so its true colours are not known"),
    QT_TRANSLATE_NOOP("Error", "it must be a JSON object"),
    QT_TRANSLATE_NOOP("Error", "it is far too large for an edit"),
    QT_TRANSLATE_NOOP("Error", "it is not a text file"),
    QT_TRANSLATE_NOOP("Error", "a stroke leaves the photo by far"),
    QT_TRANSLATE_NOOP("Error", "geometry.crop leaves nothing of the photo"),
    QT_TRANSLATE_NOOP("Error", "geometry.corners must have four corners"),
    QT_TRANSLATE_NOOP("Error", "geometry.corners must go round the print clockwise"),
    QT_TRANSLATE_NOOP("Error", "it cannot be read ({why})"),
    QT_TRANSLATE_NOOP("Error", "the folder cannot be read ({why})"),
    QT_TRANSLATE_NOOP("Error", "its id {id} is taken by {path}"),
    QT_TRANSLATE_NOOP(
        "Error", "it carries no ColorDesk manifest, so it was not made for ColorDesk"
    ),
    QT_TRANSLATE_NOOP("Error", "it is not a readable ONNX file ({why})"),
    QT_TRANSLATE_NOOP("Error", "it answers with numbers that are not finite"),
    QT_TRANSLATE_NOOP("Error", "its weights lie in other files, it must be one file"),
    QT_TRANSLATE_NOOP("Error", "onnxruntime cannot open it ({why})"),
    QT_TRANSLATE_NOOP("Error", "it fails on a picture of {width} x {height} ({why})"),
    QT_TRANSLATE_NOOP("Error", "there is not enough memory to open it"),
    QT_TRANSLATE_NOOP("Error", "it must be auto, cpu, cuda or cuda:N"),
    QT_TRANSLATE_NOOP(
        "Error", "it has no features of tensor(float) N x F x h x w, as its manifest says"
    ),
    QT_TRANSLATE_NOOP("Error", "it is a folder, not a picture"),
    QT_TRANSLATE_NOOP("Error", "it is not a file"),
    QT_TRANSLATE_NOOP("Error", "it is empty (zero bytes)"),
    QT_TRANSLATE_NOOP("Error", "it is not a picture, or of a kind that cannot be read"),
    QT_TRANSLATE_NOOP(
        "Error", "it is damaged or cut off, so that a part of the picture is missing"
    ),
    QT_TRANSLATE_NOOP("Error", "its pixels are signed numbers ({kind}), not light"),
    QT_TRANSLATE_NOOP(
        "Error", "its pixels are floating-point numbers from {low} to {high}, not 0 to 1"
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "it claims to have {width} x {height} pixels, more than {most} megapixels or "
        "{side} a side are not opened",
    ),
    QT_TRANSLATE_NOOP("Error", "there is no such file"),
    QT_TRANSLATE_NOOP("Error", "you have no permission to read it"),
    QT_TRANSLATE_NOOP("Error", "pictures can be saved as {kinds}, not as this"),
    QT_TRANSLATE_NOOP("Error", "{name} holds at most {side} pixels a side, png or tif hold more"),
    QT_TRANSLATE_NOOP("Error", "jpg cannot hold its transparency, choose png, tif or webp"),
    QT_TRANSLATE_NOOP("Error", "it could not be encoded as {name}"),
    QT_TRANSLATE_NOOP("Error", "the name {template} would be the same for all; it needs {name}"),
    QT_TRANSLATE_NOOP(
        "Error", "{output} is no folder, and as a file it would have to end in {ends}"
    ),
    QT_TRANSLATE_NOOP("Error", "{output} and the format {format} contradict each other"),
    QT_TRANSLATE_NOOP(
        "Error", "{folder} is a whole disk, so the folder for the results must be given"
    ),
    QT_TRANSLATE_NOOP(
        "Error", "{output} is one file, but a folder or several photos are to go there"
    ),
    QT_TRANSLATE_NOOP("Error", "the name {template} has a brace that does not fit ({why})"),
    QT_TRANSLATE_NOOP("Error", "the name {template} has a character that file names cannot have"),
    QT_TRANSLATE_NOOP("Error", "the name {template} may have only {known} in braces"),
    QT_TRANSLATE_NOOP("Error", "the name {template} may have digits only in {number}"),
    QT_TRANSLATE_NOOP("Error", "it is not an ordinary file"),
    QT_TRANSLATE_NOOP("Error", "a preset needs a name"),
    QT_TRANSLATE_NOOP("Error", "it is far too large for a batch"),
    QT_TRANSLATE_NOOP("Error", "it is far too large for settings"),
    QT_TRANSLATE_NOOP("Error", "it is not a JSON object"),
    QT_TRANSLATE_NOOP("Error", "it is not valid JSON ({why})"),
    QT_TRANSLATE_NOOP("Error", "it has no colours of its own"),
    QT_TRANSLATE_NOOP("Error", "it is far too large for saved colours"),
    QT_TRANSLATE_NOOP("Error", "it holds {count} colours, and no more fit"),
    QT_TRANSLATE_NOOP("Error", "features must be between -1 and 1"),
    QT_TRANSLATE_NOOP("Error", "nothing in it is transparent, so all of it would be a stroke"),
    QT_TRANSLATE_NOOP(
        "Error",
        "its shape, {width} x {height}, is not that of the photo, {true_width} x {true_height}",
    ),
    QT_TRANSLATE_NOOP("Error", "there is no stroke in it"),
    QT_TRANSLATE_NOOP("Error", "it is no film, or it is damaged or cut off"),
    QT_TRANSLATE_NOOP("Error", "it is empty"),
    QT_TRANSLATE_NOOP("Error", "its picture is stored in a way that is not known here"),
    QT_TRANSLATE_NOOP("Error", "its frames of {width} x {height} are too large"),
    QT_TRANSLATE_NOOP("Error", "its pixels are stored as {name}, which cannot be coloured here"),
    QT_TRANSLATE_NOOP(
        "Error",
        "it is in {transfer}, and only film of standard dynamic range can be coloured; "
        "make such a copy of it first",
    ),
    QT_TRANSLATE_NOOP("Error", "not one frame of it can be read; it is damaged or cut off"),
    QT_TRANSLATE_NOOP(
        "Error", "FFmpeg cannot read animated WebP pictures; please save it as GIF or MP4"
    ),
    QT_TRANSLATE_NOOP("Error", "its colour matrix (H.273 number {number}) is not known here"),
    QT_TRANSLATE_NOOP("Error", "the folder holds no pictures"),
    QT_TRANSLATE_NOOP("Error", "it holds sound but no picture"),
    QT_TRANSLATE_NOOP("Error", "it holds no picture"),
    QT_TRANSLATE_NOOP("Error", "it holds no frame"),
    QT_TRANSLATE_NOOP("Error", "it holds no frame of what was asked for"),
    QT_TRANSLATE_NOOP("Error", "the part of it that was asked for holds nothing"),
    QT_TRANSLATE_NOOP("Error", "it is over after {seconds} s, before that part"),
    QT_TRANSLATE_NOOP("Error", "film in {codec} goes into a file ending in {ends}, not {name}"),
    QT_TRANSLATE_NOOP("Error", "this build of FFmpeg has no encoder for {codec}"),
    QT_TRANSLATE_NOOP("Error", "the encoder {name} refuses this film ({why})"),
    QT_TRANSLATE_NOOP("Error", "the encoder {name} fails ({why})"),
    QT_TRANSLATE_NOOP("Error", "the encoder has changed since the film was begun"),
    QT_TRANSLATE_NOOP("Error", "its container does not take this ({why})"),
    QT_TRANSLATE_NOOP("Error", "its numbers must be whole, and hardware true or false"),
    QT_TRANSLATE_NOOP("Error", "it is far too large for a preset"),
    QT_TRANSLATE_NOOP("Error", "it is far too large for a project"),
    QT_TRANSLATE_NOOP("Error", "it is no batch ({why})"),
    QT_TRANSLATE_NOOP("Error", "its schema is {schema}, not {known}"),
    QT_TRANSLATE_NOOP("Error", "there is no picture of it in {folder}"),
    QT_TRANSLATE_NOOP("Error", "there is no GPU {number}, only {names}"),
    QT_TRANSLATE_NOOP("Error", "this build of onnxruntime has no CUDA"),
    QT_TRANSLATE_NOOP("Error", "The GPU is not used: {problem}."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The memory of the {device} is too small for a picture of {width} x {height}; the model "
        "saw it at {seen}.",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The memory of the {device} is too small for a picture of {width} x {height}; the CPU "
        "did it.",
    ),
    QT_TRANSLATE_NOOP("Error", "The process that computes colours ended unexpectedly."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The process that computes colours ended unexpectedly, probably because memory ran out.",
    ),
    QT_TRANSLATE_NOOP("Error", "It was started again, and the photo was tried once more."),
    QT_TRANSLATE_NOOP("Error", "no NVIDIA driver is installed ({library} cannot be loaded)"),
    QT_TRANSLATE_NOOP("Error", "the NVIDIA driver finds no GPU"),
    QT_TRANSLATE_NOOP("Error", "the NVIDIA driver finds no usable GPU (CUDA error {number})"),
    QT_TRANSLATE_NOOP("Error", "the CUDA libraries cannot be loaded ({names} missing)"),
    QT_TRANSLATE_NOOP("Error", "onnxruntime cannot load its CUDA or cuDNN libraries"),
    QT_TRANSLATE_NOOP("Error", "CPU ({count} threads)"),
    QT_TRANSLATE_NOOP("Error", "{name} must be between {low} and {high}, not {value}"),
    QT_TRANSLATE_NOOP("Error", "{name} must be true or false, not {value}"),
    QT_TRANSLATE_NOOP("Error", "{name} must be a whole number, not {value}"),
    QT_TRANSLATE_NOOP("Error", "{name} must be a number, not {value}"),
    QT_TRANSLATE_NOOP("Error", "{name} must be a text, not {value}"),
    QT_TRANSLATE_NOOP("Error", "{name} must be a JSON object"),
    QT_TRANSLATE_NOOP("Error", "{name} must be a JSON list"),
    QT_TRANSLATE_NOOP("Error", "{name} must be pairs of x and y"),
    QT_TRANSLATE_NOOP("Error", "{name} must have {count} numbers"),
    QT_TRANSLATE_NOOP("Error", "{name} must say x and y"),
    QT_TRANSLATE_NOOP("Error", "{name} must say its radius"),
    QT_TRANSLATE_NOOP("Error", "{name} must be one of {known}, not {value}"),
    QT_TRANSLATE_NOOP("Error", "{name} must be one of {known}"),
    QT_TRANSLATE_NOOP("Error", "as a preset it is not usable ({why})"),
    QT_TRANSLATE_NOOP("Error", "its schema is {schema}, this program reads {known}"),
    QT_TRANSLATE_NOOP("Error", "{name} must say a and b"),
    QT_TRANSLATE_NOOP("Error", "{name} has {count} letters, {most} are possible"),
    QT_TRANSLATE_NOOP("Error", "{count} features, 1 to {most} are possible"),
    QT_TRANSLATE_NOOP("Error", "{name} cannot be {value}"),
    QT_TRANSLATE_NOOP("Error", "{name} has {count} entries, {most} are possible"),
    QT_TRANSLATE_NOOP("Error", "it has an unknown field {name}; known: {known}"),
    QT_TRANSLATE_NOOP("Error", "geometry.turns must be 0, 1, 2 or 3, not {value}"),
    QT_TRANSLATE_NOOP("Error", "a stroke must have 1 to {most} places, not {count}"),
    QT_TRANSLATE_NOOP("Error", "an area has {count} strokes, {most} are possible"),
    QT_TRANSLATE_NOOP("Error", "{count} points are too many; {most} fit"),
    QT_TRANSLATE_NOOP("Error", "{count} areas are too many; {most} fit"),
    QT_TRANSLATE_NOOP("Error", "its schema is {schema}, this program reads schema {known}"),
    QT_TRANSLATE_NOOP("Error", "a name must have 1 to {most} letters"),
    QT_TRANSLATE_NOOP("Error", "it names no clips"),
    QT_TRANSLATE_NOOP("Error", "its schema is {schema}, this program reads up to {known}"),
    QT_TRANSLATE_NOOP("Error", "clips must be a list of clips"),
    QT_TRANSLATE_NOOP("Error", "every clip must be an object with a path"),
    QT_TRANSLATE_NOOP("Error", "a clip has an unknown field {name}; known: {known}"),
    QT_TRANSLATE_NOOP("Error", "the clip {path} ends before it starts"),
    QT_TRANSLATE_NOOP("Error", "{name}: a shot must end after it starts"),
    QT_TRANSLATE_NOOP(
        "Error", "every, smooth and clean must be whole numbers, deinterlace true or false"
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "it has frames of {size} and {other} has {other_size}; the clips of one film must be alike",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "it has the colours {colours} and {other} has {other_colours}; the clips of one film must "
        "be alike",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "it has a rotation of {angle} and {other} has {other_angle}; the clips of one film must be "
        "alike",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "it has pixels of {aspect} and {other} has {other_aspect}; the clips of one film must be "
        "alike",
    ),
    QT_TRANSLATE_NOOP("Error", "it does not say how long it is, so no other clip can follow it"),
    QT_TRANSLATE_NOOP(
        "Error",
        "it has the chroma {chroma} and {other} has {other_chroma}; the clips of one film must be "
        "alike",
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "its picture changes from {width} x {height} to {new_width} x {new_height} pixels in the "
        "midst of it",
    ),
    QT_TRANSLATE_NOOP("Error", "{count} frames of it are there already, from an earlier run"),
    QT_TRANSLATE_NOOP("Error", "{codec} has {known} bit here, not {bits}"),
    QT_TRANSLATE_NOOP("Error", "{codec} has no quality to choose (--crf)"),
    QT_TRANSLATE_NOOP("Error", "{codec} has no bitrate to choose (--bitrate)"),
    QT_TRANSLATE_NOOP("Error", "the quality of {codec} goes from {best} (best) to {worst}"),
    QT_TRANSLATE_NOOP("Error", "{done}/{total} frames, {speed} frames/s"),
    QT_TRANSLATE_NOOP("Error", "The transparency of the clip is left out."),
    QT_TRANSLATE_NOOP("Error", "Frames stay interlaced, but {codec} cannot say so here."),
    QT_TRANSLATE_NOOP(
        "Error", "{codec} has no {wanted} bit here: the film becomes one of {bits} bit."
    ),
    QT_TRANSLATE_NOOP(
        "Error", "No graphics card here encodes {codec} ({tried}); the processor does it."
    ),
    QT_TRANSLATE_NOOP("Error", "{codec} has no full range: luma is brought into the limited one."),
    QT_TRANSLATE_NOOP("Error", "The time code is left out: it is that of the whole clip."),
    QT_TRANSLATE_NOOP("Error", "The {stream} is left out: it is not cut."),
    QT_TRANSLATE_NOOP("Error", "picture stream {number}"),
    QT_TRANSLATE_NOOP("Error", "shape of the pixels"),
    QT_TRANSLATE_NOOP("Error", "The closed captions are left out: {codec} cannot hold them."),
    QT_TRANSLATE_NOOP("Error", "The {stream} is left out of the joined film."),
    QT_TRANSLATE_NOOP("Error", "The {stream} is left out: {container} cannot hold it."),
    QT_TRANSLATE_NOOP("Error", "The {stream} becomes {form}, which {container} holds."),
    QT_TRANSLATE_NOOP("Error", "audio stream {number}"),
    QT_TRANSLATE_NOOP("Error", "subtitle stream {number}"),
    QT_TRANSLATE_NOOP("Error", "data stream {number}"),
    QT_TRANSLATE_NOOP("Error", "cover stream {number}"),
    QT_TRANSLATE_NOOP("Error", "attachment stream {number}"),
    QT_TRANSLATE_NOOP("Error", "data {number}"),
    QT_TRANSLATE_NOOP("Error", "attachment {number}"),
    QT_TRANSLATE_NOOP("Error", "{path} is silent: its sound is of another kind."),
    QT_TRANSLATE_NOOP(
        "Error", "Film leaves out what the edit says of {parts}: that is for photos."
    ),
    QT_TRANSLATE_NOOP(
        "Error",
        "The colours of {name} fill all the room that kept colours may take ({size} GB); what did "
        "not fit is not kept for the next time.",
    ),
)
_VALUE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\d+\.\d+")


def told(error: BaseException) -> Explanation:
    """Return what to tell a person about an error, in the person's language."""
    # late, since it knows the errors of everything, and so loads everything
    from colordesk.explain import explain

    return explain(error, said)


def said(text: str) -> str:
    """Return a sentence of `explain`, or a clause that the core made, in the person's language."""
    if text in WORDS:
        return translate("Error", text)
    for pattern, template in patterns(of_sentences=False):
        found = pattern.fullmatch(text)
        if found is not None:
            values = {name: _written(value) for name, value in found.groupdict().items()}
            return translate("Error", template).format(**values)
    return text


def retold(text: str) -> str:
    """Return an explanation that was kept as English text, in the person's language."""
    for pattern, template in patterns(of_sentences=True):
        found = pattern.match(text)
        if found is not None:
            values = {name: _written(said(value)) for name, value in found.groupdict().items()}
            what = translate("Error", template).format(**values)
            todo = text[found.end() :].strip()
            return f"{what} {retold(todo)}" if todo else what
    return text


def tells_of_damage(text: str) -> bool:
    """Whether a sentence that was kept in English tells that a film is damaged or cut off."""
    return any(
        pattern.fullmatch(text)
        for pattern, template in patterns(of_sentences=True)
        if template in _OF_DAMAGE
    )


def _written(value: str) -> str:
    """Return a value, if it is a number, as the person's language writes it."""
    return figure(value) if _NUMBER.fullmatch(value) else value


@functools.cache
def patterns(*, of_sentences: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what knows a clause or sentence with values again, the most particular first."""
    clauses = [
        text
        for text in map(str, WORDS)
        if (of_sentences or _VALUE.search(text)) and (text[-1] == ".") == of_sentences
    ]
    made = []
    for clause in sorted(clauses, key=lambda text: -len(_VALUE.sub("", text))):
        parts = _VALUE.split(clause)  # text and names by turns
        pattern = "".join(
            f"(?P<{part}>.+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts)
        )
        end = "(?= [A-Z]|$)" if of_sentences else ""
        made.append((re.compile(pattern + end, re.DOTALL), clause))
    return tuple(made)
