"""The languages, and one text in all of them, as the whole house knows them."""

from baqylau.kernel.words import LANGUAGES, Language, Reader, Wording, reader

__all__ = ["LANGUAGES", "Language", "Reader", "Wording", "reader"]
