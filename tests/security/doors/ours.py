"""Readers to which no foreign bytes come: what they read was written by ourselves, and where."""

from collections.abc import Mapping

OURS: Mapping[str, str] = {
    reader: reason
    for reason, readers in {
        "rows of our own tables, whose shape the journal's chain and constraints keep": """
            web/drawn.py:Drawn.page
            accountability/queries/papers.py:_account accountability/queries/papers.py:_cell
            accountability/queries/papers.py:_correction
            accountability/queries/papers.py:is_intact accountability/queries/releases.py:_before
            accountability/views/machines.py:record contacts/services/identity.py:still_open
            councils/figures_meetings.py:_held councils/figures_meetings.py:_planned
            figures/queries/telling.py:_day figures/queries/telling.py:told
            figures/rules/sealing.py:is_signed figures/verification_closings.py:_told
            jobs/letters.py:_send journal/queries.py:last_moment outreach/figures.py:_event
            outreach/rules/reaching.py:from_plain reception/figures.py:_presence
            reception/figures.py:run reception/figures.py:run_people
            reception/queries/history.py:_event reception/queries/presence.py:histories
            reception/queries/presence.py:subjects_of reception/verification.py:_told
            reports/queries/entries.py:entries_of reports/queries/entries.py:told_of
            reports/services/counting.py:_opened reports/services/filing.py:_store
            reports/services/filing.py:_slip_again reports/verification.py:_told
            councils/verification_comments.py:journalled reports/verification_keys.py:_told
            outreach/verification_steps.py:_told
            reports/verification_keys.py:differences
            contacts/rules.py:shown_phone staff/adapter.py:FactorAdapter.decrypt
        """,
        "sealed by ourselves: nothing is read before the seal has proved whose it is": """
            contacts/sealing.py:unseal outreach/sealing.py:unwrap reception/keyring.py:unseal
            reception/queries/drafts.py:opened_row reception/queries/letters.py:_said
            reception/queries/letters.py:contents reports/queries/reading.py:month_said
            reports/queries/reading.py:noted reports/rules/answers.py:read_answers
            reports/rules/answers.py:read_name reports/rules/contents.py:loaded
            reports/rules/contents.py:read_head_line
            reports/services/channel.py:names_told_later staff/queries.py:kept_texts
            staff/sealing.py:unseal reception/rules/wording.py:_day
            operation/wrapping.py:unwrap
        """,
        "shipped with the program, and read whole by the tests of its seeds": """
            catalogue/seeds.py:_files catalogue/seeds.py:act_seeds
            catalogue/seeds.py:service_seeds contacts/services/texts.py:shipped_texts
            councils/seeds.py:_day councils/seeds.py:load territories/services.py:_rows
            law/rule_table.py:_Row.read
        """,
        "written by ourselves a moment before, in this process or in one that it started": """
            documents/accounts/apart.py:answered documents/accounts/apart.py:work
            documents/accounts/filling.py:_Filled.render_xml_part
            documents/accounts/filling.py:_packed documents/clean/limits.py:unpacked
            documents/letters.py:write_docx documents/minutes.py:write_docx
            figures/rules/disclosing/carrying.py:choice_of
            figures/rules/disclosing/carrying.py:question_of operation/archive.py:write
            reports/services/bundling.py:write_bundle
        """,
        "takes a digest or a key apart that we have made ourselves": """
            figures/rules/disclosing/chance.py:_number reception/keyring.py:code_of
            reception/rules/drawing.py:is_drawn seal/bech32.py:_fives
            seal/people.py:fingerprint reports/queries/weeks.py:public_key
            operation/sealing.py:recovery
            reports/services/weeks.py:_publish
        """,
        "a time or an address of our own code or settings, checked when it is read": """
            jobs/rules.py:is_due reception/services/digest.py:_next_letter
            config/environment.py:masked
        """,
        "bytes by their own digest, given on and not taken apart": """
            files/store.py:read
        """,
    }.items()
    for reader in readers.split()
}
"""Why nothing foreign comes there, by reader."""
