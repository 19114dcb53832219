"""The reception desk: consultations, slips, letters, calls back."""
