"""Councils and public control: from a draft to a promise that was kept."""
