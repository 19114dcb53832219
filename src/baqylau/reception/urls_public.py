"""Public pages of the reception."""

from django.urls import path

from baqylau.reception.views import status

urlpatterns = [path("status/", status.status, name="status")]
