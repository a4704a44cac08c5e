"""A film into a file: decode, model, chroma, encode, side by side with constant memory.

Hides the threads, the segments and where to begin again.
Invariant: the file appears under its name only when it is whole, and a film that was stopped at any
moment and resumed has the very frames of one that was not.
"""

from __future__ import annotations

import hashlib
import time as clock
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.render import Gains
from colordesk.task import Task
from colordesk.video.ahead import ahead
from colordesk.video.colouring import Coloured, colour
from colordesk.video.encoders import Encoder
from colordesk.video.encoding import SEGMENT_FRAMES, SegmentEncoder, canvas
from colordesk.video.errors import UnevenFrames, VideoError
from colordesk.video.film import Film
from colordesk.video.grain import with_less_grain
from colordesk.video.hinting import Hinting, hinting, left_out
from colordesk.video.layout import chroma_size, plane
from colordesk.video.muxing import write_film
from colordesk.video.paint import Painter
from colordesk.video.predicting import ClipPredictor, Colourist
from colordesk.video.probing import identity_of, measured
from colordesk.video.reading import Damage
from colordesk.video.seeing import Eyes, laid
from colordesk.video.segments import Restart, Segment, WorkFolder
from colordesk.video.shot_edits import TimedPoint, look_at
from colordesk.video.treatment import Treatment

if TYPE_CHECKING:
    import av

_AHEAD = 8  # frames that wait between two stages, at most
# raised whenever the same choices give other frames (shots, motion, smoothing, painting, grain), so
# that no film is begun by one version of this program and gone on with by another
_ENGINE = 3
_ENCODING_SHARE = 0.98  # of the progress; the rest is the writing of the file


@dataclass(frozen=True)
class Done:
    """What became of an export."""

    output: Path
    frames: int
    """In the file."""
    encoded: int
    """Frames of it that were encoded in this run."""
    predicted: int
    """Frames that the network saw in this run."""
    damaged: int
    """Packets of the source that could not be read."""
    seconds: float
    notices: tuple[str, ...]
    """What a person should be told."""

    @property
    def speed(self) -> float:
        """Frames a second, of those encoded in this run."""
        return self.encoded / max(self.seconds, 1e-3)


class UnfinishedExport(VideoError):
    """An earlier, unfinished export lies beside the output.

    Args:
        path: the output.
        frames: how many frames of it are there.
        same: whether it can be gone on with: it was made with the same choices, by this version.
    """

    def __init__(self, path: Path, frames: int, same: bool = True) -> None:
        super().__init__(path, f"{frames} frames of it are there already, from an earlier run")
        self.frames = frames
        self.same = same


def export_film(
    film: Film,
    treatment: Treatment,
    encoder: Encoder,
    colourist: Colourist,
    output: Path,
    task: Task,
    *,
    resume: bool = False,
    afresh: bool = False,
) -> Done:
    """Colour a film and write it.

    Args:
        film: what is to be seen.
        treatment: how it is coloured.
        encoder: from `choose_encoder`.
        colourist: the model.
        output: the file; an existing one is replaced.
        task: progress and cancel. What was encoded until then is kept for `resume`.
        resume: go on with an earlier export of the same film with the same choices.
        afresh: throw away an earlier export that could be gone on with.

    Raises:
        UnfinishedExport: there is one, and neither `resume` nor `afresh` was said; or `resume` was,
            but it is one with other choices.
        VideoError: the film cannot be read, or not be written this way.
        OSError: the disk is full, or the folder cannot be written.
        ModelError, DeviceError, OutOfMemory: the model cannot be used.
        Cancelled: the owner of the task asked for it.
    """
    start = clock.perf_counter()
    film = _as_long_as_it_lasts(film)
    folder = WorkFolder(output, _key(film, treatment, encoder, colourist))
    segments = folder.segments()
    if segments and not resume and not afresh:
        raise UnfinishedExport(output, _frames(segments))
    if not segments and not afresh and (others := folder.frames()):
        raise UnfinishedExport(output, others, same=False)
    if not segments or not resume:
        segments = []
        folder.begin()
    there, asked = _frames(segments), colourist.asked
    notices: tuple[str, ...] = ()
    try:
        if not segments or segments[-1].restart is not None:
            run = _Run(film, treatment, encoder, colourist, task.part(0.0, _ENCODING_SHARE))
            segments = run.encode(folder, segments)
            notices += run.notices
        notices += write_film(
            film, encoder, folder, segments, output, task.part(_ENCODING_SHARE, 1.0)
        )
    except BaseException as error:
        if isinstance(error, UnevenFrames) or not folder.segments():
            folder.remove()  # nothing that could be gone on with
        raise
    folder.remove()
    frames = _frames(segments)
    return Done(
        output,
        frames,
        frames - there,
        colourist.asked - asked,
        segments[-1].skipped,
        clock.perf_counter() - start,
        (*encoder.notices, *colourist.notices, *left_out(treatment.edit), *notices),
    )


