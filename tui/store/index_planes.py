"""Words of one length as planes of bits: bit n of every plane belongs to word n.

The first plane says which places hold a word. The others hold one bit each of the code points at
one place of the words: the lowest ``WIDTHS[script]`` bits, lowest first, place after place. A
place without a word has no bit in any plane.
"""

from __future__ import annotations

from tui.store.index_schema import CYRILLIC, LATIN, WIDTHS

# Known to type checkers by its name; importing ``typing`` would cost half an interpreter.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

HOLE = "\0"
"""Stands, as often as a word is long, where no word is."""

_tables: list[bytes] = []
_spread: list[bytes] = []


def planes_of(script: int, length: int) -> int:
    """Return how many planes a part has."""
    return 1 + length * WIDTHS[script]


def pack(words: Sequence[str], script: int, length: int) -> bytes:
    """Return the planes of some words of one length, holes among them; eight places a byte."""
    stride = -(-len(words) // 8)
    points = "".join(words).encode("utf-32-le")
    planes = [_plane("".join(["0" if w[0] == HOLE else "1" for w in words]).encode(), stride)]
    for place in range(length):
        for bit in range(WIDTHS[script]):
            column = points[place * 4 + bit // 8 :: length * 4]
            planes.append(_plane(column.translate(_digits(bit % 8)), stride))
    return b"".join(planes)


def _plane(digits: bytes, stride: int) -> bytes:
    return int(digits[::-1] or b"0", 2).to_bytes(stride, "little")


def unpack(planes: bytes, script: int, length: int) -> list[str]:
    """Return what every place of a part holds: a word, or holes."""
    stride = len(planes) // planes_of(script, length)
    if not _spread:
        _spread.extend(bytes(value >> bit & 1 for bit in range(8)) for value in range(256))
    columns = [
        _column(planes, 1 + place * WIDTHS[script], script, stride) for place in range(length)
    ]
    words = list(map("".join, zip(*columns, strict=True)))
    if LATIN <= script <= CYRILLIC:
        # There the bits of a hole would be read as a letter.
        present = planes[:stride]
        hole = HOLE * length
        words = [w if present[n >> 3] >> (n & 7) & 1 else hole for n, w in enumerate(words)]
    return words


def _column(planes: bytes, first: int, script: int, stride: int) -> str:
    """Return the characters at one place of all words."""
    points = bytearray(stride * 32)
    for low in range(0, WIDTHS[script], 8):
        values = 0
        for bit in range(low, min(low + 8, WIDTHS[script])):
            plane = planes[(first + bit) * stride : (first + bit + 1) * stride]
            if any(plane):
                spread = b"".join(map(_spread.__getitem__, plane))
                values |= int.from_bytes(spread, "little") << (bit - low)
        points[low // 8 :: 4] = values.to_bytes(stride * 8, "little")
    if script == LATIN:
        points[0::4] = points[0::4].translate(bytes(0x60 | v & 0x1F for v in range(256)))
    elif script == CYRILLIC:
        points[0::4] = points[0::4].translate(
            bytes((0x30 if v & 0x10 else 0x40) | v & 0x0F for v in range(256))
        )
        points[1::4] = b"\x04" * (stride * 8)
    return points.decode("utf-32-le")


def read_at(planes: bytes, place: int, script: int, length: int) -> str:
    """Return the word at one place, for those who want few; the place must hold one."""
    stride = len(planes) // planes_of(script, length)
    bits = planes[stride + (place >> 3) :: stride].translate(_digits(place & 7))
    # One number whose lowest bits are the first character.
    points, width = int(bits[::-1], 2), WIDTHS[script]
    mask = (1 << width) - 1
    found = [points >> at & mask for at in range(0, length * width, width)]
    if script == LATIN:
        return "".join([chr(0x60 | point) for point in found])
    if script == CYRILLIC:
        return "".join([chr((0x420 if p & 0x10 else 0x440) | p) for p in found])
    return "".join(map(chr, found))


def _digits(bit: int) -> bytes:
    """Return the table that translates bytes to the digit that a bit of them is."""
    if not _tables:
        for at in range(8):
            _tables.append((b"0" * (1 << at) + b"1" * (1 << at)) * (128 >> at))
    return _tables[bit]
