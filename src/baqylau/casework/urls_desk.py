"""Desk pages of cases."""

from django.urls import path

from baqylau.casework import views, views_answers, views_files

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/answers/", views_answers.answers, name="case_answers"),
    path("cases/<slug:reference>/", views.case, name="case"),
    path("cases/<slug:reference>/assign/", views.assign, name="case_assign"),
    path("cases/<slug:reference>/attach/", views_files.attach, name="case_attach"),
    path("cases/<slug:reference>/files/<int:number>/", views_files.file, name="case_file"),
    path(
        "cases/<slug:reference>/files/<int:number>/remove/",
        views_files.remove,
        name="case_file_remove",
    ),
    path("cases/<slug:reference>/heir/", views.move, name="case_heir"),
    path("cases/<slug:reference>/strike/", views.strike, name="case_strike"),
    path("cases/<slug:reference>/step/<slug:kind>/", views.step, name="case_step"),
]
