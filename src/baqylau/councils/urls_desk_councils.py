"""Desk pages of councils and their meetings."""

from django.urls import path

from baqylau.councils.views import councils, holding, meetings

urlpatterns = [
    path("councils/", councils.listing, name="councils_desk"),
    path("councils/new/", councils.edit, name="council_new"),
    path("councils/categories/", councils.categories, name="council_categories"),
    path("councils/categories/new/", councils.category, name="council_category_new"),
    path("councils/categories/<slug:code>/", councils.category, name="council_category"),
    path("councils/members/<slug:code>/", councils.edit_member, name="council_member_edit"),
    path("councils/members/<slug:code>/interests/", councils.declare, name="interest_declare"),
    path("councils/interests/<int:pk>/end/", councils.end_interest, name="interest_end"),
    path("councils/<slug:code>/", councils.council, name="council_desk"),
    path("councils/<slug:code>/edit/", councils.edit, name="council_edit"),
    path("councils/<slug:code>/members/new/", councils.add_member, name="council_member_new"),
    path("councils/<slug:code>/plan/", meetings.plan, name="meeting_plan"),
    path("meetings/<slug:code>/", meetings.meeting, name="meeting_desk"),
    path("meetings/<slug:code>/edit/", meetings.edit, name="meeting_edit"),
    path("meetings/<slug:code>/invite/", meetings.invite, name="meeting_invite"),
    path("meetings/<slug:code>/cancel/", meetings.cancel, name="meeting_cancel"),
    path("meetings/<slug:code>/came/", holding.attendance, name="meeting_came"),
    path("meetings/<slug:code>/minutes/", holding.minutes, name="minutes_write"),
    path("meetings/<slug:code>/publish/", holding.publish, name="minutes_publish"),
    path(
        "meetings/<slug:code>/minutes/<slug:language>.<slug:form>",
        holding.draft,
        name="minutes_draft",
    ),
    path("meetings/<slug:code>/items/new/", meetings.item, name="item_new"),
    path("meetings/<slug:code>/items/<int:number>/", meetings.item, name="item_edit"),
    path(
        "meetings/<slug:code>/items/<int:number>/remove/", meetings.remove_item, name="item_remove"
    ),
    path("meetings/<slug:code>/items/<int:number>/paper/", meetings.paper, name="paper_new"),
    path("meetings/<slug:code>/items/<int:number>/vote/", holding.vote, name="item_vote"),
    path("meetings/<slug:code>/items/<int:number>/votes/", holding.votes, name="item_votes"),
    path("meetings/<slug:code>/items/<int:number>/decide/", holding.decide, name="item_decide"),
    path("meetings/<slug:code>/items/<int:number>/reopen/", holding.reopen, name="item_reopen"),
    path("meetings/<slug:code>/papers/<int:pk>/", meetings.paper_content, name="paper_desk"),
    path(
        "meetings/<slug:code>/papers/<int:pk>/remove/", meetings.remove_paper, name="paper_remove"
    ),
]