def _frames(segments: Sequence[Segment]) -> int:
    return sum(len(segment.times) for segment in segments)


def _as_long_as_it_lasts(film: Film) -> Film:
    """Return a film whose parts last as long as their pictures; headers may say less.

    Else what follows such a part would be shown before its end, which no file can hold.
    """
    parts = []
    for number, part in enumerate(film.parts):
        said = part.clip.duration
        follows = part.end is None and number + 1 < len(film.parts)
        if follows or (part.end is not None and said is not None and part.end > said):
            part = replace(part, clip=measured(part.clip))
        parts.append(part)
    return Film(tuple(parts))


def _key(film: Film, treatment: Treatment, encoder: Encoder, colourist: Colourist) -> str:
    """Return what an encoded frame depends on."""
    parts = [(p.clip.identity, p.clip.rate, str(p.start), str(p.end), p.shots) for p in film.parts]
    reference = treatment.edit.reference
    palette = identity_of((reference.path,)) if reference and reference.strength else ""
    choices = parts, treatment, palette, vars(encoder), colourist.key
    text = repr((*choices, SEGMENT_FRAMES, _ENGINE))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, eq=False)
class _Painted:
    """A frame that is ready for the encoder."""

    index: int
    time: int
    length: int
    picture: av.VideoFrame
    restart: Restart


