//! A TensorFlow.js graph as an ONNX graph.
//!
//! TensorFlow.js keeps channels last, ONNX keeps them in the middle: kernels are turned once, here; pictures go in with
//! their channels in the middle; and where a layer is flattened, it is turned back first.

use std::collections::HashMap;

use super::{
    onnx::{
        AttributeProto, Axis, ConvertError, GraphProto, ModelProto, TensorProto, int, ints, model, node, string,
        tensor, tensor_i64, unexpected, value,
    },
    tfjs::{GraphModel, Node, Weight, Weights},
};

/// What is asked of the converted network.
pub struct Plan<'a> {
    /// Height and width of the picture that goes in.
    pub input: [i64; 2],
    /// Outputs by their names in the original, with the shapes they have and the names they get.
    pub outputs: &'a [(&'a str, &'a [i64], &'a str)],
}

/// Only the layers that the wanted outputs need.
pub fn convert(original: &GraphModel, bytes: &[u8], plan: &Plan) -> Result<ModelProto, ConvertError> {
    let weights = original.weights(bytes)?;
    let nodes = original.nodes().iter().map(|node| (node.name.as_str(), node)).collect();
    let mut builder = Builder { nodes, weights: &weights, graph: GraphProto::default(), done: HashMap::new(), next: 0 };
    let [height, width] = plan.input;
    builder.graph.input = vec![value("input", &[1, 3, height, width].map(Axis::Fixed))];
    for (name, shape, new_name) in plan.outputs {
        let result = builder.layer(name)?;
        builder.graph.node.push(node("Identity", &[&result], new_name, vec![]));
        let axes: Vec<_> = shape.iter().copied().map(Axis::Fixed).collect();
        builder.graph.output.push(value(new_name, &axes));
    }
    Ok(model(builder.graph, &[]))
}

struct Builder<'a> {
    nodes: HashMap<&'a str, &'a Node>,
    weights: &'a Weights,
    graph: GraphProto,
    /// What an original layer is called here.
    done: HashMap<String, String>,
    next: usize,
}

impl<'a> Builder<'a> {
    /// Writes a layer after those it needs. The graphs are about a hundred layers deep, so recursion is safe.
    fn layer(&mut self, name: &str) -> Result<String, ConvertError> {
        let name = name.split(':').next().unwrap_or(name);
        if let Some(done) = self.done.get(name) {
            return Ok(done.clone());
        }
        let original = *self.nodes.get(name).ok_or_else(|| unexpected(format!("no layer {name}")))?;
        let input = |index: usize| original.input.get(index).ok_or_else(|| missing(original, "input"));
        let result = match original.op.as_str() {
            "Placeholder" => "input".into(),
            "_FusedConv2D" => self.convolution(original)?,
            "DepthwiseConv2dNative" => self.depthwise(original)?,
            "AddV2" => {
                let (a, b) = (self.layer(input(0)?)?, self.layer(input(1)?)?);
                self.push("Add", &[&a, &b], vec![])
            }
            "Relu" | "Sigmoid" => {
                let x = self.layer(input(0)?)?;
                self.push(&original.op, &[&x], vec![])
            }
            "Prelu" => {
                let x = self.layer(input(0)?)?;
                self.prelu(&x, input(1)?)?
            }
            "MaxPool" => self.max_pool(original)?,
            "Pad" => self.pad(original)?,
            "Reshape" => self.reshape(original)?,
            "Identity" => self.layer(input(0)?)?,
            other => return Err(unexpected(format!("a layer of kind {other}"))),
        };
        self.done.insert(name.into(), result.clone());
        Ok(result)
    }

    fn convolution(&mut self, original: &Node) -> Result<String, ConvertError> {
        let fused = original.texts("fused_ops").ok_or_else(|| missing(original, "fused_ops"))?;
        let [x, kernel, bias, rest @ ..] = &original.input[..] else { return Err(missing(original, "input")) };
        let x = self.layer(x)?;
        let (kernel, bias) = (self.weight(kernel)?, self.weight(bias)?);
        let mut attributes = window(original, &["strides"])?;
        attributes.push(kernel_shape(kernel)?);
        let kernel = self.keep(&channels_first(kernel)?);
        let bias = self.keep(&tensor("", &[dimension(bias.values.len())?], &bias.values));
        let convolved = self.push("Conv", &[&x, &kernel, &bias], attributes);
        match (&fused[..], rest) {
            (["BiasAdd"], _) => Ok(convolved),
            (["BiasAdd", "Relu"], _) => Ok(self.push("Relu", &[&convolved], vec![])),
            (["BiasAdd", "Prelu"], [slope]) => self.prelu(&convolved, slope),
            _ => Err(unexpected(format!("a convolution with {fused:?}"))),
        }
    }

