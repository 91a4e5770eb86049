//! From an ONNX graph to an engine, as far as the engine knows the operators.

use std::collections::{BTreeMap, HashMap};

use rten_gemm::GemmExecutor;
use rten_tensor::NdTensorView;

use super::{Engine, Filters, Node, Step, kernels::Window};
use crate::convert::onnx::{
    AttributeProto, Axis, Constant, ConvertError, GraphProto, NodeProto, constants, is, unexpected, value,
};

/// An engine for the beginning of a graph, and the rest of it, whose input is the engine's output. No rest when the
/// engine does it all.
pub fn split(graph: &GraphProto) -> Result<(Engine, Option<GraphProto>), ConvertError> {
    let known: BTreeMap<String, Constant> = constants(graph).into_iter().collect();
    let builder = Builder { known, gemm: GemmExecutor::default() };
    let input = graph.input.first().and_then(|input| input.name.clone()).ok_or_else(|| unexpected("no input"))?;
    let mut values: HashMap<String, usize> = HashMap::from([(input, 0)]);
    let mut nodes: Vec<Node> = Vec::new();
    let mut rest: Vec<NodeProto> = Vec::new();
    let mut last = String::new();
    for node in &graph.node {
        if is(node, "Constant") || !rest.iter().all(|node| is(node, "Constant")) {
            rest.push(node.clone());
            continue;
        }
        match builder.node(node, &values) {
            Some(built) => {
                nodes.push(built);
                last = node.output[0].clone();
                values.insert(last.clone(), nodes.len());
            }
            None => rest.push(node.clone()),
        }
    }
    mark_last_uses(&mut nodes);
    let engine = Engine { nodes };
    if rest.iter().all(|node| is(node, "Constant")) {
        return Ok((engine, None));
    }
    Ok((engine, Some(remainder(graph, rest, &last, &values)?)))
}

/// Only the engine's last value may be used by what follows.
fn remainder(
    graph: &GraphProto,
    rest: Vec<NodeProto>,
    cut: &str,
    values: &HashMap<String, usize>,
) -> Result<GraphProto, ConvertError> {
    let inputs = || rest.iter().flat_map(|node| &node.input);
    if let Some(other) = inputs().find(|input| values.contains_key(*input) && *input != cut) {
        return Err(unexpected(format!("{other} is used on both sides of {cut}")));
    }
    let used = |name: &Option<String>| name.as_ref().is_some_and(|name| inputs().any(|input| input == name));
    let initializer = graph.initializer.iter().filter(|tensor| used(&tensor.name)).cloned().collect();
    let axes = [Axis::Any("batch"), Axis::Any("channels"), Axis::Any("rows"), Axis::Any("columns")];
    Ok(GraphProto {
        input: vec![value(cut, &axes)],
        output: graph.output.clone(),
        initializer,
        node: rest,
        ..GraphProto::default()
    })
}

fn mark_last_uses(nodes: &mut [Node]) {
    let mut last: HashMap<usize, usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for input in &node.inputs {
            last.insert(*input, at);
        }
    }
    for (value, at) in last {
        nodes[at].last.push(value);
    }
}

struct Builder {
    known: BTreeMap<String, Constant>,
    gemm: GemmExecutor,
}

impl Builder {
    fn node(&self, node: &NodeProto, values: &HashMap<String, usize>) -> Option<Node> {
        let inputs: Option<Vec<usize>> = node
            .input
            .iter()
            .filter(|name| !self.known.contains_key(*name))
            .map(|name| values.get(name).copied())
            .collect();
        let inputs = inputs?;
        let step = self.step(node, inputs.len())?;
        Some(Node { step, inputs, last: vec![] })
    }

    fn step(&self, node: &NodeProto, inputs: usize) -> Option<Step> {
        let number = |name: &str, default: f32| attribute(node, name).and_then(|value| value.f).unwrap_or(default);
        match (node.op_type.as_deref()?, inputs) {
            ("Conv", 1) => self.convolution(node),
            ("ConvTranspose", 1) => self.transposed(node),
            ("Relu", 1) => Some(Step::Relu),
            ("HardSwish", 1) => Some(Step::HardSwish),
            ("HardSigmoid", 1) => Some(Step::HardSigmoid(number("alpha", 0.2), number("beta", 0.5))),
            ("Sigmoid", 1) => Some(Step::Sigmoid),
            ("GlobalAveragePool", 1) => Some(Step::Mean),
            ("Mul", 2) => Some(Step::Multiply),
            ("Add", 2) => Some(Step::Add),
            ("Mul", 1) => Some(Step::Affine(self.scalar(node)?, 0.0)),
            ("Add", 1) => Some(Step::Affine(1.0, self.scalar(node)?)),
            ("Concat", 2..) => {
                (attribute(node, "axis")?.i == Some(1) && inputs == node.input.len()).then_some(Step::Concat)
            }
            _ => None,
        }
    }

