"""The bottom of the house: errors, time, periods, and how rooms show themselves."""
