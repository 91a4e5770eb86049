//! The convolutional part of PaddleOCR's networks, run by hand.
//!
//! `rten` runs everything these networks are made of, but its convolutions of single channels go one number at a time
//! and its convolutions of few filters gather patches: together three quarters of the time of reading a card. Here the
//! former run along rows, as many numbers at a time as the processor takes, and the latter multiply first (with `rten`'s
//! own matrix product) and shift afterwards. What this does not know, such as attention, is left to `rten`.

mod build;
mod kernels;

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_tensor::NdTensorView;

use kernels::{concat, depthwise, double, repeat, scatter};

pub use build::split;
pub use kernels::Shape;

/// Channels of a picture.
#[derive(Debug, Clone, Default)]
pub struct Map {
    pub shape: Shape,
    pub data: Vec<f32>,
}

/// A matrix of filters, ready to be multiplied with.
struct Filters {
    packed: PackedAMatrix<f32>,
    rows: usize,
    bias: Vec<f32>,
}

enum Step {
    /// 1 × 1.
    Pointwise(Filters),
    /// Each channel by itself; with one channel in, into many.
    Depthwise(kernels::Window),
    /// Transposed, 3 × 3, at the same size.
    Scatter(Filters),
    /// Transposed, 2 × 2, to twice the size.
    Double(Filters),
    Repeat(usize),
    Relu,
    HardSwish,
    HardSigmoid(f32, f32),
    Sigmoid,
    /// The mean of each channel.
    Mean,
    Affine(f32, f32),
    Multiply,
    Add,
    Concat,
}

struct Node {
    step: Step,
    inputs: Vec<usize>,
    /// Values nobody needs after this.
    last: Vec<usize>,
}

/// Value 0 is the input, value `n + 1` what node `n` makes.
pub struct Engine {
    nodes: Vec<Node>,
}

/// What a run works with: the matrix product, and buffers that are used again.
#[derive(Default)]
struct Room {
    gemm: GemmExecutor,
    free: Vec<Vec<f32>>,
}

impl Room {
    fn zeros(&mut self, length: usize) -> Vec<f32> {
        let fits = self.free.iter().enumerate().filter(|(_, buffer)| buffer.capacity() >= length);
        let smallest = fits.min_by_key(|(_, buffer)| buffer.capacity()).map(|(at, _)| at);
        let mut buffer = smallest.map(|at| self.free.swap_remove(at)).unwrap_or_default();
        buffer.clear();
        buffer.resize(length, 0.0);
        buffer
    }

    fn multiply(&self, filters: &Filters, columns: NdTensorView<f32, 2>, out: &mut [f32], biased: bool) {
        let bias = biased.then_some(BiasVector::Column(filters.bias.as_slice()));
        let options = GemmOptions { bias, ..GemmOptions::default() };
        let done = self.gemm.gemm(out, GemmInputA::Packed(&filters.packed), GemmInputB::Unpacked(columns), options);
        // The shapes were checked when the engine was built; a wrong one shows in the trial run at loading.
        debug_assert!(done.is_ok());
    }
}

impl Engine {
    /// The last node's output.
    pub fn run(&self, input: Map) -> Map {
        let mut values: Vec<Option<Map>> = vec![Some(input)];
        let mut room = Room::default();
        for node in &self.nodes {
            let made = step(node, &mut values, &mut room);
            for value in &node.last {
                room.free.extend(values[*value].take().map(|map| map.data));
            }
            values.push(Some(made));
        }
        values.pop().flatten().unwrap_or_default()
    }
}

fn step(node: &Node, values: &mut [Option<Map>], room: &mut Room) -> Map {
    let first = node.inputs[0];
    if let Some(in_place) = in_place(&node.step) {
        // Nobody else needs the input: it becomes the output.
        let mut map = match (&values[first], node.last.contains(&first)) {
            (_, true) => values[first].take().unwrap_or_default(),
            (Some(map), false) => {
                let mut data = room.zeros(map.data.len());
                data.copy_from_slice(&map.data);
                Map { shape: map.shape, data }
            }
            (None, false) => Map::default(),
        };
        in_place(&mut map.data);
        return map;
    }
    let inputs: Vec<&Map> = node.inputs.iter().filter_map(|at| values[*at].as_ref()).collect();
    let [input, ..] = inputs.as_slice() else { return Map::default() };
    match &node.step {
        Step::Pointwise(filters) => pointwise(filters, input, room),
        Step::Depthwise(window) => {
            let shape = window.output(input.shape);
            let mut data = room.zeros(shape.len());
            depthwise(window, input, &mut data, shape);
            Map { shape, data }
        }
        Step::Scatter(filters) => transposed(filters, input, room, 9),
        Step::Double(filters) => transposed(filters, input, room, 4),
        Step::Repeat(by) => {
            let shape = Shape { height: input.shape.height * by, width: input.shape.width * by, ..input.shape };
            let mut data = room.zeros(shape.len());
            repeat(input, *by, &mut data);
            Map { shape, data }
        }
        Step::Mean => kernels::mean(input),
        Step::Multiply | Step::Add => {
            let data = room.zeros(input.data.len().max(inputs[1].data.len()));
            kernels::combine(input, inputs[1], data, matches!(node.step, Step::Multiply))
        }
        Step::Concat => concat(&inputs),
        _ => Map::default(),
    }
}

