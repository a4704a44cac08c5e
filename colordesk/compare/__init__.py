"""Judging colorizers by photographs whose true colours are known."""
