"""Desk pages of final documents and of recommendations."""

from django.urls import path

from baqylau.councils.views import documents, following

urlpatterns = [
    # Final documents
    path("documents/", documents.documents, name="final_documents"),
    path("documents/new/", documents.new, name="final_document_new"),
    path("documents/<slug:code>/", documents.document, name="final_document"),
    path("documents/<slug:code>/change/", documents.edit, name="final_document_edit"),
    path("documents/<slug:code>/sign/", documents.sign, name="final_document_sign"),
    path("documents/<slug:code>/publish/", documents.publish, name="final_document_publish"),
    path("documents/<slug:code>/hide/", documents.hide, name="final_document_hide"),
    path("documents/<slug:code>/recommend/", documents.recommend, name="final_document_recommend"),
    path(
        "documents/<slug:code>/recommendations/<slug:each>/",
        documents.recommend,
        name="final_document_recommendation",
    ),
    path(
        "documents/<slug:code>/recommendations/<slug:each>/leave-out/",
        documents.leave_out,
        name="final_document_leave_out",
    ),
    path(
        "documents/<slug:code>/to/<slug:body>/<slug:what>/",
        documents.deliver,
        name="final_document_deliver",
    ),
    path(
        "documents/<slug:code>/paper/<slug:language>.<slug:form>",
        documents.download,
        name="final_document_file",
    ),
    # Recommendations
    path("promises/", following.promises, name="promises_desk"),
    path("promises/<str:number>/", following.promise, name="promise_desk"),
    path("promises/<str:number>/step/<slug:kind>/", following.step, name="promise_step"),
    path("promises/<str:number>/strike/", following.strike, name="promise_strike"),
    path("promises/<str:number>/give/", following.give, name="promise_give"),
    path("promises/<str:number>/letters/<int:step>/", following.scan, name="promise_scan"),
]