fn pointwise(filters: &Filters, input: &Map, room: &mut Room) -> Map {
    let shape = Shape { channels: filters.rows, ..input.shape };
    let mut data = room.zeros(shape.len());
    let columns = NdTensorView::from_data([input.shape.channels, input.shape.area()], input.data.as_slice());
    room.multiply(filters, columns, &mut data, true);
    Map { shape, data }
}

/// Multiplies a band of rows at a time, so that the products are still near when they are added up.
fn transposed(filters: &Filters, input: &Map, room: &mut Room, taps: usize) -> Map {
    let Shape { channels, height, width } = input.shape;
    let out = filters.rows / taps;
    let grow = if taps == 4 { 2 } else { 1 };
    let shape = Shape { channels: out, height: height * grow, width: width * grow };
    let mut data = room.zeros(shape.len());
    for (plane, bias) in data.chunks_mut(shape.area().max(1)).zip(&filters.bias) {
        plane.fill(*bias);
    }
    let band = (1200 / width.max(1)).clamp(1, height.max(1));
    let mut products = room.zeros(filters.rows * band * width);
    let all = NdTensorView::from_data([channels, height * width], input.data.as_slice());
    let mut top = 0;
    while top < height {
        let rows = band.min(height - top);
        let columns = all.slice((.., top * width..(top + rows) * width));
        let products = &mut products[..filters.rows * rows * width];
        room.multiply(filters, columns, products, false);
        let add = if taps == 4 { double } else { scatter };
        add(products, rows, width, top, &mut data, shape);
        top += rows;
    }
    room.free.push(products);
    Map { shape, data }
}

/// What changes the numbers where they are.
type Change<'a> = Box<dyn Fn(&mut [f32]) + 'a>;

fn in_place(step: &Step) -> Option<Change<'_>> {
    fn each<'a>(change: impl Fn(f32) -> f32 + 'a) -> Option<Change<'a>> {
        Some(Box::new(move |data: &mut [f32]| data.iter_mut().for_each(|value| *value = change(*value))))
    }
    match step {
        Step::Relu => each(|x| x.max(0.0)),
        Step::HardSwish => each(|x| x * (x + 3.0).clamp(0.0, 6.0) * (1.0 / 6.0)),
        Step::HardSigmoid(alpha, beta) => each(move |x| (x * alpha + beta).clamp(0.0, 1.0)),
        Step::Sigmoid => each(|x| 1.0 / (1.0 + (-x).exp())),
        Step::Affine(scale, shift) => each(move |x| x * scale + shift),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use rten_tensor::prelude::*;

    use super::*;
    use crate::convert::{
        fold::fold,
        onnx::is,
        reshape::reshape,
        tests::{assert_close, input, network, run},
    };

    #[test]
    fn the_engine_and_rten_together_give_what_rten_gives_alone() {
        let expected = run(network(), input());
        let mut graph = network();
        fold(&mut graph);
        reshape(&mut graph).unwrap();
        let (engine, rest) = split(&graph).unwrap();
        // The engine does not know the pooling in the middle of this one.
        let rest = rest.unwrap();
        assert!(is(&rest.node[0], "MaxPool") || rest.node.iter().any(|node| is(node, "MaxPool")));
        let shape = Shape { channels: 1, height: 32, width: 64 };
        let map = engine.run(Map { shape, data: input().to_vec() });
        let Shape { channels, height, width } = map.shape;
        let between = rten_tensor::NdTensor::from_data([1, channels, height, width], map.data);
        assert_close(&run(rest, between).to_vec(), &expected.to_vec());
    }

    #[test]
    fn without_the_pooling_the_engine_does_it_all() {
        let whole = || {
            let mut graph = network();
            graph.node.retain(|node| !is(node, "MaxPool") && !is(node, "Resize"));
            for name in graph.node.iter_mut().flat_map(|node| &mut node.input) {
                match name.as_str() {
                    "small" => *name = "e3".into(),
                    "large" => *name = "c5".into(),
                    _ => {}
                }
            }
            graph
        };
        let expected = run(whole(), input());
        let mut graph = whole();
        fold(&mut graph);
        reshape(&mut graph).unwrap();
        let (engine, rest) = split(&graph).unwrap();
        assert!(rest.is_none());
        let shape = Shape { channels: 1, height: 32, width: 64 };
        let map = engine.run(Map { shape, data: input().to_vec() });
        assert_close(&map.data, &expected.to_vec());
    }
}
