//! The loops. Written so that the compiler makes many numbers at a time of them.

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shape {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
}

impl Shape {
    fn area(&self) -> usize {
        self.height * self.width
    }
}

/// Channels of a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    pub shape: Shape,
    pub data: Vec<f32>,
}

/// What a run works with: the matrix product, and buffers that are used again.
pub struct Room {
    pub gemm: GemmExecutor,
    pub free: Vec<Vec<f32>>,
}

impl Room {
    /// The smallest buffer that is large enough.
    pub fn empty(&mut self, length: usize) -> Vec<f32> {
        let fits = self.free.iter().enumerate().filter(|(_, buffer)| buffer.capacity() >= length);
        let smallest = fits.min_by_key(|(_, buffer)| buffer.capacity()).map(|(at, _)| at);
        let mut buffer = smallest.map(|at| self.free.swap_remove(at)).unwrap_or_default();
        buffer.clear();
        buffer.reserve(length);
        buffer
    }

    fn zeros(&mut self, length: usize) -> Vec<f32> {
        let mut buffer = self.empty(length);
        buffer.resize(length, 0.0);
        buffer
    }

    fn multiply(&self, filters: &Filters, columns: NdTensorView<f32, 2>, out: &mut [f32]) {
        let options = GemmOptions { bias: Some(BiasVector::Column(&filters.bias)), ..GemmOptions::default() };
        let done = self.gemm.gemm(out, GemmInputA::Packed(&filters.packed), GemmInputB::Unpacked(columns), options);
        // The shapes follow from the graph; a wrong one shows in the trial run at loading.
        debug_assert!(done.is_ok());
    }
}

/// A matrix of filters, ready to be multiplied with.
pub struct Filters {
    pub packed: PackedAMatrix<f32>,
    pub rows: usize,
    pub bias: Vec<f32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    None,
    /// As large as before, or half, or a third; what is odd is added at the end.
    Same,
}

#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub size: usize,
    pub stride: usize,
    pub padding: Padding,
}

impl Window {
    /// How many places there are along a length, and how much padding stands before it.
    fn places(&self, length: usize) -> (usize, usize) {
        match self.padding {
            Padding::None => (length.saturating_sub(self.size) / self.stride + 1, 0),
            Padding::Same => {
                let places = length.div_ceil(self.stride);
                let needed = places.saturating_sub(1) * self.stride + self.size;
                (places, needed.saturating_sub(length) / 2)
            }
        }
    }
}

pub enum Layer {
    /// 1 × 1.
    Pointwise(Filters),
    Dense(Filters, Window),
    /// Each channel by itself, 3 × 3.
    Depthwise {
        weights: Vec<[f32; 9]>,
        bias: Vec<f32>,
        stride: usize,
    },
    Add,
    Relu,
    /// What is negative times a number of the channel.
    Prelu(Vec<f32>),
    Sigmoid,
    /// The largest of four.
    MaxPool,
    /// So many empty channels more.
    Pad(usize),
    ChannelsLast,
}

impl Layer {
    pub fn is_in_place(&self) -> bool {
        matches!(self, Self::Add | Self::Relu | Self::Prelu(_) | Self::Sigmoid | Self::Pad(_))
    }

    pub fn change(&self, map: &mut Map, other: Option<&Map>) {
        match self {
            Self::Add => {
                // Twice the same value: the other is gone into the first.
                let Some(other) = other else { return map.data.iter_mut().for_each(|value| *value *= 2.0) };
                map.data.iter_mut().zip(&other.data).for_each(|(value, other)| *value += other);
            }
            Self::Relu => map.data.iter_mut().for_each(|value| *value = value.max(0.0)),
            Self::Prelu(slopes) => {
                for (plane, slope) in map.data.chunks_exact_mut(map.shape.area().max(1)).zip(slopes) {
                    plane.iter_mut().for_each(|value| *value = value.max(0.0) + slope * value.min(0.0));
                }
            }
            Self::Sigmoid => map.data.iter_mut().for_each(|value| *value = 1.0 / (1.0 + (-*value).exp())),
            Self::Pad(channels) => {
                map.shape.channels += channels;
                map.data.resize(map.shape.channels * map.shape.area(), 0.0);
            }
            _ => {}
        }
    }

    pub fn make(&self, input: &Map, room: &mut Room) -> Map {
        let Shape { channels, height, width } = input.shape;
        match self {
            Self::Pointwise(filters) => {
                let shape = Shape { channels: filters.rows, ..input.shape };
                let mut data = room.zeros(shape.channels * shape.area());
                let columns = NdTensorView::from_data([channels, input.shape.area()], input.data.as_slice());
                room.multiply(filters, columns, &mut data);
                Map { shape, data }
            }
            Self::Dense(filters, window) => dense(filters, window, input, room),
            Self::Depthwise { weights, bias, stride } => {
                let window = Window { size: 3, stride: *stride, padding: Padding::Same };
                let shape = Shape { channels, height: window.places(height).0, width: window.places(width).0 };
                let mut data = room.zeros(channels * shape.area());
                let work = Depthwise { window, weights, bias, input, output: &mut data, shape };
                work.dispatch();
                Map { shape, data }
            }
            Self::MaxPool => max_pool(input, room),
            Self::ChannelsLast => {
                let area = input.shape.area();
                let numbers = (0..area).flat_map(|place| (0..channels).map(move |channel| channel * area + place));
                Map { shape: input.shape, data: numbers.map(|at| input.data[at]).collect() }
            }
            _ => Map::default(),
        }
    }
}

