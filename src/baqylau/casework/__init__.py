"""Cases: what somebody wants done, by whom and until when. No person is ever named here."""
