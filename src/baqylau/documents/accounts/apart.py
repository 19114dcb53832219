"""The process that fills a foreign template: fenced, fed by a pipe, answering by a pipe.

`word` starts it. It takes JSON and gives the file, or the reason why there is none.
"""

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from baqylau.documents.accounts import limits
from baqylau.documents.accounts.errors import AccountError, Place
from baqylau.documents.accounts.pictures import Image
from baqylau.documents.accounts.texts import Tree

MADE, REFUSED = b"M", b"R"
_PARAMS: Final = 200
"""Signs of a parameter that a refusal may bring back."""


def asked(template: bytes, told: Tree | None, images: Sequence[Image], day: date) -> bytes:
    """What the process is fed; without `told` it only checks."""
    pictures = [
        {"content": b64encode(each.content).decode(), "width": each.width, "alt": each.alt}
        for each in images
    ]
    packed = {"template": b64encode(template).decode(), "day": day.isoformat()}
    return json.dumps({**packed, "told": told, "images": pictures}).encode()


def answered(answer: bytes) -> bytes:
    """The file that it made. Raises: AccountError."""
    if answer[:1] == MADE:
        return answer[1:]
    try:
        found = json.loads(answer[1:]) if answer[:1] == REFUSED else {}
        place = Place(**found["place"]) if found["place"] else None
        params = {str(name): _short(value) for name, value in found["params"].items()}
        refusal = AccountError(found["code"], place, **params)
        refusal.sentence("kk")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AccountError("template_kind") from None
    raise refusal


def _short(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)[:_PARAMS]


def work(fed: bytes) -> bytes:
    """Fill or check; whatever happens is an answer."""
    from baqylau.documents.accounts import archive, filling  # noqa: PLC0415 - heavy
    from baqylau.documents.clean import fence  # noqa: PLC0415 - only where there is a fence

    task: dict[str, Any] = json.loads(fed)
    "".encode("cp437")  # names in archives; nothing can be loaded behind the fence
    fence.shut(limits.MEMORY, limits.SECONDS)
    template = b64decode(task["template"])
    images = [Image(b64decode(each.pop("content")), **each) for each in task["images"]]
    try:
        archive.weigh(template)
        filling.check(template)
        if task["told"] is None:
            return MADE
        made = filling.fill(template, task["told"], images, date.fromisoformat(task["day"]))
    except AccountError as refusal:
        return _refused(refusal)
    except Exception:  # noqa: BLE001 - a broken file makes its readers trip over anything
        return _refused(AccountError("template_kind"))
    return MADE + made


def _refused(refusal: AccountError) -> bytes:
    place = asdict(refusal.place) if refusal.place else None
    told = {"code": refusal.code, "params": refusal.params, "place": place}
    return REFUSED + json.dumps(told).encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))
