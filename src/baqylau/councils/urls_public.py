"""Public pages: the register of recommendations, councils, drafts under discussion."""

from baqylau.councils import urls_public_councils, urls_public_drafts, urls_public_promises

urlpatterns = [
    *urls_public_promises.urlpatterns,
    *urls_public_drafts.urlpatterns,
    *urls_public_councils.urlpatterns,
]
