//! Cache, tickets, rate limits, locks and live events: in the process, or Redis.
