"""The sample's public page."""

from django.urls import path

from tests.sample import views

urlpatterns = [path("sample/", views.public, name="sample")]