/// What a window sees becomes a column; a band of rows at a time, so that the columns are still near when they are
/// multiplied.
fn dense(filters: &Filters, window: &Window, input: &Map, room: &mut Room) -> Map {
    let ((height, top), (width, left)) = (window.places(input.shape.height), window.places(input.shape.width));
    let shape = Shape { channels: filters.rows, height, width };
    let mut data = room.zeros(shape.channels * shape.area());
    let taps = input.shape.channels * window.size * window.size;
    let band = (1024 / width.max(1)).clamp(1, height.max(1));
    let mut columns = room.zeros(taps * band * width);
    let mut products = room.zeros(filters.rows * band * width);
    for first in (0..height).step_by(band) {
        let rows = band.min(height - first);
        let columns = &mut columns[..taps * rows * width];
        for (tap, columns) in columns.chunks_exact_mut(rows * width).enumerate() {
            let (channel, place) = (tap / (window.size * window.size), tap % (window.size * window.size));
            let (down, along) = (place / window.size, place % window.size);
            let plane = &input.data[channel * input.shape.area()..][..input.shape.area()];
            for (y, row) in columns.chunks_exact_mut(width).enumerate() {
                let from = ((first + y) * window.stride + down).wrapping_sub(top);
                let source = plane.chunks_exact(input.shape.width).nth(from).unwrap_or_default();
                for (x, value) in row.iter_mut().enumerate() {
                    let at = (x * window.stride + along).wrapping_sub(left);
                    *value = source.get(at).copied().unwrap_or_default();
                }
            }
        }
        let products = &mut products[..filters.rows * rows * width];
        room.multiply(filters, NdTensorView::from_data([taps, rows * width], &*columns), products);
        for (plane, product) in data.chunks_exact_mut(shape.area()).zip(products.chunks_exact(rows * width)) {
            plane[first * width..(first + rows) * width].copy_from_slice(product);
        }
    }
    room.free.extend([columns, products]);
    Map { shape, data }
}

fn max_pool(input: &Map, room: &mut Room) -> Map {
    let shape = Shape { height: input.shape.height / 2, width: input.shape.width / 2, ..input.shape };
    let mut data = room.zeros(shape.channels * shape.area());
    let planes = input.data.chunks_exact(input.shape.area().max(1));
    for (plane, output) in planes.zip(data.chunks_exact_mut(shape.area().max(1))) {
        let pairs = plane.chunks_exact(2 * input.shape.width.max(1));
        for (rows, output) in pairs.zip(output.chunks_exact_mut(shape.width.max(1))) {
            let (upper, lower) = rows.split_at(input.shape.width);
            let (upper, lower) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0);
            for ((value, [a, b]), [c, d]) in output.iter_mut().zip(upper).zip(lower) {
                *value = a.max(*b).max(c.max(*d));
            }
        }
    }
    Map { shape, data }
}

struct Depthwise<'a> {
    window: Window,
    weights: &'a [[f32; 9]],
    bias: &'a [f32],
    input: &'a Map,
    output: &'a mut [f32],
    shape: Shape,
}

/// Compiled once for each kind of processor, and the right one taken when it runs.
impl SimdOp for Depthwise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let Self { window, weights, bias, input, output, shape } = self;
        let stride = window.stride;
        let (top, left) = (window.places(input.shape.height).1, window.places(input.shape.width).1);
        // One channel with its padding; when every second place is skipped, the even ones come first, then the odd.
        let half = shape.width + 1;
        let (length, rows) = (if stride == 1 { shape.width + 2 } else { 2 * half }, (shape.height - 1) * stride + 3);
        let mut padded = vec![0.0; length * rows];
        let shifts = if stride == 1 { [0, 1, 2] } else { [0, half, 1] };
        let planes = input.data.chunks_exact(input.shape.area()).zip(output.chunks_exact_mut(shape.area()));
        for ((plane, output), (weights, bias)) in planes.zip(weights.iter().zip(bias)) {
            let inside = padded.chunks_exact_mut(length).skip(top);
            for (row, source) in inside.zip(plane.chunks_exact(input.shape.width)) {
                if stride == 1 {
                    row[left..left + source.len()].copy_from_slice(source);
                    continue;
                }
                for (x, value) in source.iter().enumerate() {
                    let place = x + left;
                    row[place % 2 * half + place / 2] = *value;
                }
            }
            for (y, output) in output.chunks_exact_mut(shape.width).enumerate() {
                output.fill(*bias);
                for (down, weights) in weights.as_chunks::<3>().0.iter().enumerate() {
                    let row = &padded[(y * stride + down) * length..][..length];
                    let [a, b, c] = shifts.map(|shift| &row[shift..shift + shape.width]);
                    for (((value, a), b), c) in output.iter_mut().zip(a).zip(b).zip(c) {
                        *value += weights[0] * a + weights[1] * b + weights[2] * c;
                    }
                }
            }
        }
    }
}
