"""The sealing of reports: receipts, keys, items, shares and slips. Bytes in, bytes out.

Plain Python over age (`pyrage`), libsodium (`PyNaCl`) and SLIP-39 (`shamir-mnemonic`): no cipher of
our own. Nothing here asks for the time, a database or a file. The scheme: docs/seal.md.

Secrets never show in a `repr`. They are not wiped from memory either: Python moves and copies bytes
as it likes, and pretending to wipe them would promise what nobody can keep.
"""
