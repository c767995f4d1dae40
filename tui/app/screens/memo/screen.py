"""The box that memos are written in."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import TextArea

from tui.app.document.cells import without_loose_joiners
from tui.app.keybook import key
from tui.app.screens.manners import Dialog
from tui.app.screens.memo.drafts import drop_draft, find_draft, keep_draft
from tui.app.screens.spoken import is_accessible
from tui.app.widgets.query_field import untangle
from tui.app.widgets.rows import DIM, Rows
from tui.errors import QualError
from tui.text.safe import make_visible

_KEEP_AFTER = 0.3
"""Seconds from a letter to the draft that holds it."""
_KEEP_EVERY = 1.0
"""Seconds between two drafts at least: while somebody types, not every letter is written."""


class MemoArea(TextArea):
    """A plain text editor that draws controls as signs."""

    turn_page: Callable[[int], bool] | None = None
    """Takes a page key that this text has no use for; tells whether it had one."""

    def action_cursor_page_up(self) -> None:
        """Go a page up; where the text is no longer than its window, let others turn theirs."""
        if not self._fits or self.turn_page is None or not self.turn_page(-1):
            super().action_cursor_page_up()

    def action_cursor_page_down(self) -> None:
        """Go a page down; where the text is no longer than its window, let others turn theirs."""
        if not self._fits or self.turn_page is None or not self.turn_page(1):
            super().action_cursor_page_down()

    @property
    def _fits(self) -> bool:
        return self.virtual_size.height <= self.size.height

    async def _on_key(self, event: events.Key) -> None:
        if not untangle(self, event):
            await super()._on_key(event)

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is drawn: as long as it is, nothing in it acts on a terminal."""
        line = make_visible(self.document.get_line(line_index), tabs=True)
        return Text(without_loose_joiners(line), end="", no_wrap=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Leave Ctrl+C to the editor: the terminal sends it to all that runs in it."""
    before = {
        number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGQUIT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class MemoScreen(Dialog[str | None]):
    """Writes a text; the result is the text, None when it is empty.

    While it is written a draft is kept aside, a moment after a letter (once a second at most) and
    whenever the editor is left in any way; the draft goes when the text is saved.

    Args:
        title: what the memo is on.
        text: what it says so far.
        draft_key: says which text this is, over all sessions; the draft is found by it.
        save: called with the text before the box closes, with an empty one when all of it was
            taken away; when it raises a ``QualError`` the box stays open and says why, and the
            draft is kept.
        earlier: what was written on the same before, by this coder and by those that are shown;
            it stands above, to be read only.
        link: asks for a code or a document and calls back with what stands for it in a text.
        several: whether there can be one more memo on the same.
    """

    SCREEN = "memo_editor"
    AUTO_FOCUS = "MemoArea"

    def __init__(
        self,
        title: str,
        text: str,
        draft_key: str,
        *,
        save: Callable[[str], None] | None = None,
        earlier: str = "",
        link: Callable[[Callable[[str], None]], None] | None = None,
        several: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._key = draft_key
        self._save = save
        self._earlier = earlier
        self._link = link
        self._several = several
        self.another = False
        """Whether one more memo on the same is wanted; set when this one has been saved."""
        self.last_words = ""
        """What became of a draft when the editor closed, to be said where it was opened."""
        self._warned = False
        self._draft = find_draft(draft_key)
        self._brought_back = False
        """Whether the draft's words are in the editor, so that saving these saves them."""
        if self._draft is not None and self._draft.text == text:
            self._draft, self._brought_back = None, True
        self._of_change = ""
        """What is said when a change of the text that a key made is told of."""
        self._before_draft = text
        """What the editor held when the draft was brought back."""
        self._kept = ""
        """What the draft on disk says, as far as this editor wrote it."""
        self._kept_at = ""
        self._done = False

    @property
    def area(self) -> MemoArea:
        """The editor."""
        return self.query_one("#area", MemoArea)

    def compose(self) -> ComposeResult:
        """Make the editor and, above it, the offer of a draft."""
        with Vertical(id="box"):
            yield Rows(id="offer")
            if self._earlier:
                above = MemoArea(
                    self._earlier, read_only=True, compact=True, id="earlier", show_cursor=False
                )
                above.can_focus = False
                yield above
            area = MemoArea(
                self._text,
                # Read aloud it would pass for something written; the keys say it, too.
                placeholder="" if is_accessible(self.app) else "What do you notice? Esc saves.",
                tab_behavior="focus",
                compact=True,
                highlight_cursor_line=False,
                id="area",
            )
            area.cursor_blink = False
            area.turn_page = self._turn_page
            yield area

    def on_mount(self) -> None:
        """Offer a draft that was left behind; put the cursor at the end."""
        self.show_heading(self._title)
        if self._earlier:
            above = self.query_one("#earlier", MemoArea)
            self.call_after_refresh(self._show_newest, above)
        self._initial = self._kept = self.area.text
        self.area.move_cursor(self.area.document.end)
        offer = self.query_one("#offer", Rows)
        offer.display = self._draft is not None
        if self._draft is not None:
            when = self._draft.when()
            back = key("memo_editor.restore")
            offer.tell(f"A draft of {when} was never saved: {back} brings it back.", DIM)

    def _keep_soon(self) -> None:
        """Keep what is written in a moment, with the letters that come until then."""
        if self._keeping is None:
            due = max(_KEEP_AFTER, self._tried_at + _KEEP_EVERY - time.monotonic())
            self._keeping = self.set_timer(due, self._keep_now)

    def _keep_now(self) -> None:
        self._keeping = None
        self._tried_at = time.monotonic()
        self.keep()

    def keep(self) -> None:
        """Keep what is written so far as a draft, when it is new."""
        if self._done or not self.is_attached:
            return
        text = self.area.text
        if text == self._kept:
            return
        if keep_draft(self._key, text, "" if self._kept_at else self._title):
            self._kept = text
            self._kept_at = time.strftime("%H:%M:%S")
            if not getattr(self.app, "accessible", False):  # a clock would talk into the writing
                self.show_heading(f"{self._title}  · kept {self._kept_at}")
        else:
            self.say("The draft cannot be kept: no room or no right to write. Esc saves the memo")

    def on_app_blur(self) -> None:
        """Keep a draft when the terminal loses the focus."""
        self.keep()

    def on_screen_suspend(self) -> None:
        """Keep a draft when another screen opens or the app ends."""
        self.keep()

    def on_unmount(self) -> None:
        """Keep a draft when the app ends by a signal."""
        if not self._done and self._text_now is not None and self._text_now != self._kept:
            keep_draft(self._key, self._text_now, "" if self._kept_at else self._title)

    _keeping: Timer | None = None
    """What keeps the draft next."""
    _tried_at = float("-inf")
    """When a draft was kept last, by the clock that only goes on."""
    _text_now: str | None = None
    """What the editor held at its last change; the editor itself may be gone already."""

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if event.text_area is not self.area:
            return
        self._text_now = text = self.area.text
        self._keep_soon()
        if self._draft is not None:
            # Undoing and redoing go over the same border as the key that brings the draft back.
            if text in (self._initial, self._before_draft):
                self._brought_back = False
            elif text == self._draft.text:
                self._brought_back = True
        self._warned = False
        self.unsay()
        if self._of_change:
            self.say(self._of_change)
            self._of_change = ""

    def take_letter(self, letter: str) -> bool:
        """Put a letter that was typed before the editor had the focus into it."""
        self.area.insert(letter)
        self.area.focus()
        return True

    def action_tab(self) -> None:
        """Indent; there is nothing else here that could have the focus."""
        self.area.insert("    ")

    def action_restore(self) -> None:
        """Bring back the draft that was left behind, or the text as it was stored, in turn."""
        draft = self._draft
        self.query_one("#offer", Rows).display = False
        if draft is None or self._brought_back:
            self._replace(self._initial)
            again = f" · {key('memo_editor.restore')} the draft again" if draft else ""
            said = f"The text as it was stored{again} · Ctrl+Z undo"
            self._say_of_change(said)
            return
        self._before_draft = self.area.text
        self._replace(draft.text)
        again = key("memo_editor.restore")
        said = f"The draft of {draft.when()} · {again} the stored text · Esc saves"
        self._say_of_change(said)

    def _say_of_change(self, said: str) -> None:
        """Say something that the change of the text, told of later, does not end."""
        self._of_change = said
        self.say(said)

    def action_editor(self) -> None:
        """Write on in the editor that ``$VISUAL`` or ``$EDITOR`` names."""
        command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        self.keep()
        with tempfile.TemporaryDirectory(prefix="qual-memo-") as folder:
            path = os.path.join(folder, "memo.md")
            with open(path, "w", encoding="utf-8", errors="surrogatepass", newline="") as file:
                text = self.area.text
                file.write(text if not text or text.endswith("\n") else f"{text}\n")
            try:
                with self.app.suspend(), _deaf_to_interrupts():
                    status = subprocess.run([*command, path], check=False).returncode
            except SuspendNotSupported:
                self.say("This terminal cannot be lent to another program")
                return
            except OSError as error:
                self.say(f"{command[0]}: {error.strerror} · set $EDITOR to your editor")
                return
            if status:
                self.say(f"{command[0]} ended with {status}; the memo stays as it was")
                return
            try:
                with open(path, encoding="utf-8", newline="") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                self.say(f"{command[0]} left no readable text; the memo stays as it was")
                return
        self._replace(text.removesuffix("\n"))

    def action_link(self) -> None:
        """Ask for a code or a document and write what stands for it at the cursor."""
        if self._link is None:
            self.say("Nothing here can be linked")
            return
        self._link(self._write)

    def _write(self, text: str) -> None:
        self.area.insert(text)

    def _show_newest(self, above: MemoArea) -> None:
        """Show the end of what was written before, and say so when there is more of it."""
        above.scroll_end(animate=False)
        if above.virtual_size.height > above.size.height:
            above.border_subtitle = "PgUp PgDn read earlier memos"

    def _turn_page(self, by: int) -> bool:
        """Scroll what was written before; tell whether there is anything."""
        if not self._earlier:
            return False
        above = self.query_one("#earlier", MemoArea)
        above.scroll_relative(y=by * max(above.size.height - 1, 1), animate=False)
        return True

    def action_another(self) -> None:
        """Save this memo and begin one more on the same."""
        if not self._several:
            self.say("There is one text here, no list of memos")
        elif not self.area.text.strip():
            self.say("This one is still empty: write here")
        else:
            self.another = True
            self.action_save()
            self.another = self._done

    def action_discard(self) -> None:
        """Close and store nothing, at the second press when words would go."""
        if self.area.text == self._initial and self._draft is None:
            pass
        elif not self._warned:
            self._warned = True
            again = key("memo_editor.discard")
            self.say(f"{again} again throws away what was not saved · Esc saves it")
            return
        self._done = True
        if self._warned:
            self.last_words = "Thrown away: what was not saved is gone"
        drop_draft(self._key, aside=True)
        self.dismiss(None)

    def action_save(self) -> None:
        """Give the text back and close; an empty text is none."""
        text = self.area.text
        if text == self._initial:
            text = self._text  # as it was stored, to the last line end
        result = text if text.strip() else None
        if self._save is not None and (result is not None or self._text.strip()):
            try:
                self._save(result or "")
            except QualError as error:
                self.keep()
                self.say(f"{error.message} {error.hint}".strip())
                return
        self._done = True
        # Words that are not in what was saved are dropped by nothing but their writer's word.
        saved = self._draft is None or (result is not None and self.area.text != self._initial)
        drop_draft(self._key, aside=self._brought_back and saved)
        if self._draft is not None and not (self._brought_back and saved):
            done = "" if self.area.text == self._initial else "Saved · "
            left = f"the draft of {self._draft.when()} is kept apart: it was not saved"
            self.last_words = done + (left if done else left.capitalize())
        self.dismiss(result)

    def _replace(self, text: str) -> None:
        area = self.area
        area.replace(text, area.document.start, area.document.end, maintain_selection_offset=False)
        area.move_cursor(area.document.end)
