"""The staff desk: everything below /desk/, in the language of the person at it."""

from django.urls import include, path

from baqylau.kernel.modules import registry

urlpatterns = [path("desk/", include(room.desk_urls)) for room in registry if room.desk_urls]

handler400 = "baqylau.web.errors.bad_request"
handler403 = "baqylau.web.errors.forbidden"
handler404 = "baqylau.web.errors.not_found"
handler500 = "baqylau.web.errors.server_error"
