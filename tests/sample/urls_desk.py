"""The sample's desk page."""

from django.urls import path

from tests.sample import views

urlpatterns = [path("sample/", views.at_the_desk, name="sample_desk")]
