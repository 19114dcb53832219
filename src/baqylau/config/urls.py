"""Both trees in one process."""

from baqylau.config import urls_desk, urls_public

urlpatterns = [*urls_desk.urlpatterns, *urls_public.urlpatterns]

handler400 = "baqylau.web.errors.bad_request"
handler403 = "baqylau.web.errors.forbidden"
handler404 = "baqylau.web.errors.not_found"
handler500 = "baqylau.web.errors.server_error"
