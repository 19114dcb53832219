"""The clock's page at the desk."""

from django.urls import path

from baqylau.jobs import views

urlpatterns = [path("clock/", views.clock_page, name="jobs")]
