"""Reads the data of a published Interference Atlas: manifest, checksums, cache, and the words that belong to numbers."""

from .atlas import Atlas, AtlasError, Rows

__all__ = ["Atlas", "AtlasError", "Rows"]
