//! A small network that is built as PaddleOCR's are gives the same numbers before and after.

#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use rten::ModelOptions;
use rten_tensor::{NdTensor, Tensor, prelude::*};

use super::{
    fold::fold,
    onnx::{Axis, GraphProto, NodeProto, TensorProto, float, int, ints, is, model, node, string, tensor, value, write},
    reshape::reshape,
};

/// Numbers that look like weights and are the same every time.
fn numbers(count: i64, seed: i64) -> Vec<f32> {
    (0..count).map(|at| ((at * 37 + seed * 101) % 97) as f32 / 97.0 - 0.45).collect()
}

fn weights(name: &str, dims: &[i64], seed: i64) -> TensorProto {
    tensor(name, dims, &numbers(dims.iter().product(), seed))
}

fn convolution(input: &str, weights: &str, output: &str, size: i64, stride: i64, group: i64) -> NodeProto {
    let attributes = vec![
        ints("kernel_shape", &[size, size]),
        ints("pads", &[size / 2; 4]),
        ints("strides", &[stride, stride]),
        int("group", group),
    ];
    node("Conv", &[input, weights], output, attributes)
}

/// `x * clip(x + 3, 0, 6) / 6`, spelled out.
fn hard_swish(input: &str, output: &str) -> Vec<NodeProto> {
    let name = |part: &str| format!("{output}.{part}");
    vec![
        node("Add", &[input, "three"], &name("a"), vec![]),
        node("Clip", &[&name("a"), "zero", "six"], &name("c"), vec![]),
        node("Mul", &[input, &name("c")], &name("m"), vec![]),
        node("Div", &[&name("m"), "six"], output, vec![]),
    ]
}

pub fn network() -> GraphProto {
    let mut nodes = vec![
        convolution("x", "w1", "c1", 3, 2, 1),
        node("BatchNormalization", &["c1", "gain", "offset", "mean", "variance"], "b1", vec![float("epsilon", 1e-5)]),
        convolution("b1", "w2", "c2", 5, 1, 8),
        node("Mul", &["half", "c2"], "m2", vec![]),
        node("Add", &["m2", "tenth"], "a2", vec![]),
    ];
    nodes.extend(hard_swish("a2", "h2"));
    nodes.extend([
        node("Mul", &["half", "h2"], "m3", vec![]),
        node("Add", &["m3", "tenth"], "a3", vec![]),
        node("Conv", &["a3", "w3"], "c3", vec![ints("kernel_shape", &[1, 1])]),
        node("GlobalAveragePool", &["c3"], "p3", vec![]),
        node("HardSigmoid", &["p3"], "s3", vec![float("alpha", 0.2), float("beta", 0.5)]),
        node("Mul", &["c3", "s3"], "e3", vec![]),
        node("MaxPool", &["e3"], "small", vec![ints("kernel_shape", &[2, 2]), ints("strides", &[2, 2])]),
        node("Conv", &["small", "w5"], "c5", vec![ints("kernel_shape", &[1, 1])]),
        node(
            "Resize",
            &["c5", "", "scales"],
            "large",
            vec![
                string("mode", "nearest"),
                string("coordinate_transformation_mode", "asymmetric"),
                string("nearest_mode", "floor"),
            ],
        ),
        node("Add", &["large", "e3"], "sum", vec![]),
        node("Mul", &["sum", "one"], "same", vec![]),
        convolution("same", "w4", "c4", 3, 1, 1),
        node("ConvTranspose", &["c4", "w6"], "t6", vec![ints("kernel_shape", &[2, 2]), ints("strides", &[2, 2])]),
        node("Sigmoid", &["t6"], "y", vec![]),
    ]);
    let scalar = |name: &str, value: f32| tensor(name, &[1], &[value]);
    let bound = |name: &str, value: f32| tensor(name, &[], &[value]);
    GraphProto {
        node: nodes,
        initializer: vec![
            weights("w1", &[8, 1, 3, 3], 1),
            weights("gain", &[8], 2),
            weights("offset", &[8], 3),
            weights("mean", &[8], 4),
            tensor("variance", &[8], &[0.5; 8]),
            weights("w2", &[8, 1, 5, 5], 5),
            weights("w3", &[12, 8, 1, 1], 6),
            weights("w4", &[4, 12, 3, 3], 7),
            weights("w5", &[12, 12, 1, 1], 8),
            weights("w6", &[4, 1, 2, 2], 9),
            tensor("scales", &[4], &[1.0, 1.0, 2.0, 2.0]),
            scalar("half", 0.5),
            scalar("tenth", 0.1),
            scalar("one", 1.0),
            scalar("three", 3.0),
            bound("zero", 0.0),
            bound("six", 6.0),
        ],
        input: vec![value("x", &[Axis::Any("batch"), Axis::Fixed(1), Axis::Any("height"), Axis::Any("width")])],
        output: vec![value("y", &[Axis::Any("batch"), Axis::Fixed(1), Axis::Any("height"), Axis::Any("width")])],
        ..GraphProto::default()
    }
}

/// An input for it.
pub fn input() -> NdTensor<f32, 4> {
    NdTensor::from_data([1, 1, 32, 64], numbers(32 * 64, 11))
}

pub fn run(graph: GraphProto, input: NdTensor<f32, 4>) -> Tensor<f32> {
    let model = ModelOptions::with_all_ops().load(write(&model(graph, &[])).unwrap()).unwrap();
    model.run_one(input.view().into(), None).unwrap().try_into().unwrap()
}

pub fn assert_close(a: &[f32], b: &[f32]) {
    assert_eq!(a.len(), b.len());
    let most = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(most < 2e-5, "off by {most}");
}

#[test]
fn folding_changes_nothing_but_the_number_of_nodes() {
    let mut graph = network();
    let before = run(network(), input());
    fold(&mut graph);
    assert!(graph.node.iter().any(|node| is(node, "HardSwish")));
    let gone = ["BatchNormalization", "Clip", "Div"];
    assert!(!graph.node.iter().any(|node| gone.iter().any(|op| is(node, op))), "{:?}", graph.node);
    reshape(&mut graph).unwrap();
    assert!(!graph.node.iter().any(|node| is(node, "Resize")));
    let after = run(graph, input());
    assert_eq!(before.shape(), after.shape());
    assert_close(&before.to_vec(), &after.to_vec());
}

#[test]
fn the_same_graph_is_written_the_same_every_time() {
    let made = || {
        let mut graph = network();
        fold(&mut graph);
        reshape(&mut graph).unwrap();
        write(&model(graph, &[])).unwrap()
    };
    assert_eq!(made(), made());
}
