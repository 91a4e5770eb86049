//! The loops. Written so that a compiler makes many numbers at a time of them.

use super::Map;

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shape {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
}

impl Shape {
    pub fn area(&self) -> usize {
        self.height * self.width
    }

    pub fn len(&self) -> usize {
        self.channels * self.area()
    }
}

/// A small window that slides over single channels.
#[derive(Debug, Clone)]
pub struct Window {
    pub size: (usize, usize),
    pub strides: (usize, usize),
    /// Top, left, bottom, right.
    pub pads: [usize; 4],
    /// One window for each channel out.
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Window {
    pub fn output(&self, input: Shape) -> Shape {
        let [top, left, bottom, right] = self.pads;
        let size = |length: usize, size: usize, stride: usize| (length.saturating_sub(size)) / stride + 1;
        Shape {
            channels: self.bias.len(),
            height: size(input.height + top + bottom, self.size.0, self.strides.0),
            width: size(input.width + left + right, self.size.1, self.strides.1),
        }
    }
}

/// One channel with its padding, every row split into its even and odd places when every second is skipped.
struct Padded {
    data: Vec<f32>,
    width: usize,
}

impl Padded {
    fn new(window: &Window, input: Shape) -> Self {
        let [top, left, bottom, right] = window.pads;
        // Even, so that the halves of a split row are equally long.
        let width = (input.width + left + right).next_multiple_of(2);
        Self { data: vec![0.0; width * (input.height + top + bottom)], width }
    }

    fn fill(&mut self, window: &Window, channel: &[f32], width: usize) {
        let [top, left, ..] = window.pads;
        for (y, row) in channel.chunks_exact(width).enumerate() {
            let start = (y + top) * self.width;
            let padded = &mut self.data[start..start + self.width];
            if window.strides.1 == 1 {
                padded[left..left + width].copy_from_slice(row);
                continue;
            }
            let half = padded.len() / 2;
            for (x, value) in row.iter().enumerate() {
                let place = x + left;
                padded[place % 2 * half + place / 2] = *value;
            }
        }
    }

