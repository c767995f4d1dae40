"""What the pages do alike that have a filter over their list."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from tui.app.screens.manners import Page
from tui.app.widgets.query_field import QueryField

Result = TypeVar("Result")


class FilteredPage(Page[Result], inherit_bindings=False):
    """A page with one field, which is hidden while it is empty and nobody types in it."""

    FILTER_KEYS: ClassVar[str] = "Enter keep  Esc clear"
    """What the bottom row says while the filter is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._filtering = False
        """Whether the filter has the keys."""

    @property
    def field(self) -> QueryField | None:
        """Where the filter is typed, while it is."""
        return self.query_one(QueryField) if self._filtering else None

    def keys_row(self) -> str:
        """Say the keys of the list, or those of the filter."""
        return self.FILTER_KEYS if self._filtering else super().keys_row()

    @property
    def _filter_row(self) -> Widget:
        """What is hidden with the field."""
        return self.query_one(QueryField)

    def _filter(self) -> None:
        """Show what the filter leaves as it stands in the field."""
        raise NotImplementedError

    def action_filter(self) -> None:
        """Type a filter."""
        self._filtering = True
        self._filter_row.display = True
        self.query_one(QueryField).focus()
        self._filter()
        self.show_keys(self.keys_row())

    @on(Input.Changed)
    def _filter_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter()

    @on(Input.Submitted)
    def _filter_kept(self, event: Input.Submitted) -> None:
        event.stop()
        self._end_filter(keep=True)

    def _end_filter(self, *, keep: bool) -> None:
        """Give the keys back to the list.

        Args:
            keep: leave the filter as it is; else clear it.
        """
        self._filtering = False
        field = self.query_one(QueryField)
        if not keep:
            field.value = ""
        self._filter_row.display = bool(field.value)
        self.set_focus(None)
        self._filter()
        self.show_keys(self.keys_row())
