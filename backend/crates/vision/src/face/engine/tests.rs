//! The engine against `rten`, on a small graph with every layer it knows.
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use rten::ModelOptions;
use rten_tensor::{NdTensor, Tensor, prelude::*};

use super::Engine;
use crate::convert::onnx::{
    AttributeProto, Axis, GraphProto, TensorProto, int, ints, model, node, string, tensor, tensor_i64, value, write,
};

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|at| (at * 7 % 23) as f32 / 11.0 - 1.0).collect()
}

fn weights(name: &str, dims: [i64; 4]) -> TensorProto {
    tensor(name, &dims, &numbers(dims.iter().product::<i64>() as usize))
}

fn window(size: i64, stride: i64, padding: &str) -> Vec<AttributeProto> {
    vec![string("auto_pad", padding), ints("kernel_shape", &[size, size]), ints("strides", &[stride, stride])]
}

fn grouped(size: i64, stride: i64, group: i64) -> Vec<AttributeProto> {
    [window(size, stride, "SAME_UPPER"), vec![int("group", group)]].concat()
}

fn graph(side: i64) -> GraphProto {
    GraphProto {
        input: vec![value("input", &[1, 3, side, side].map(Axis::Fixed))],
        output: vec![value("flat", &[Axis::Any("n")]), value("sure", &[Axis::Any("n")])],
        initializer: vec![
            weights("w1", [4, 3, 5, 5]),
            tensor("b1", &[4], &numbers(4)),
            weights("w2", [4, 1, 3, 3]),
            weights("w3", [4, 4, 1, 1]),
            weights("w4", [4, 1, 3, 3]),
            tensor("slope", &[4, 1, 1], &[0.1, 0.2, -0.3, 0.4]),
            tensor_i64("more", &[8], &[0, 0, 0, 0, 0, 2, 0, 0]),
            weights("w5", [2, 6, 3, 3]),
            tensor_i64("line", &[2], &[1, -1]),
        ],
        node: vec![
            node("Conv", &["input", "w1", "b1"], "c1", window(5, 2, "SAME_UPPER")),
            node("Relu", &["c1"], "r1", vec![]),
            node("Conv", &["r1", "w2"], "c2", grouped(3, 1, 4)),
            node("Conv", &["c2", "w3", "b1"], "c3", window(1, 1, "VALID")),
            node("Add", &["r1", "c3"], "a1", vec![]),
            node("PRelu", &["a1", "slope"], "p1", vec![]),
            node("Conv", &["p1", "w4"], "c4", grouped(3, 2, 4)),
            node("MaxPool", &["p1"], "m1", window(2, 2, "VALID")),
            node("Add", &["c4", "m1"], "a2", vec![]),
            node("Pad", &["a2", "more"], "d1", vec![string("mode", "constant")]),
            node("Conv", &["d1", "w5"], "c5", window(3, 3, "VALID")),
            node("Transpose", &["c5"], "t1", vec![ints("perm", &[0, 2, 3, 1])]),
            node("Reshape", &["t1", "line"], "flat", vec![]),
            node("Sigmoid", &["a2"], "sure", vec![]),
        ],
        ..GraphProto::default()
    }
}

#[test]
fn every_layer_gives_what_rten_gives() {
    for side in [24, 28, 48] {
        let picture = numbers(3 * side * side);
        let bytes = write(&model(graph(side as i64), &[])).unwrap();
        let rten = ModelOptions::with_all_ops().load(bytes).unwrap();
        let outputs = ["flat", "sure"].map(|name| rten.node_id(name).unwrap());
        let input = NdTensor::from_data([1, 3, side, side], picture.clone());
        let expected = rten.run(vec![(rten.input_ids()[0], input.into())], &outputs, None).unwrap();

        let engine = Engine::build(&graph(side as i64), &["flat", "sure"]).unwrap();
        for (ours, expected) in engine.run(side, picture).into_iter().zip(expected) {
            let expected: Tensor<f32> = expected.try_into().unwrap();
            let expected = expected.to_vec();
            assert_eq!(ours.len(), expected.len());
            let largest = expected.iter().fold(0f32, |largest, value| largest.max(value.abs()));
            for (a, b) in ours.iter().zip(&expected) {
                assert!((a - b).abs() <= 1e-5 * largest, "{a} for {b}, side {side}");
            }
        }
    }
}

#[test]
fn a_graph_of_something_else_is_left_to_rten() {
    let mut graph = graph(24);
    graph.node.push(node("Softmax", &["flat"], "odds", vec![]));
    assert!(Engine::build(&graph, &["odds"]).is_none());
}
