// Placeholder; the room's own files replace it.