    fn scalar(&self, node: &NodeProto) -> Option<f32> {
        node.input.iter().find_map(|name| self.known.get(name))?.scalar()
    }

    fn weights(&self, node: &NodeProto) -> Option<(&Constant, [usize; 4])> {
        let weights = self.known.get(node.input.get(1)?)?;
        let dims: Vec<usize> = weights.dims.iter().map(|size| usize::try_from(*size).ok()).collect::<Option<_>>()?;
        Some((weights, dims.try_into().ok()?))
    }

    fn bias(&self, node: &NodeProto, channels: usize) -> Vec<f32> {
        let bias = node.input.get(2).and_then(|name| self.known.get(name));
        bias.map_or_else(|| vec![0.0; channels], |bias| bias.values.clone())
    }

    fn convolution(&self, node: &NodeProto) -> Option<Step> {
        let (weights, [out, input, height, width]) = self.weights(node)?;
        let group = int(node, "group", 1);
        let strides = pair(node, "strides", 1)?;
        let pads = quadruple(node, "pads")?;
        if pair(node, "dilations", 1)? != (1, 1) {
            return None;
        }
        if (height, width, group) == (1, 1, 1) && strides == (1, 1) && pads == [0; 4] {
            return Some(Step::Pointwise(self.filters(&weights.values, out, input, self.bias(node, out))));
        }
        // One filter to a channel, or many to the only one.
        let single = input == 1 && (group == out || group == 1);
        let known = strides.1 <= 2 && strides.0 <= 2;
        (single && known).then(|| {
            Step::Depthwise(Window {
                size: (height, width),
                strides,
                pads,
                weights: weights.values.clone(),
                bias: self.bias(node, out),
            })
        })
    }

    fn transposed(&self, node: &NodeProto) -> Option<Step> {
        let (weights, [input, out, height, width]) = self.weights(node)?;
        let group = int(node, "group", 1);
        let strides = pair(node, "strides", 1)?;
        let pads = quadruple(node, "pads")?;
        let ones = weights.values.iter().all(|weight| *weight == 1.0);
        if group == input && out == 1 && ones && pads == [0; 4] && strides == (height, width) && height == width {
            return Some(Step::Repeat(height));
        }
        let taps = height * width;
        // [in, out, y, x] to [out, y, x] by [in].
        let mut matrix = vec![0.0; weights.values.len()];
        for (at, value) in weights.values.iter().enumerate() {
            matrix[at % (out * taps) * input + at / (out * taps)] = *value;
        }
        let filters = || self.filters(&matrix, out * taps, input, self.bias(node, out));
        match (height, width, strides, pads, group) {
            (3, 3, (1, 1), [1, 1, 1, 1], 1) => Some(Step::Scatter(filters())),
            (2, 2, (2, 2), [0, 0, 0, 0], 1) => Some(Step::Double(filters())),
            _ => None,
        }
    }

    fn filters(&self, values: &[f32], rows: usize, columns: usize, bias: Vec<f32>) -> Filters {
        let packed = self.gemm.prepack_a(NdTensorView::from_data([rows, columns], values));
        Filters { packed, rows, bias }
    }
}

fn attribute<'a>(node: &'a NodeProto, name: &str) -> Option<&'a AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name.as_deref() == Some(name))
}

fn int(node: &NodeProto, name: &str, default: usize) -> usize {
    attribute(node, name).and_then(|value| value.i).and_then(|value| usize::try_from(value).ok()).unwrap_or(default)
}

fn ints(node: &NodeProto, name: &str) -> Vec<usize> {
    let values = attribute(node, name).map(|value| value.ints.as_slice()).unwrap_or_default();
    values.iter().filter_map(|value| usize::try_from(*value).ok()).collect()
}

fn pair(node: &NodeProto, name: &str, default: usize) -> Option<(usize, usize)> {
    match ints(node, name).as_slice() {
        [] => Some((default, default)),
        [a, b] => Some((*a, *b)),
        _ => None,
    }
}

fn quadruple(node: &NodeProto, name: &str) -> Option<[usize; 4]> {
    match ints(node, name).as_slice() {
        [] => Some([0; 4]),
        values => values.try_into().ok(),
    }
}
