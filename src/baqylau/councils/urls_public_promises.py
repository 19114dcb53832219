"""Public pages of recommendations: the register, a page of each, the feed."""

from django.urls import path

from baqylau.councils.views import promises

urlpatterns = [
    path("promises/", promises.promises, name="promises"),
    path("promises/feed.atom", promises.feed, name="promises_feed"),
    path("promises/pictures/<slug:digest>.jpg", promises.picture, name="promise_picture"),
    path("promises/documents/<str:number>/", promises.document, name="published_document"),
    path("promises/<str:number>/", promises.promise, name="promise"),
]
