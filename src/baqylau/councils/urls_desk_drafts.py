"""Desk pages of drafts and of comments on them."""

from django.urls import path

from baqylau.councils.views import comments_desk, drafts_desk

urlpatterns = [
    path("drafts/", drafts_desk.listing, name="drafts_desk"),
    path("drafts/new/", drafts_desk.head, name="draft_new"),
    path("drafts/comments/<slug:code>/", comments_desk.look, name="draft_comment_desk"),
    path(
        "drafts/comments/<slug:code>/publish/", comments_desk.publish, name="draft_comment_publish"
    ),
    path("drafts/<slug:code>/", drafts_desk.look, name="draft_look"),
    path("drafts/<slug:code>/head/", drafts_desk.head, name="draft_head"),
    path("drafts/<slug:code>/text/", drafts_desk.text, name="draft_text"),
    path("drafts/<slug:code>/file/", drafts_desk.file, name="draft_file"),
    path("drafts/<slug:code>/publish/", drafts_desk.publish, name="draft_publish"),
    path("drafts/<slug:code>/longer/", drafts_desk.extend, name="draft_extend"),
    path("drafts/<slug:code>/paper/", drafts_desk.paper, name="draft_paper"),
    path("drafts/<slug:code>/comments/", comments_desk.listing, name="draft_comments_desk"),
]
