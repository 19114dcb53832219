"""Public pages of the frame."""

from django.urls import path

from baqylau.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
]