    fn depthwise(&mut self, original: &Node) -> Result<String, ConvertError> {
        let [x, kernel] = &original.input[..] else { return Err(missing(original, "input")) };
        let x = self.layer(x)?;
        let kernel = self.weight(kernel)?;
        let &[height, width, channels, 1] = &kernel.shape[..] else {
            return Err(unexpected("a depthwise kernel with a multiplier"));
        };
        // One filter a channel: what lies last comes first, as if it had one input and many outputs.
        let one = Weight { shape: vec![height, width, 1, channels], values: kernel.values.clone() };
        let kernel = self.keep(&channels_first(&one)?);
        let mut attributes = window(original, &["strides"])?;
        attributes.push(kernel_shape(&one)?);
        attributes.push(int("group", dimension(channels)?));
        Ok(self.push("Conv", &[&x, &kernel], attributes))
    }

    fn prelu(&mut self, x: &str, slope: &str) -> Result<String, ConvertError> {
        let slope = self.weight(slope)?;
        let slope = tensor("", &[dimension(slope.values.len())?, 1, 1], &slope.values);
        let slope = self.keep(&slope);
        Ok(self.push("PRelu", &[x, &slope], vec![]))
    }

    fn max_pool(&mut self, original: &Node) -> Result<String, ConvertError> {
        let x = self.layer(original.input.first().ok_or_else(|| missing(original, "input"))?)?;
        Ok(self.push("MaxPool", &[&x], window(original, &["strides", "ksize"])?))
    }

    fn pad(&mut self, original: &Node) -> Result<String, ConvertError> {
        let [x, amounts] = &original.input[..] else { return Err(missing(original, "input")) };
        let x = self.layer(x)?;
        let amounts: Vec<i64> = self.weight(amounts)?.values.iter().map(|amount| *amount as i64).collect();
        // Before and after, for batch, height, width and channel.
        let &[n0, n1, h0, h1, w0, w1, c0, c1] = &amounts[..] else { return Err(missing(original, "paddings")) };
        let amounts = self.keep(&tensor_i64("", &[8], &[n0, c0, h0, w0, n1, c1, h1, w1]));
        Ok(self.push("Pad", &[&x, &amounts], vec![string("mode", "constant")]))
    }

    fn reshape(&mut self, original: &Node) -> Result<String, ConvertError> {
        let [x, shape] = &original.input[..] else { return Err(missing(original, "input")) };
        let x = self.layer(x)?;
        let shape: Vec<i64> = self.weight(shape)?.values.iter().map(|size| *size as i64).collect();
        let last = self.push("Transpose", &[&x], vec![ints("perm", &[0, 2, 3, 1])]);
        let shape = self.keep(&tensor_i64("", &[dimension(shape.len())?], &shape));
        Ok(self.push("Reshape", &[&last, &shape], vec![]))
    }

    fn weight(&self, name: &str) -> Result<&'a Weight, ConvertError> {
        self.weights.get(name).ok_or_else(|| unexpected(format!("no weights {name}")))
    }

    fn keep(&mut self, constant: &TensorProto) -> String {
        let name = self.name("w");
        self.graph.initializer.push(TensorProto { name: Some(name.clone()), ..constant.clone() });
        name
    }

    fn push(&mut self, op: &str, inputs: &[&str], attributes: Vec<AttributeProto>) -> String {
        let name = self.name("l");
        self.graph.node.push(node(op, inputs, &name, attributes));
        name
    }

    fn name(&mut self, kind: &str) -> String {
        self.next += 1;
        format!("{kind}{}", self.next)
    }
}

/// Strides, kernel size and padding of a convolution or a pool.
fn window(original: &Node, names: &[&str]) -> Result<Vec<AttributeProto>, ConvertError> {
    let padding = match original.text("padding") {
        Some("SAME") => "SAME_UPPER",
        Some("VALID") => "VALID",
        _ => return Err(missing(original, "padding")),
    };
    let mut attributes = vec![string("auto_pad", padding)];
    for name in names {
        let size = original.height_and_width(name).ok_or_else(|| missing(original, name))?;
        attributes.push(ints(if *name == "ksize" { "kernel_shape" } else { name }, &size));
    }
    Ok(attributes)
}

fn kernel_shape(kernel: &Weight) -> Result<AttributeProto, ConvertError> {
    match kernel.shape[..] {
        [height, width, ..] => Ok(ints("kernel_shape", &[dimension(height)?, dimension(width)?])),
        _ => Err(unexpected("a kernel without height and width")),
    }
}

/// A kernel from height, width, input, output to output, input, height, width.
pub fn channels_first(kernel: &Weight) -> Result<TensorProto, ConvertError> {
    let &[height, width, inputs, outputs] = &kernel.shape[..] else {
        return Err(unexpected("a kernel that has not four dimensions"));
    };
    let mut values = Vec::with_capacity(kernel.values.len());
    for output in 0..outputs {
        for input in 0..inputs {
            for place in 0..height * width {
                values.push(kernel.values[(place * inputs + input) * outputs + output]);
            }
        }
    }
    let dimensions = [dimension(outputs)?, dimension(inputs)?, dimension(height)?, dimension(width)?];
    Ok(tensor("", &dimensions, &values))
}

pub fn dimension(size: usize) -> Result<i64, ConvertError> {
    i64::try_from(size).map_err(|_| unexpected("a dimension that large"))
}

fn missing(node: &Node, what: &str) -> ConvertError {
    unexpected(format!("{} without {what}", node.name))
}
