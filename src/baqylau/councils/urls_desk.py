"""Desk pages: councils, meetings, drafts, final documents, recommendations."""

from baqylau.councils import urls_desk_councils, urls_desk_drafts, urls_desk_promises

urlpatterns = [
    *urls_desk_promises.urlpatterns,
    *urls_desk_drafts.urlpatterns,
    *urls_desk_councils.urlpatterns,
]
