"""Clean copies of foreign images and PDFs."""
