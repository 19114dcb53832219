"""Before the people: published numbers, open data, news, and the report to the commissioner."""
