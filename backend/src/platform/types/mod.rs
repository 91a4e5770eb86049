//! Values that cannot be wrong once parsed.
