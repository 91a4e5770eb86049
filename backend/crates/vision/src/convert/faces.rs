//! The three face networks. (Being written.)
