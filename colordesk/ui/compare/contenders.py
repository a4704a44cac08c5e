"""Which results are compared: models on the photo's edit, and whole edits that were set aside.

Invariant: at most `MOST_RESULTS` are chosen, and every one that is chosen can be made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colordesk.edit import Edit
from colordesk.ui.compare.entry import MOST_RESULTS, Entry, Role
from colordesk.ui.model_words import summary

if TYPE_CHECKING:
    from colordesk.inference.library import Model

_AT_FIRST = 4


@dataclass(frozen=True)
class Offer:
    """Something that can be compared."""

    key: str
    title: str
    tip: str
    chosen: bool
    is_model: bool


class Contenders(QObject):
    """The list to choose from, and the choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._models: dict[str, Model] = {}
        self._default: str | None = None
        self._kept: dict[str, tuple[str, Edit]] = {}
        self._count = 0
        self._base = Edit()
        self._chosen: list[str] = []

    def set_models(self, models: Sequence[Model], default: str | None, wanted: str = "") -> None:
        """Offer models.

        Args:
            models: all that there are.
            default: id of the one that an edit without a model means.
            wanted: ids that were chosen the last time, separated by spaces.
        """
        self._models = {model.manifest.id: model for model in models}
        self._default = default
        known = [f"model:{name}" for name in wanted.split() if name in self._models]
        first = [f"model:{name}" for name in self._models][:_AT_FIRST]
        chosen = known if len(known) > 1 else first
        self._chosen = (chosen + [key for key in self._chosen if key in self._kept])[:MOST_RESULTS]
        self.changed.emit()

    @property
    def base(self) -> Edit:
        """What all models share: everything of an edit but its model."""
        return self._base

    def set_base(self, edit: Edit) -> None:
        """Take over everything but the model from an edit."""
        if edit != self._base:
            self._base = edit
            self.changed.emit()

    def keep(self, edit: Edit, name: str) -> None:
        """Set an edit aside under a name and choose it."""
        if not name or any(name == kept for kept, _ in self._kept.values()):
            name = f"{name} {self._count + 1}".strip()
        self._count += 1
        key = f"edit:{self._count}"
        self._kept[key] = name, edit
        self._chosen = [*self._chosen[: MOST_RESULTS - 1], key]
        self.changed.emit()

    def remove(self, key: str) -> None:
        """Forget an edit that was set aside."""
        if self._kept.pop(key, None) is not None:
            self._chosen = [other for other in self._chosen if other != key]
            self.changed.emit()

    def choose(self, key: str, on: bool) -> None:
        """Compare something, or leave it out."""
        if on == (key in self._chosen) or (on and self.is_full):
            return
        self._chosen = [other for other in self._chosen if other != key] + [key] * on
        self.changed.emit()

    @property
    def is_full(self) -> bool:
        """Whether no more can be chosen."""
        return len(self._chosen) >= MOST_RESULTS

    @property
    def chosen_models(self) -> str:
        """Ids of the models that are chosen, separated by spaces."""
        found = [key.removeprefix("model:") for key in self._chosen if key.startswith("model:")]
        return " ".join(found)

    def offers(self) -> list[Offer]:
        """Return everything that can be compared."""
        models = [
            Offer(f"model:{name}", model.manifest.title, summary(model), False, True)
            for name, model in self._models.items()
        ]
        edits = [Offer(key, name, "", False, False) for key, (name, _) in self._kept.items()]
        return [
            dataclasses.replace(offer, chosen=offer.key in self._chosen)
            for offer in (*models, *edits)
        ]

    def results(self) -> tuple[Entry, ...]:
        """Return what is chosen, numbered in the order of the list."""
        chosen = [offer for offer in self.offers() if offer.chosen]
        return tuple(
            Entry(offer.key, offer.title, Role.RESULT, self.edit(offer.key), number)
            for number, offer in enumerate(chosen, 1)
        )

    def edit(self, key: str) -> Edit:
        """Return what a choice means for the photo at hand."""
        if key in self._kept:  # in the photo's shape, so that all can be seen together
            return dataclasses.replace(self._kept[key][1], geometry=self._base.geometry)
        name = key.removeprefix("model:")
        return dataclasses.replace(self._base, model=None if name == self._default else name)
