"""Which cells of which tables may be published for ever, so that none gives another away.

`facts` holds the shapes, `choosing.choose` decides, `knowledge` says what a published table tells,
`bounding` asks how closely a sum is known then, `carrying` writes it all as JSON for a process
of its own. docs/disclosure.md explains the whole.
"""
