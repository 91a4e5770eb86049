//! Files on local disk or S3, reached by short signed links.
