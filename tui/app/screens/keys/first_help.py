"""The help before there is a study: every key can be read up, few can be run yet."""

from __future__ import annotations

from tui.app.action import shown
from tui.app.actions import ACTIONS, GROUPS, group_of
from tui.app.keybook import keys_of
from tui.app.screens.keys.help import HelpRow, HelpScreen, screen_rows

_NOT_YET = "there is no study yet · Esc, then 1 opens the sample"


def first_help() -> HelpScreen:
    """Return the help of the first screen, with all keys of the text below its own."""
    headings = list(dict.fromkeys(GROUPS.values()))
    actions = [each for each in ACTIONS if "text" in each.where and keys_of(each.id)]
    actions.sort(key=lambda each: headings.index(group_of(each)))
    rows = []
    for action in actions:
        keys, title = "  ".join(shown(each) for each in keys_of(action.id)), action.title
        if action.id == "code.slot_1":
            keys, title = "1-9", "code with slot 1, 2, …"
        elif action.id.startswith("code.slot_"):
            continue
        rows.append(HelpRow(action.id, title, keys, group_of(action), action.help))
    return FirstHelp([*screen_rows("welcome"), *rows], "first screen")


class FirstHelp(HelpScreen):
    """A help that runs what can be done without a study and tells of the rest."""

    def action_run(self) -> None:
        """Do what the first screen can do; say why the rest must wait."""
        if self._shown and not self._acts[self._shown[self._at]].id.startswith("welcome."):
            self.say(f"Not now: {_NOT_YET}")
        else:
            super().action_run()
