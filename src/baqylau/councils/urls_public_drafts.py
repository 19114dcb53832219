"""Public pages of drafts under discussion."""

from django.urls import path

from baqylau.councils.views import drafts

urlpatterns = [
    path("drafts/", drafts.listing, name="drafts"),
    path("drafts/comment/", drafts.comment, name="draft_comment"),
    path("drafts/comments/", drafts.comments_of_all, name="draft_comments_all"),
    path("drafts/<slug:code>/", drafts.draft, name="draft"),
    path("drafts/<slug:code>/report/", drafts.report, name="draft_report"),
    path("drafts/<slug:code>/points.csv", drafts.points_csv, name="draft_points_csv"),
    path("drafts/<slug:code>/comments.csv", drafts.comments_csv, name="draft_comments_csv"),
    path("drafts/<slug:code>/<int:order>/", drafts.point, name="draft_point"),
    path("drafts/<slug:code>/<int:order>/comments/", drafts.said, name="draft_comments"),
]
