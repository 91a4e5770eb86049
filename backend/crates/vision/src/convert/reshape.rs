//! The same arithmetic by operators that `rten` does faster: measured, the text detector takes a quarter of the time.

use super::onnx::{
    AttributeProto, Constant, ConvertError, GraphProto, NodeProto, constants, int, ints, is, node, set_constant,
    tensor_i64, unexpected,
};

/// Everything below.
pub fn reshape(graph: &mut GraphProto) -> Result<(), ConvertError> {
    transpose_wide_kernels(graph);
    enlarge_by_kernels(graph)?;
    squeeze_by_input(graph);
    Ok(())
}

/// A convolution of few filters over many channels spends its time gathering patches. As a transposed one it multiplies
/// first, all channels at once, and adds up the shifted products afterwards.
fn transpose_wide_kernels(graph: &mut GraphProto) {
    let known = constants(graph);
    for index in 0..graph.node.len() {
        let conv = &graph.node[index];
        let Some(weights) = conv.input.get(1).and_then(|name| known.get(name)) else { continue };
        let &[out, input, 3, 3] = weights.dims.as_slice() else { continue };
        let plain = is(conv, "Conv") && attribute(conv, "group").is_none_or(|group| group.i == Some(1));
        let strides = attribute(conv, "strides").is_none_or(|strides| strides.ints.iter().all(|stride| *stride == 1));
        let padded = attribute(conv, "pads").is_some_and(|pads| pads.ints == [1, 1, 1, 1]);
        if !(plain && strides && padded && input >= 2 * out) {
            continue;
        }
        let name = conv.input[1].clone();
        let mut inputs = conv.input.clone();
        inputs[1] = format!("{name}.transposed");
        let flipped = flipped(weights, out as usize, input as usize);
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let attributes = vec![ints("kernel_shape", &[3, 3]), ints("pads", &[1, 1, 1, 1]), ints("strides", &[1, 1])];
        graph.node[index] = node("ConvTranspose", &inputs, &conv.output[0].clone(), attributes);
        set_constant(graph, &format!("{name}.transposed"), &flipped);
    }
}

/// `[out, in, y, x]` to `[in, out, -y, -x]`.
fn flipped(weights: &Constant, out: usize, input: usize) -> Constant {
    let mut values = vec![0.0; weights.values.len()];
    for o in 0..out {
        for i in 0..input {
            for at in 0..9 {
                values[(i * out + o) * 9 + 8 - at] = weights.values[(o * input + i) * 9 + at];
            }
        }
    }
    Constant { dims: vec![input as i64, out as i64, 3, 3], values }
}

/// Enlarging by a whole number to the nearest pixel is a transposed convolution of each channel with ones.
fn enlarge_by_kernels(graph: &mut GraphProto) -> Result<(), ConvertError> {
    let known = constants(graph);
    for index in 0..graph.node.len() {
        let resize = &graph.node[index];
        if !is(resize, "Resize") {
            continue;
        }
        let scales = resize.input.get(2).and_then(|name| known.get(name)).map(|scales| scales.values.clone());
        let Some([1.0, 1.0, by, same]) = scales.as_deref() else { return Err(unexpected("a Resize by other numbers")) };
        let nearest = attribute(resize, "mode").and_then(|mode| mode.s.as_deref()).unwrap_or("nearest");
        if by != same || by.fract() != 0.0 || nearest != "nearest" {
            return Err(unexpected("a Resize that is no repetition"));
        }
        let (by, input, output) = (*by as i64, resize.input[0].clone(), resize.output[0].clone());
        let channels = channels(graph, &input).ok_or_else(|| unexpected("a Resize of unknown channels"))?;
        let ones = Constant { dims: vec![channels, 1, by, by], values: vec![1.0; (channels * by * by) as usize] };
        let name = format!("{output}.ones");
        let attributes = vec![ints("kernel_shape", &[by, by]), ints("strides", &[by, by]), int("group", channels)];
        graph.node[index] = node("ConvTranspose", &[&input, &name], &output, attributes);
        set_constant(graph, &name, &ones);
    }
    Ok(())
}

/// How many channels a value has, from the convolution it comes from.
fn channels(graph: &GraphProto, name: &str) -> Option<i64> {
    let from = graph.node.iter().find(|node| node.output.iter().any(|output| output == name))?;
    let weights = || constants(graph).remove(from.input.get(1)?);
    match from.op_type.as_deref()? {
        "Conv" => weights()?.dims.first().copied(),
        "ConvTranspose" => {
            let group = attribute(from, "group").and_then(|group| group.i).unwrap_or(1);
            Some(weights()?.dims.get(1)? * group)
        }
        "Add" | "Mul" | "Relu" | "HardSwish" => channels(graph, from.input.first()?),
        _ => None,
    }
}

/// Since operator set 13 the axes of `Squeeze` are an input.
fn squeeze_by_input(graph: &mut GraphProto) {
    let mut axes = Vec::new();
    for squeeze in graph.node.iter_mut().filter(|node| is(node, "Squeeze")) {
        let Some(at) = squeeze.attribute.iter().position(|attribute| attribute.name.as_deref() == Some("axes")) else {
            continue;
        };
        let values = squeeze.attribute.remove(at).ints;
        let name = format!("{}.axes", squeeze.output[0]);
        axes.push(tensor_i64(&name, &[values.len() as i64], &values));
        squeeze.input.push(name);
    }
    graph.initializer.extend(axes);
}

fn attribute<'a>(node: &'a NodeProto, name: &str) -> Option<&'a AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name.as_deref() == Some(name))
}
