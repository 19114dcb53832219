"""Terms set by law: rules, the calendar, deadlines that explain themselves.

Plain Python: dates and tables in, deadlines and sentences out. Nothing here reads the clock.
"""
