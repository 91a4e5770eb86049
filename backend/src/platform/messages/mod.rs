//! Messages to people: e-mail.