    fn row(&self, y: usize) -> &[f32] {
        &self.data[y * self.width..(y + 1) * self.width]
    }
}

pub fn depthwise(window: &Window, input: &Map, output: &mut [f32], shape: Shape) {
    let mut padded = Padded::new(window, input.shape);
    let taps = window.size.0 * window.size.1;
    for (channel, plane) in output.chunks_exact_mut(shape.area().max(1)).enumerate() {
        // A single channel goes into all.
        if channel == 0 || input.shape.channels > 1 {
            let start = channel * input.shape.area();
            padded.fill(window, &input.data[start..start + input.shape.area()], input.shape.width);
        }
        let weights = &window.weights[channel * taps..(channel + 1) * taps];
        for (y, row) in plane.chunks_exact_mut(shape.width).enumerate() {
            row.fill(window.bias[channel]);
            for (ky, weights) in weights.chunks_exact(window.size.1).enumerate() {
                slide(row, padded.row(y * window.strides.0 + ky), weights, window.strides.1);
            }
        }
    }
}

/// Adds a row, shifted and weighted, for every place of the window's row.
fn slide(row: &mut [f32], source: &[f32], weights: &[f32], stride: usize) {
    let (length, half) = (row.len(), source.len() / 2);
    let shifted = |tap: usize| {
        let start = if stride == 1 { tap } else { tap % 2 * half + tap / 2 };
        &source[start..start + length]
    };
    match *weights {
        [a, b, c] => {
            let (s0, s1, s2) = (shifted(0), shifted(1), shifted(2));
            for i in 0..length {
                row[i] += a * s0[i] + b * s1[i] + c * s2[i];
            }
        }
        [a, b, c, d, e] => {
            let (s0, s1, s2, s3, s4) = (shifted(0), shifted(1), shifted(2), shifted(3), shifted(4));
            for i in 0..length {
                row[i] += (a * s0[i] + b * s1[i]) + (c * s2[i] + d * s3[i]) + e * s4[i];
            }
        }
        _ => {
            for (tap, weight) in weights.iter().enumerate() {
                row.iter_mut().zip(shifted(tap)).for_each(|(value, source)| *value += weight * source);
            }
        }
    }
}

/// Products of a band of rows with the nine places of each window, added where they belong.
pub fn scatter(products: &[f32], rows: usize, width: usize, top: usize, output: &mut [f32], shape: Shape) {
    for (tap_index, plane) in products.chunks_exact(rows * width).enumerate() {
        let (channel, tap) = (tap_index / 9, tap_index % 9);
        let (ky, kx) = (tap / 3, tap % 3);
        for (y, source) in plane.chunks_exact(width).enumerate() {
            // Row y of the input reaches rows y - 1 to y + 1.
            let Some(target) = (top + y + ky).checked_sub(1).filter(|target| *target < shape.height) else { continue };
            let start = channel * shape.area() + target * width;
            let row = &mut output[start..start + width];
            let (row, source) = match kx {
                0 => (&mut row[..width - 1], &source[1..]),
                1 => (row, source),
                _ => (&mut row[1..], &source[..width - 1]),
            };
            row.iter_mut().zip(source).for_each(|(value, product)| *value += product);
        }
    }
}

/// The same for windows that do not overlap: every pixel becomes four.
pub fn double(products: &[f32], rows: usize, width: usize, top: usize, output: &mut [f32], shape: Shape) {
    for (tap_index, plane) in products.chunks_exact(rows * width).enumerate() {
        let (channel, tap) = (tap_index / 4, tap_index % 4);
        for (y, source) in plane.chunks_exact(width).enumerate() {
            let start = channel * shape.area() + ((top + y) * 2 + tap / 2) * shape.width;
            let row = &mut output[start..start + shape.width];
            row.iter_mut().skip(tap % 2).step_by(2).zip(source).for_each(|(value, product)| *value += product);
        }
    }
}

/// Every pixel by as many, both ways.
pub fn repeat(input: &Map, by: usize, output: &mut [f32]) {
    let width = input.shape.width * by;
    for (source, rows) in input.data.chunks_exact(input.shape.width).zip(output.chunks_exact_mut(width * by)) {
        let (first, rest) = rows.split_at_mut(width);
        for (value, copies) in source.iter().zip(first.chunks_exact_mut(by)) {
            copies.fill(*value);
        }
        rest.chunks_exact_mut(width).for_each(|row| row.copy_from_slice(first));
    }
}

pub fn mean(input: &Map) -> Map {
    let area = input.shape.area().max(1);
    let sum = |plane: &[f32]| {
        // Eight sums at a time.
        let mut sums = [0.0f32; 8];
        let chunks = plane.chunks_exact(8);
        let rest: f32 = chunks.remainder().iter().sum();
        for chunk in chunks {
            sums.iter_mut().zip(chunk).for_each(|(sum, value)| *sum += value);
        }
        sums.iter().sum::<f32>() + rest
    };
    let data = input.data.chunks_exact(area).map(|plane| sum(plane) / area as f32).collect();
    Map { shape: Shape { channels: input.shape.channels, height: 1, width: 1 }, data }
}

/// Sum or product of two maps; one of them may have a single number for each channel.
pub fn combine(a: &Map, b: &Map, mut output: Vec<f32>, multiply: bool) -> Map {
    let (large, small) = if a.data.len() >= b.data.len() { (a, b) } else { (b, a) };
    if large.data.len() == small.data.len() {
        for ((out, x), y) in output.iter_mut().zip(&large.data).zip(&small.data) {
            *out = if multiply { x * y } else { x + y };
        }
    } else {
        let area = large.shape.area().max(1);
        let planes = output.chunks_exact_mut(area).zip(large.data.chunks_exact(area)).zip(&small.data);
        for ((out, plane), y) in planes {
            out.iter_mut().zip(plane).for_each(|(out, x)| *out = if multiply { x * y } else { x + y });
        }
    }
    Map { shape: large.shape, data: output }
}

pub fn concat(inputs: &[&Map]) -> Map {
    let channels = inputs.iter().map(|map| map.shape.channels).sum();
    let shape = Shape { channels, ..inputs[0].shape };
    Map { shape, data: inputs.iter().flat_map(|map| map.data.iter().copied()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(channels: usize, height: usize, width: usize) -> Map {
        let shape = Shape { channels, height, width };
        Map { shape, data: (0..shape.len()).map(|at| (at * 7 % 11) as f32 - 5.0).collect() }
    }

    /// The definition, one number at a time.
    fn slow(window: &Window, input: &Map) -> Vec<f32> {
        let shape = window.output(input.shape);
        let mut out = Vec::new();
        for channel in 0..shape.channels {
            for y in 0..shape.height {
                for x in 0..shape.width {
                    let mut sum = window.bias[channel];
                    for ky in 0..window.size.0 {
                        for kx in 0..window.size.1 {
                            let iy = (y * window.strides.0 + ky).wrapping_sub(window.pads[0]);
                            let ix = (x * window.strides.1 + kx).wrapping_sub(window.pads[1]);
                            if iy < input.shape.height && ix < input.shape.width {
                                let from = if input.shape.channels == 1 { 0 } else { channel };
                                let weight = window.weights[(channel * window.size.0 + ky) * window.size.1 + kx];
                                sum += weight * input.data[(from * input.shape.height + iy) * input.shape.width + ix];
                            }
                        }
                    }
                    out.push(sum);
                }
            }
        }
        out
    }

    #[test]
    fn sliding_windows_are_what_they_are_defined_to_be() {
        for (size, strides, channels) in
            [(3, (1, 1), 2), (3, (2, 2), 2), (5, (1, 1), 2), (5, (2, 1), 3), (5, (1, 2), 1), (3, (2, 2), 1)]
        {
            let out = if channels == 1 { 3 } else { channels };
            let pad = size / 2;
            let window = Window {
                size: (size, size),
                strides,
                pads: [pad; 4],
                weights: (0..out * size * size).map(|at| (at % 5) as f32 - 2.0).collect(),
                bias: (0..out).map(|at| at as f32).collect(),
            };
            for (height, width) in [(7, 9), (8, 10), (6, 13)] {
                let input = map(channels, height, width);
                let shape = window.output(input.shape);
                let mut fast = vec![0.0; shape.len()];
                depthwise(&window, &input, &mut fast, shape);
                assert_eq!(fast, slow(&window, &input), "{size} {strides:?} {height}x{width}");
            }
        }
    }

    #[test]
    fn pixels_are_repeated_both_ways() {
        let input = Map { shape: Shape { channels: 1, height: 1, width: 2 }, data: vec![1.0, 2.0] };
        let mut out = vec![0.0; 8];
        repeat(&input, 2, &mut out);
        assert_eq!(out, [1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0]);
    }

    #[test]
    fn one_number_for_a_channel_reaches_all_its_pixels() {
        let input = map(2, 2, 2);
        let factor = Map { shape: Shape { channels: 2, height: 1, width: 1 }, data: vec![2.0, 3.0] };
        let product = combine(&input, &factor, vec![0.0; 8], true);
        assert_eq!(product.data[..4], input.data[..4].iter().map(|x| x * 2.0).collect::<Vec<_>>());
        assert_eq!(mean(&input).data[0], input.data[..4].iter().sum::<f32>() / 4.0);
    }
}
