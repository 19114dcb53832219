"""A second way to count terms, to check the first: strings and lists, its own table of days.

Nothing here comes from `baqylau.law` or from a calendar library: the table was written out by
hand from the law on holidays and the yearly decrees, and days are counted by walking.
"""

# Weekdays off, as month and day, by year; then the weekend days that were worked.
OFF = {
    2016: "0101 0104 0107 0307 0308 0321 0322 0323 0502 0509 0510 0706 0830 0912 1201 1216 1219",
    2017: "0102 0103 0308 0320 0321 0322 0323 0501 0508 0509 0706 0707 0830 0901 1201 1218 1219",
    2018: "0101 0102 0308 0309 0321 0322 0323 0430 0501 0507 0508 0509 0706 0821 0830 0831 1203 "
    "1217 1218 1231",
    2019: "0101 0102 0107 0308 0321 0322 0325 0501 0507 0509 0510 0708 0830 1202 1216 1217",
    2020: "0101 0102 0103 0107 0309 0323 0324 0325 0501 0507 0508 0706 0731 0831 1201 1216 1217 "
    "1218",
    2021: "0101 0104 0107 0308 0322 0323 0324 0503 0507 0510 0705 0706 0720 0830 1201 1216 1217",
    2022: "0103 0104 0107 0307 0308 0321 0322 0323 0502 0509 0510 0706 0829 0830 1024 1025 1216",
    2023: "0102 0103 0308 0321 0322 0323 0501 0508 0509 0628 0706 0707 0830 1025 1218",
    2024: "0101 0102 0308 0321 0322 0325 0501 0507 0508 0509 0708 0830 1025 1216",
    2025: "0101 0102 0103 0107 0310 0321 0324 0325 0501 0507 0509 0606 0707 0901 1027 1216",
    2026: "0101 0102 0107 0309 0323 0324 0325 0501 0507 0511 0527 0706 1026 1216",
    2027: "0101 0104 0107 0308 0315 0322 0323 0324 0503 0507 0510 0706 1025 1216",
    2028: "0103 0104 0107 0308 0315 0321 0322 0323 0501 0505 0508 0509 0706 1025 1218",
    2029: "0101 0102 0308 0315 0321 0322 0323 0424 0501 0507 0509 0706 1025 1217",
    2030: "0101 0102 0107 0308 0315 0321 0322 0325 0501 0507 0509 0708 1025 1216",
}
WORKED = {
    2016: "0305",
    2017: "0318 0701",
    2018: "0303 0428 0505 0825 1229",
    2019: "0504",
    2020: "0105 1220",
    2021: "0703",
    2022: "0305 0827 1022",
    2023: "0701",
    2024: "0504",
    2025: "0105",
}
OUTSIDE = "outside"
FRIDAY = 4  # 1 January 2016


def month_length(year: int, month: int) -> int:
    """Return the days in a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def walk() -> tuple[list[str], list[str]]:
    """Return every day of the table as text, and for each day a letter: w worked, o off."""
    days, marks, weekday = [], [], FRIDAY
    for year, off_days in OFF.items():
        off, worked = off_days.split(), WORKED.get(year, "").split()
        for month in range(1, 13):
            for day in range(1, month_length(year, month) + 1):
                key = f"{month:02}{day:02}"
                is_off = key in off or (weekday > FRIDAY and key not in worked)
                days.append(f"{year}-{month:02}-{day:02}")
                marks.append("o" if is_off else "w")
                weekday = (weekday + 1) % 7
    return days, marks


DAYS, MARKS = walk()
PLACE = {day: place for place, day in enumerate(DAYS)}


def months_on(day: str, months: int) -> str:
    """Return the same day some months on, as text, cut to the length of the month."""
    year, month, number = (int(part) for part in day.split("-"))
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return f"{year}-{month:02}-{min(number, month_length(year, month)):02}"


def settle(place: int, step: int) -> int:
    """Walk from a place in the table until a worked day; -1 when the table ends."""
    while 0 <= place < len(DAYS):
        if MARKS[place] == "w":
            return place
        place += step
    return -1


def due(start: str, amount: int, unit: str, *, is_receipt: bool, is_late: bool) -> str:
    """Return the due date as text, or OUTSIDE when the walk leaves the table."""
    place = PLACE[start]
    if is_receipt:
        if is_late and MARKS[place] == "w":
            place += 1
        place = settle(place, 1)
        if place < 0:
            return OUTSIDE
    step = -1 if amount < 0 else 1
    if unit == "working_day" and amount:
        for _ in range(abs(amount)):
            place = settle(place + step, step)
            if place < 0:
                return OUTSIDE
        return DAYS[place]
    if unit == "month":
        place = PLACE.get(months_on(DAYS[place], amount), -1)
    else:
        place += amount
    place = settle(place, step)
    return DAYS[place] if place >= 0 else OUTSIDE
