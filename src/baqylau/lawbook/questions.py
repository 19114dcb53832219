"""The terms that residents ask about, in their own words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

QUESTIONS: Mapping[str, str | Promise] = {
    "app.answer": _("I filed an appeal: when must they answer?"),
    "app.redirect": _("I wrote to the wrong office: when must they pass it on and tell me?"),
    "cmp.file": _("I was refused or not answered: until when can I complain?"),
    "cmp.decide": _("I complained to a higher office: when must it decide?"),
    "court.file": _("My complaint was decided: until when can I go to court?"),
    "svc.complaint_provider": _("I complained to the office that serves me: when must it answer?"),
    "svc.complaint_quality_body": _(
        "I complained to the body that watches service quality: when must it answer?"
    ),
    "info.answer": _("I asked for information: when must they answer?"),
    "pc.final_doc_answer": _("We sent a final document of public control: when is an answer due?"),
    "council.answer": _("A public council sent a recommendation: when is an answer due?"),
}
"""Each rule with its question, most asked first."""
