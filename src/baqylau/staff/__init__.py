"""Who works here: accounts, roles, the permission table, life at a shared desk."""
