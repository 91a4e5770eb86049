//! Layers and weights as TensorFlow.js stores them. (Being written.)
