"""What changed, for screens to refresh."""

from __future__ import annotations

from tui.model.change import Change
from tui.store.images import Image
from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class Committed:
    """A change that is on disk."""

    change: Change
    images: tuple[Image, ...]
    """The rows it touched; of another process's change they are read from the journal."""
    own: bool
    """Whether this process made it."""

    def places(self) -> set[str]:
        """Return the tables it touched."""
        return {image.place for image in self.images}
