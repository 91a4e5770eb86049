//! From an ONNX graph to an engine, when it is made of nothing else than the engine knows.

use std::collections::HashMap;

use rten_gemm::GemmExecutor;
use rten_tensor::NdTensorView;

use super::{
    Engine, Node,
    layers::{Filters, Layer, Padding, Window},
};
use crate::convert::onnx::{AttributeProto, Constant, GraphProto, NodeProto, constants};

impl Engine {
    /// `None`: something here is left to `rten`.
    pub fn build(graph: &GraphProto, outputs: &[&str]) -> Option<Self> {
        let builder =
            Builder { constants: constants(graph), shapes: whole_numbers(graph), gemm: GemmExecutor::default() };
        let mut values = HashMap::from([(graph.input.first()?.name.clone()?, 0)]);
        let mut nodes: Vec<Node> = Vec::new();
        for node in &graph.node {
            let output = node.output.first()?.clone();
            let known = |name: &String| builder.constants.contains_key(name) || builder.shapes.contains_key(name);
            let inputs = node.input.iter().filter(|name| !known(name)).map(|name| values.get(name).copied());
            let inputs: Vec<usize> = inputs.collect::<Option<_>>()?;
            if matches!(node.op_type.as_deref()?, "Identity" | "Reshape") {
                // The numbers stay as they are.
                values.insert(output, *inputs.first()?);
                continue;
            }
            nodes.push(Node { layer: builder.layer(node, inputs.len())?, inputs, last: Vec::new() });
            values.insert(output, nodes.len());
        }
        let outputs: Vec<usize> = outputs.iter().map(|name| values.get(*name).copied()).collect::<Option<_>>()?;
        let mut engine = Self { nodes, outputs };
        engine.mark_last_uses();
        Some(engine)
    }

    fn mark_last_uses(&mut self) {
        let mut last = HashMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            last.extend(node.inputs.iter().map(|input| (*input, at)));
        }
        for (value, at) in last {
            if !self.outputs.contains(&value) {
                self.nodes[at].last.push(value);
            }
        }
    }
}

/// Amounts and shapes.
fn whole_numbers(graph: &GraphProto) -> HashMap<String, Vec<i64>> {
    let numbers = graph.initializer.iter().filter_map(|tensor| {
        let raw = tensor.raw_data.as_ref()?.borrow();
        let numbers = raw.as_chunks::<8>().0.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect();
        let whole = tensor.data_type == Some(crate::convert::onnx::DataType::INT64);
        whole.then(|| Some((tensor.name.clone()?, numbers))).flatten()
    });
    numbers.collect()
}

struct Builder {
    constants: HashMap<String, Constant>,
    shapes: HashMap<String, Vec<i64>>,
    gemm: GemmExecutor,
}

impl Builder {
    fn layer(&self, node: &NodeProto, inputs: usize) -> Option<Layer> {
        match (node.op_type.as_deref()?, inputs) {
            ("Conv", 1) => self.convolution(node),
            ("Add", 2) => Some(Layer::Add),
            ("Relu", 1) => Some(Layer::Relu),
            ("PRelu", 1) => Some(Layer::Prelu(self.constants.get(node.input.get(1)?)?.values.clone())),
            ("Sigmoid", 1) => Some(Layer::Sigmoid),
            ("MaxPool", 1) => {
                let halves = ["kernel_shape", "strides"].iter().all(|name| ints(node, name) == [2, 2]);
                halves.then_some(Layer::MaxPool)
            }
            ("Pad", 1) => match self.shapes.get(node.input.get(1)?)?.as_slice() {
                [0, 0, 0, 0, 0, channels, 0, 0] => Some(Layer::Pad(usize::try_from(*channels).ok()?)),
                _ => None,
            },
            ("Transpose", 1) => (ints(node, "perm") == [0, 2, 3, 1]).then_some(Layer::ChannelsLast),
            _ => None,
        }
    }

    fn convolution(&self, node: &NodeProto) -> Option<Layer> {
        let weights = self.constants.get(node.input.get(1)?)?;
        let dims: Vec<usize> = weights.dims.iter().map(|size| usize::try_from(*size).ok()).collect::<Option<_>>()?;
        let &[out, input, height, width] = dims.as_slice() else { return None };
        let bias = node.input.get(2).and_then(|name| self.constants.get(name));
        let bias = bias.map_or_else(|| vec![0.0; out], |bias| bias.values.clone());
        let stride = match ints(node, "strides") {
            [] => 1,
            [a, b] if a == b => usize::try_from(*a).ok()?,
            _ => return None,
        };
        let padding = match attribute(node, "auto_pad").and_then(|value| value.s.as_deref()) {
            Some("SAME_UPPER") => Padding::Same,
            None | Some("VALID") if ints(node, "pads").is_empty() => Padding::None,
            _ => return None,
        };
        let group = attribute(node, "group").and_then(|value| value.i).unwrap_or(1);
        let single = input == 1 && usize::try_from(group) == Ok(out);
        match (height, width, stride) {
            (3, 3, 1 | 2) if single && padding == Padding::Same => {
                let weights = weights.values.as_chunks::<9>().0.to_vec();
                Some(Layer::Depthwise { weights, bias, stride })
            }
            (1, 1, 1) if group == 1 => Some(Layer::Pointwise(self.filters(&weights.values, out, input, bias))),
            _ if group == 1 && height == width => {
                let filters = self.filters(&weights.values, out, input * height * width, bias);
                Some(Layer::Dense(filters, Window { size: height, stride, padding }))
            }
            _ => None,
        }
    }

    fn filters(&self, values: &[f32], rows: usize, columns: usize, bias: Vec<f32>) -> Filters {
        Filters { packed: self.gemm.prepack_a(NdTensorView::from_data([rows, columns], values)), rows, bias }
    }
}

fn attribute<'a>(node: &'a NodeProto, name: &str) -> Option<&'a AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name.as_deref() == Some(name))
}

fn ints<'a>(node: &'a NodeProto, name: &str) -> &'a [i64] {
    attribute(node, name).map(|value| value.ints.as_slice()).unwrap_or_default()
}
