"""What is kept and what is let go."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

from colordesk.cache import Cache, give_memory_back

if TYPE_CHECKING:
    import pytest


def test_what_was_not_used_for_longest_goes_first() -> None:
    cache = Cache(100)
    for name in "abcd":
        cache.put(name, name.upper(), 30)
        cache.get("a")
    assert [cache.get(name) for name in "abcd"] == ["A", None, "C", "D"]


def test_what_is_too_large_drives_nothing_out() -> None:
    cache = Cache(100)
    cache.put("a", "A", 100)
    cache.put("huge", "HUGE", 101)
    assert (cache.get("a"), cache.get("huge")) == ("A", None)


def test_the_first_value_of_a_key_stays() -> None:
    cache = Cache(100)
    cache.put("a", 1, 60)
    cache.put("a", 2, 60)
    cache.put("b", 3, 40)
    assert (cache.get("a"), cache.get("b")) == (1, 3)


def test_nothing_is_left_after_clearing() -> None:
    cache = Cache(100)
    cache.put("a", 1, 60)
    cache.clear()
    assert cache.get("a") is None
    cache.put("b", 2, 90)
    cache.put("c", 3, 10)
    assert (cache.get("b"), cache.get("c")) == (2, 3)


def test_memory_is_given_back_where_the_c_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    glibc = SimpleNamespace(malloc_trim=asked.append)
    monkeypatch.setattr(sys, "platform", "linux")
    for library in (glibc, SimpleNamespace()):  # another one has no such function
        monkeypatch.setattr(ctypes, "CDLL", lambda name, found=library: found)
        give_memory_back()
    assert asked == [0]
