"""The modules that exist: those of the product, and the sample that the tests bring."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "baqylau"
NAMES = (
    "reception",
    "reports",
    "audits",
    "councils",
    "surveys",
    "outreach",
    "accountability",
)
ALL_MODULES = (
    *(f"baqylau.{name}" for name in NAMES if (PACKAGE / name / "apps.py").exists()),
    "tests.sample",
)
NONE = "none"
"""Stands for "no module at all" in BAQYLAU_TEST_MODULES."""
