"""Koshiqon: an open laboratory for migration policy."""

__version__ = "0.1.0"
