"""The public tree: Kazakh at the root, Russian and English below their codes. No cookie."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from baqylau.kernel.modules import registry

urlpatterns = [
    *(path("", include(room.data_urls)) for room in registry if room.data_urls),
    *i18n_patterns(
        *(path("", include(room.public_urls)) for room in registry if room.public_urls),
        prefix_default_language=False,
    ),
]

handler400 = "baqylau.web.errors.bad_request"
handler403 = "baqylau.web.errors.forbidden"
handler404 = "baqylau.web.errors.not_found"
handler500 = "baqylau.web.errors.server_error"
