"""Public pages of the catalogue, at addresses that stay."""

from django.urls import path

from baqylau.catalogue.views import public

urlpatterns = [
    path("services/", public.services, name="services"),
    path("services/<slug:slug>/", public.service, name="service"),
    path("services/<slug:slug>/versions/", public.service_history, name="service_history"),
    path(
        "services/<slug:slug>/versions/<int:number>/",
        public.service_version,
        name="service_version",
    ),
    path("law/", public.laws, name="laws"),
    path("law/<slug:slug>/", public.law, name="law"),
    path("law/<slug:slug>/versions/", public.law_history, name="law_history"),
    path("law/<slug:slug>/versions/<int:number>/", public.law_version, name="law_version"),
]
