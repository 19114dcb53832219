"""Public pages of bodies and reception rooms."""

from django.urls import path

from baqylau.institutions import views_public

urlpatterns = [
    path("receptions/", views_public.receptions, name="receptions"),
    path("districts/", views_public.districts, name="districts"),
    path("districts/<str:kato>/", views_public.district, name="district"),
    path("institutions/<slug:code>/", views_public.institution, name="institution"),
]
