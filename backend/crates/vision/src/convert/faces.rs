//! The three face networks: finding a face, its mesh, and its 128 numbers.

use super::{
    graph::{Plan, channels_first, convert, dimension},
    onnx::{
        AttributeProto, Axis, ConvertError, GraphProto, TensorProto, int, ints, model, node, string, tensor,
        tensor_i64, unexpected, value, write,
    },
    tfjs::{GraphModel, Weight, Weights, weights},
};

/// BlazeFace with a picture of 256 × 256: for each of 896 places a score, and a box with six points.
pub fn detector(json: &[u8], bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let plan = Plan {
        input: [256, 256],
        outputs: &[
            ("Identity", &[1, 512, 1], "scores_fine"),
            ("Identity_1", &[1, 384, 1], "scores_coarse"),
            ("Identity_2", &[1, 512, 16], "boxes_fine"),
            ("Identity_3", &[1, 384, 16], "boxes_coarse"),
        ],
    };
    write(&convert(&GraphModel::parse(json)?, bytes, &plan)?)
}

/// FaceMesh with 192 × 192: 468 points in space, and whether there is a face at all.
pub fn mesh(json: &[u8], bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let plan = Plan {
        input: [192, 192],
        outputs: &[("Identity_1", &[1, 1], "present"), ("Identity_2", &[1, 1404], "points")],
    };
    write(&convert(&GraphModel::parse(json)?, bytes, &plan)?)
}

/// dlib's residual network with 150 × 150, which comes as weights alone; its layers are these.
pub fn embedder(manifest: &[u8], bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let weights = weights(manifest, bytes)?;
    let mut builder = Builder { weights: &weights, graph: GraphProto::default(), next: 0 };
    builder.graph.input = vec![value("input", &[1, 3, 150, 150].map(Axis::Fixed))];
    builder.graph.output = vec![value("numbers", &[1, 128].map(Axis::Fixed))];

    let mut x = builder.convolution("input", "conv32_down", Step::Down)?;
    x = builder.relu(&x);
    x = builder.push("MaxPool", &[&x], vec![ints("kernel_shape", &[3, 3]), ints("strides", &[2, 2])]);
    for (block, shape) in BLOCKS {
        x = match shape {
            Shape::Same => builder.residual(&x, block)?,
            Shape::Down { size, halves_to, grows_by } => {
                builder.residual_down(&x, block, halves_to - size, *grows_by)?
            }
        };
    }
    x = builder.push("ReduceMean", &[&x], vec![ints("axes", &[2, 3]), int("keepdims", 0)]);
    let last = builder.weight("fc")?;
    let last = builder.keep(&tensor("", &[256, 128], &last.values));
    builder.graph.node.push(node("MatMul", &[&x, &last], "numbers", vec![]));
    write(&model(builder.graph, &[]))
}

enum Shape {
    Same,
    /// `size` is what two convolutions make of the picture, `halves_to` what averaging does: one more at the end.
    Down {
        size: i64,
        halves_to: i64,
        grows_by: i64,
    },
}

const BLOCKS: &[(&str, Shape)] = &[
    ("conv32_1", Shape::Same),
    ("conv32_2", Shape::Same),
    ("conv32_3", Shape::Same),
    ("conv64_down", Shape::Down { size: 17, halves_to: 17, grows_by: 32 }),
    ("conv64_1", Shape::Same),
    ("conv64_2", Shape::Same),
    ("conv64_3", Shape::Same),
    ("conv128_down", Shape::Down { size: 8, halves_to: 8, grows_by: 64 }),
    ("conv128_1", Shape::Same),
    ("conv128_2", Shape::Same),
    ("conv256_down", Shape::Down { size: 3, halves_to: 4, grows_by: 128 }),
    ("conv256_1", Shape::Same),
    ("conv256_2", Shape::Same),
    ("conv256_down_out", Shape::Down { size: 1, halves_to: 2, grows_by: 0 }),
];

#[derive(Clone, Copy)]
enum Step {
    /// As large as before.
    Same,
    /// Half, without padding.
    Down,
}

struct Builder<'a> {
    weights: &'a Weights,
    graph: GraphProto,
    next: usize,
}

impl<'a> Builder<'a> {
    fn residual(&mut self, x: &str, block: &str) -> Result<String, ConvertError> {
        let y = self.convolution(x, &format!("{block}/conv1"), Step::Same)?;
        let y = self.relu(&y);
        let y = self.convolution(&y, &format!("{block}/conv2"), Step::Same)?;
        let sum = self.push("Add", &[&y, x], vec![]);
        Ok(self.relu(&sum))
    }

    fn residual_down(&mut self, x: &str, block: &str, short: i64, grows_by: i64) -> Result<String, ConvertError> {
        let y = self.convolution(x, &format!("{block}/conv1"), Step::Down)?;
        let y = self.relu(&y);
        let y = self.convolution(&y, &format!("{block}/conv2"), Step::Same)?;
        let y = self.pad(&y, &[0, 0, 0, 0, 0, 0, short, short]);
        let half = self.push("AveragePool", &[x], vec![ints("kernel_shape", &[2, 2]), ints("strides", &[2, 2])]);
        let half = self.pad(&half, &[0, 0, 0, 0, 0, grows_by, 0, 0]);
        let sum = self.push("Add", &[&half, &y], vec![]);
        Ok(self.relu(&sum))
    }

    /// A convolution with the scaling that follows it folded in.
    fn convolution(&mut self, x: &str, name: &str, step: Step) -> Result<String, ConvertError> {
        let (kernel, bias) =
            (self.weight(&format!("{name}/conv/filters"))?, self.weight(&format!("{name}/conv/bias"))?);
        let (scale, shift) =
            (self.weight(&format!("{name}/scale/weights"))?, self.weight(&format!("{name}/scale/biases"))?);
        let outputs = scale.values.len();
        if [bias.values.len(), shift.values.len()] != [outputs; 2] || kernel.shape.last() != Some(&outputs) {
            return Err(unexpected(format!("{name} does not fit together")));
        }
        let scaled = kernel.values.iter().zip(scale.values.iter().cycle()).map(|(value, scale)| value * scale);
        let kernel = Weight { shape: kernel.shape.clone(), values: scaled.collect() };
        let size = dimension(kernel.shape[0])?;
        let bias: Vec<f32> = (bias.values.iter().zip(&scale.values).zip(&shift.values))
            .map(|((bias, scale), shift)| bias * scale + shift)
            .collect();
        let kernel = self.keep(&channels_first(&kernel)?);
        let bias = self.keep(&tensor("", &[dimension(outputs)?], &bias));
        let attributes = match step {
            Step::Same => vec![string("auto_pad", "SAME_UPPER"), ints("kernel_shape", &[size, size])],
            Step::Down => vec![ints("kernel_shape", &[size, size]), ints("strides", &[2, 2])],
        };
        Ok(self.push("Conv", &[x, &kernel, &bias], attributes))
    }

    fn relu(&mut self, x: &str) -> String {
        self.push("Relu", &[x], vec![])
    }

    fn pad(&mut self, x: &str, amounts: &[i64; 8]) -> String {
        if *amounts == [0; 8] {
            return x.into();
        }
        let amounts = self.keep(&tensor_i64("", &[8], amounts));
        self.push("Pad", &[x, &amounts], vec![string("mode", "constant")])
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
