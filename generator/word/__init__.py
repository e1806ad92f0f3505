"""Template and fields to the bytes of a Word file."""

from generator.word.render import render

__all__ = ["render"]
