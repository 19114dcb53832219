"""Press what leads to another page: the tests read that page, and neither the old one nor a half.

A click alone waits until the other page begins to come. What is read then may lack its end or its
style sheet, and a busy machine is slow enough to show it.
"""

from playwright.sync_api import Locator, Page


def press(tab: Page, what: str | Locator, key: str = "") -> None:
    """Click it, or press that key upon it, and wait until the page to which it leads has loaded.

    `what` is a selector (its first match) or a place. Whatever opens something within the page,
    prints, or is downloaded leads nowhere, and is clicked as usual.
    """
    place = tab.locator(what).first if isinstance(what, str) else what
    with tab.expect_navigation():
        if key:
            place.press(key)
        else:
            place.click()