class _Run:
    """The stages of one run, each a generator in a thread of its own."""

    def __init__(
        self,
        film: Film,
        treatment: Treatment,
        encoder: Encoder,
        colourist: Colourist,
        task: Task,
    ) -> None:
        self._film = film
        self._treatment = treatment
        self._encoder = encoder
        self._colourist = colourist
        self._task = task
        self._damage = Damage()
        self.notices: tuple[str, ...] = ()
        """What a person should be told, once all is encoded."""
        # stages are the parallelism: threads of OpenCV's own would only get in their way
        cv2.setNumThreads(1)

    def encode(self, folder: WorkFolder, segments: Sequence[Segment]) -> list[Segment]:
        """Encode all that comes after the segments that are there; return all of them."""
        done = list(segments)
        first = _frames(done)
        restart = done[-1].restart if done else Restart(0, 0, 0, 0)
        assert restart is not None
        self._damage.packets = restart.skipped
        total = self._film.frame_count
        began = clock.perf_counter()
        current: SegmentEncoder | None = None
        last: _Painted | None = None
        try:
            with closing(ahead(self._painted(restart, first), _AHEAD)) as painted:
                for frame in painted:
                    if current is not None and current.full:
                        done.append(current.close(frame.time, frame.restart, self._damage))
                        current = None
                    if current is None:
                        current = SegmentEncoder(
                            folder, len(done), frame.index, self._encoder, self._film
                        )
                    current.put(frame.picture, frame.time)
                    last = frame
                    speed = (frame.index + 1 - first) / (clock.perf_counter() - began)
                    share = (frame.index + 1) / total if total else 0.0
                    self._task.progress(
                        share, f"{frame.index + 1}/{total or '?'} frames, {speed:.1f} frames/s"
                    )
            if current is not None and last is not None:
                unit = max(1, round(1 / self._film.first.rate / self._film.time_base))
                end = last.time + (last.length or unit)
                done.append(current.close(end, None, self._damage))
                current = None
        finally:
            if current is not None:
                current.abandon()
        if not done:
            raise VideoError(self._film.first.path, "it holds no frame of what was asked for")
        return done

    def _painted(self, restart: Restart, first: int) -> Generator[_Painted, None, None]:
        index, warm_up, since = restart.index, restart.warm_up, restart.since
        for number in range(restart.part, len(self._film.parts)):
            again = number == restart.part and first > 0
            frames = self._coloured(
                number,
                index - warm_up if again else index,
                warm_up if again else 0,
                since if again else None,
            )
            with closing(ahead(frames, _AHEAD)) as coloured:
                for painted in self._brushed(number, coloured, first):
                    yield painted
                    index = painted.index + 1

    def _brushed(
        self, number: int, coloured: Generator[Coloured, None, None], first: int
    ) -> Generator[_Painted, None, None]:
        part, encoder = self._film.parts[number], self._encoder
        clip, usual = part.clip, self._treatment.edit.look
        # made while the first frames are still on their way here
        size = chroma_size(clip.width, clip.height, encoder.chroma)
        painter = Painter(clip.encoding, encoder.bits, size)
        factor: int | None = None
        clean = self._treatment.clean
        for one, luma in with_less_grain(coloured, clip.encoding, clean, first):
            seen = one.seen
            begins = seen is one.shot
            if seen.index < first and not begins and factor is not None:
                continue  # how blurred the chroma of its shot is shows on the first with colour
            frame = seen.frame
            picture = canvas(frame, luma, clip, encoder)
            guide = seen.guide
            if encoder.bits == clip.encoding.bits and np.may_share_memory(guide, luma):
                guide = plane(picture, 0)  # where FFmpeg copied it, the luma has moved
            u, v = plane(picture, 1), plane(picture, 2)
            moment = max(part.clip.since_first(frame.time), part.start)
            look = look_at(part.shots, moment, usual)
            factor = painter.paint(
                guide, seen.luma, one.ab, Gains(look), u, v, None if begins else factor
            )
            if seen.index < first:
                continue
            scale = clip.time_base / self._film.time_base
            yield _Painted(
                seen.index,
                self._film.time(number, frame.time),
                round(frame.length * scale),
                picture,
                one.shot.restart,
            )

    def _coloured(
        self, number: int, index: int, warm_up: int, since: int | None
    ) -> Generator[Coloured, None, None]:
        clip = self._film.parts[number].clip
        treatment = self._treatment
        predictor = ClipPredictor(clip, self._colourist, treatment, self._task)
        eyes = self._eyes(number, predictor.working)
        seen = eyes.seen(self._damage, number=number, index=index, since=since)
        try:
            with closing(ahead(seen, _AHEAD)) as frames:
                yield from colour(
                    frames,
                    predictor,
                    treatment.every,
                    treatment.smooth,
                    warm_up,
                    self._hinting(number, eyes),
                )
        finally:
            self.notices = (*self.notices, *predictor.notices)
            predictor.close()

    def _eyes(self, number: int, working: tuple[int, int]) -> Eyes:
        part, whole = self._film.parts[number], self._treatment.deinterlace
        return Eyes(part, working, self._encoder.chroma, whole, self._task.part(0.0, 0.0))

    def _hinting(self, number: int, eyes: Eyes) -> Hinting | None:
        """Return what lays a person's colours over a part of the film."""
        part, edit = self._film.parts[number], self._treatment.edit
        after = self._treatment.points_at - self._film.begin(number)
        places = []
        if edit.points and after >= 0 and (after < part.length or not part.clip.duration):
            places = [eyes.places([TimedPoint(part.start + after, p) for p in edit.points])]
        places += [eyes.shot_places(shot) for shot in part.shots if shot.points]
        return hinting(edit, laid(*places), self._task)
