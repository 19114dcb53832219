"""Desk pages: contracts, accounts to the commissioner, what the commissioner sees, releases."""

from django.urls import path

from baqylau.accountability.views import (
    accounts,
    contracts,
    money,
    papers,
    received,
    releases,
    voices,
)

urlpatterns = [
    # Contracts
    path("contracts/", contracts.listing, name="contracts"),
    path("contracts/new/", contracts.add, name="contract_new"),
    path("contracts/<int:pk>/", contracts.contract, name="contract"),
    path("contracts/<int:pk>/terms/", contracts.edit, name="contract_edit"),
    path("contracts/<int:pk>/plan/", contracts.plan, name="contract_plan"),
    path("contracts/<int:pk>/indicators/new/", contracts.indicator, name="indicator_new"),
    path("contracts/<int:pk>/indicators/<int:key>/", contracts.indicator, name="indicator"),
    path("contracts/<int:pk>/indicators/<int:key>/fact/", contracts.fact, name="fact_new"),
    path("contracts/<int:pk>/indicators/<int:key>/facts/", contracts.facts, name="facts"),
    path("contracts/<int:pk>/facts/<int:key>/", contracts.fact_document, name="fact_document"),
    path("contracts/<int:pk>/lines/new/", money.line, name="line_new"),
    path("contracts/<int:pk>/lines/<int:key>/", money.line, name="line"),
    path("contracts/<int:pk>/lines/<int:key>/spend/", money.spend, name="spend"),
    path("contracts/<int:pk>/spent/<int:key>/", money.spending_document, name="spent_document"),
    path("contracts/<int:pk>/spent/<int:key>/strike/", money.strike, name="spent_strike"),
    path("contracts/<int:pk>/stages/new/", money.stage, name="stage_new"),
    path("contracts/<int:pk>/stages/<int:key>/", money.stage, name="stage"),
    path("contracts/<int:pk>/account/", accounts.begin, name="account_new"),
    # Accounts to the commissioner
    path("commissioner/", accounts.listing, name="accounts"),
    path("commissioner/templates/", papers.templates, name="account_templates"),
    path("commissioner/templates/ours/", papers.template_ours, name="account_template_ours"),
    path(
        "commissioner/templates/<slug:language>/drop/",
        papers.template_drop,
        name="account_template_drop",
    ),
    path("commissioner/<int:pk>/", accounts.account, name="account"),
    path("commissioner/<int:pk>/texts/", accounts.write, name="account_write"),
    path("commissioner/<int:pk>/approve/", accounts.approve, name="account_approve"),
    path("commissioner/<int:pk>/reopen/", accounts.reopen, name="account_reopen"),
    path("commissioner/<int:pk>/seal/", accounts.seal, name="account_seal"),
    path("commissioner/<int:pk>/send/", accounts.send, name="account_send"),
    path("commissioner/<int:pk>/again/", accounts.again, name="account_again"),
    path("commissioner/<int:pk>/content/", accounts.frozen, name="account_content"),
    path("commissioner/<int:pk>/make/", papers.make, name="account_make"),
    path("commissioner/<int:pk>/pictures/new/", papers.picture, name="account_picture_new"),
    path(
        "commissioner/<int:pk>/pictures/<int:key>/", papers.picture_content, name="account_picture"
    ),
    path(
        "commissioner/<int:pk>/pictures/<int:key>/remove/",
        papers.picture_remove,
        name="account_picture_remove",
    ),
    path(
        "commissioner/<int:pk>/<slug:language>/<slug:form>/",
        papers.document,
        name="account_document",
    ),
    # What the commissioner's official sees
    path("received/", received.listing, name="received"),
    path("received/<int:pk>/", received.account, name="received_account"),
    path("received/<int:pk>/content/", received.frozen, name="received_content"),
    path(
        "received/<int:pk>/<slug:language>/<slug:form>/",
        received.document,
        name="received_document",
    ),
    path("progress/", received.contract_list, name="progress_list"),
    path("progress/<int:pk>/", received.progress, name="progress"),
    # News, replies, complaints
    path("news/", voices.posts, name="news_desk"),
    path("news/new/", voices.write, name="news_new"),
    path("news/<int:pk>/", voices.post, name="news_look"),
    path("news/<int:pk>/write/", voices.write, name="news_write"),
    path("news/<int:pk>/publish/", voices.publish, name="news_publish"),
    path("news/<int:pk>/pictures/new/", voices.add_picture, name="news_picture_new"),
    path("news/<int:pk>/pictures/<int:key>/", voices.picture, name="news_picture_desk"),
    path(
        "news/<int:pk>/pictures/<int:key>/remove/",
        voices.remove_picture,
        name="news_picture_remove",
    ),
    path("replies/", voices.replies, name="replies"),
    path("replies/new/", voices.note_reply, name="reply_new"),
    path("replies/<int:pk>/letter/", voices.reply_letter, name="reply_letter"),
    path("replies/<int:pk>/withdraw/", voices.withdraw_reply, name="reply_withdraw"),
    path("complaints/", voices.complaints, name="complaints_desk"),
    path("complaints/new/", voices.note_complaint, name="complaint_new"),
    path("complaints/<int:pk>/", voices.settle, name="complaint_settle"),
    # Releases of open data
    path("releases/", releases.listing, name="releases"),
    path("releases/publish/", releases.publish, name="release_publish"),
]
