"""What every page shares: frame, components, errors, languages, the two trees of pages."""
