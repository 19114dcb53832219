"""Desk pages of the register of data breaches."""

from django.urls import path

from baqylau.breaches import views

urlpatterns = [
    path("breaches/", views.listing, name="breaches"),
    path("breaches/new/", views.new, name="breach_new"),
    path("breaches/<int:pk>/", views.breach, name="breach"),
    path("breaches/<int:pk>/change/", views.change, name="breach_change"),
    path("breaches/<int:pk>/tell/", views.tell, name="breach_tell"),
    path("breaches/<int:pk>/close/", views.close, name="breach_close"),
]
