"""Data sets and releases: one address for all languages, made from the table of operations."""

from django.urls import path

from baqylau.accountability.operations import operations
from baqylau.accountability.views.machines import VIEWS

urlpatterns = [
    path(
        each.route,
        VIEWS[each.kind],
        {"code": each.dataset.code, "suffix": each.kind.value} if each.dataset else {},
        name=each.name,
    )
    for each in operations()
]
