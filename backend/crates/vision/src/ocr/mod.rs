//! Text in a picture: found, turned, read. (Being written.)
