//! Excel files: templates, imports, exports.
