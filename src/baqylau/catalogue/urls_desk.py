"""Desk pages of the catalogue."""

from django.urls import path

from baqylau.catalogue.views import desk, register, words

urlpatterns = [
    path("catalogue/", desk.cards, name="catalogue"),
    path("catalogue/export.<str:kind>", desk.export, name="catalogue_export"),
    path("catalogue/cards/new/", desk.new_law_card, name="catalogue_new"),
    path("catalogue/cards/<str:code>/", desk.card, name="catalogue_card"),
    path("catalogue/cards/<str:code>/edit/", desk.edit, name="catalogue_edit"),
    path("catalogue/cards/<str:code>/preview/", desk.preview, name="catalogue_preview"),
    path("catalogue/cards/<str:code>/difference/", desk.difference, name="catalogue_difference"),
    path("catalogue/cards/<str:code>/publish/", desk.publish, name="catalogue_publish"),
    path("catalogue/cards/<str:code>/discard/", desk.discard, name="catalogue_discard"),
    path("catalogue/cards/<str:code>/withdraw/", desk.withdraw, name="catalogue_withdraw"),
    path("catalogue/cards/<str:code>/check/", desk.check, name="catalogue_check"),
    path("catalogue/services/", register.services, name="catalogue_services"),
    path("catalogue/services/new/", register.new, name="catalogue_service_new"),
    path("catalogue/services/<str:code>/", register.service, name="catalogue_service"),
    path("catalogue/services/<str:code>/card/", register.begin, name="catalogue_begin"),
    path("catalogue/words/", words.aliases, name="catalogue_words"),
    path("catalogue/words/<int:pk>/remove/", words.remove, name="catalogue_word_remove"),
    path("catalogue/missed/", words.missed, name="catalogue_missed"),
    path("catalogue/missed/settle/", words.settle, name="catalogue_missed_settle"),
    path("catalogue/acts/", register.acts, name="catalogue_acts"),
]
