"""Acts on reading states, and on whose codings are shown."""

from __future__ import annotations

from collections.abc import Sequence

from tui.errors import Refused
from tui.model.case import ReadingState
from tui.project.act import Act, edit
from tui.store.coders import find_coder, visible_coder_ids
from tui.store.documents import passages_touching, read_document
from tui.store.readings import reading_state
from tui.store.settings import read_setting


@edit("reading.mark")
def mark_passages(act: Act, document_id: int, start: int, end: int, state: ReadingState) -> int:
    """Set the reading state of the passages that a span touches.

    Args:
        document_id: the document.
        start: first code point.
        end: code point after the last.
        state: ``read``, ``aside`` (set aside) or ``unread``.

    Returns:
        How many passages changed their state.
    """
    changed = 0
    numbers: list[int] = []
    for passage in passages_touching(act.db, document_id, start, end):
        now = reading_state(act.db, act.coder_id, passage.id)
        if now == state:
            continue
        key = (act.coder_id, passage.id)
        if state == "unread":
            act.rows.delete("readings", key)
        elif now == "unread":
            act.rows.insert("readings", {"coder_id": key[0], "passage_id": key[1], "state": state})
        else:
            act.rows.update("readings", key, {"state": state})
        changed += 1
        numbers.append(passage.number)
    if numbers:
        document = read_document(act.db, document_id)
        word = {"read": "read", "aside": "set aside", "unread": "unread again"}[state]
        span = f"¶{numbers[0]}" if len(numbers) == 1 else f"¶{numbers[0]}-{numbers[-1]}"
        act.subject = f"{document.name if document else '?'} {span} {word}"
    return changed


def mark_span_read(act: Act, document_id: int, start: int, end: int) -> None:
    """Mark the passages that a span touches read, inside another act, whose subject stays.

    Args:
        act: the other act; who acts has read them.
        document_id: the document.
        start: in code points of it.
        end: likewise; half-open.
    """
    for passage in passages_touching(act.db, document_id, start, end):
        if reading_state(act.db, act.coder_id, passage.id) != "read":
            key = (act.coder_id, passage.id)
            if act.rows.row("readings", key) is None:
                act.rows.insert(
                    "readings", {"coder_id": key[0], "passage_id": key[1], "state": "read"}
                )
            else:
                act.rows.update("readings", key, {"state": "read"})


@edit("coder.show")
def show_coders(act: Act, names: Sequence[str]) -> list[str]:
    """Turn other coders' codings on for the acting coder; the journal keeps when.

    Returns:
        The names that were hidden before.

    Raises:
        Refused: no such coder, or the project forbids it until its round is closed.
    """
    if read_setting(act.db, "round") == "open":
        raise Refused(
            "This project keeps coders apart until the round is closed.",
            "`qual coders --round closed` ends the round, for everybody.",
        )
    shown = []
    for name in names:
        other = find_coder(act.db, name)
        if other is None:
            raise Refused(f"There is no coder {name!r} here.", "`qual coders` lists them.")
        if other.id not in visible_coder_ids(act.db, act.coder_id):
            act.rows.insert("shown_coders", {"coder_id": act.coder_id, "other_id": other.id})
            shown.append(name)
    act.subject = f"Turned on the codings of {', '.join(shown)}"
    return shown


@edit("coder.hide")
def hide_coders(act: Act, names: Sequence[str]) -> list[str]:
    """Turn other coders' codings off again; return the names that were shown before."""
    hidden = []
    for name in names:
        other = find_coder(act.db, name)
        if other is None:
            raise Refused(f"There is no coder {name!r} here.", "`qual coders` lists them.")
        if act.rows.row("shown_coders", (act.coder_id, other.id)) is not None:
            act.rows.delete("shown_coders", (act.coder_id, other.id))
            hidden.append(name)
    act.subject = f"Turned off the codings of {', '.join(hidden)}"
    return hidden


@edit("setting.set")
def set_setting(act: Act, name: str, value: str) -> None:
    """Set one of the project's own settings; an empty value removes it."""
    now = act.rows.row("settings", name)
    if value == "":
        if now is not None:
            act.rows.delete("settings", name)
    elif now is None:
        act.rows.insert("settings", {"name": name, "value": value})
    else:
        act.rows.update("settings", name, {"value": value})
    act.subject = f"Setting {name}: {value or 'removed'}"
