"""What stands for a person where there is no photo: initials on one of twelve tints."""

import zlib
from functools import lru_cache

TINTS = 12
INITIALS = 2


@lru_cache(maxsize=2000)
def initials(name: str) -> str:
    """Return one or two letters for a name or an address; for names in Chinese script the last two signs."""
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    if len(words) == 1 and all("\u4e00" <= sign <= "\u9fff" for sign in words[0]):
        return words[0][-INITIALS:]
    letters = words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()


@lru_cache(maxsize=2000)
def tint(key: object) -> int:
    """Return the avatar tint (1 to 12) of a key, the same in every process and for ever."""
    return zlib.crc32(str(key).encode()) % TINTS + 1
