//! PaddleOCR's three networks, as `rapidocr-onnxruntime` carries them, made to fit: one grey channel instead of three,
//! the arithmetic folded, log probabilities out of the recogniser.

use super::{
    fold::fold,
    onnx::{
        Axis, Constant, ConvertError, GraphProto, constants, int, metadata, model, node, read, set_constant,
        unexpected, value, write,
    },
    reshape::reshape,
};

/// Finds text: `[batch, 1, height, width]` (multiples of 32) of `v / 255 - 0.5` to the probability that a pixel is text.
pub fn detector(original: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let mut graph = graph(original)?;
    take_grey(&mut graph)?;
    fold(&mut graph);
    reshape(&mut graph)?;
    set_input(&mut graph, [Axis::Any("batch"), Axis::Fixed(1), Axis::Any("height"), Axis::Any("width")])?;
    write(&model(graph, &[]))
}

/// Reads a line: `[batch, 1, 48, width]` to `[batch, step, class]` log probabilities. The characters stay in the
/// metadata, one a line, the space included; class 0 is the blank.
pub fn recognizer(original: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let original = read(original)?;
    let characters = metadata(&original, "character").ok_or_else(|| unexpected("no list of characters"))?.to_owned();
    let mut graph = original.graph.ok_or_else(|| unexpected("no graph"))?;
    take_grey(&mut graph)?;
    fold(&mut graph);
    reshape(&mut graph)?;
    let last = graph.node.last_mut().filter(|node| node.op_type.as_deref() == Some("Softmax"));
    let last = last.ok_or_else(|| unexpected("the recogniser does not end in Softmax"))?;
    *last = node("LogSoftmax", &[&last.input[0].clone()], &last.output[0].clone(), vec![int("axis", -1)]);
    set_input(&mut graph, [Axis::Any("batch"), Axis::Fixed(1), Axis::Fixed(48), Axis::Any("width")])?;
    let characters = format!("{}\n ", characters.trim_end_matches('\n'));
    write(&model(graph, &[("character", &characters)]))
}

/// Tells whether a line stands on its head: `[batch, 1, 48, 192]` to the probabilities of upright and upside down.
pub fn classifier(original: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let mut graph = graph(original)?;
    take_grey(&mut graph)?;
    fold(&mut graph);
    reshape(&mut graph)?;
    set_input(&mut graph, [Axis::Any("batch"), Axis::Fixed(1), Axis::Fixed(48), Axis::Fixed(192)])?;
    write(&model(graph, &[]))
}

fn graph(original: &[u8]) -> Result<GraphProto, ConvertError> {
    read(original)?.graph.ok_or_else(|| unexpected("no graph"))
}

fn input_name(graph: &GraphProto) -> Result<String, ConvertError> {
    let name = graph.input.first().and_then(|input| input.name.clone());
    name.ok_or_else(|| unexpected("no input"))
}

fn set_input(graph: &mut GraphProto, axes: [Axis; 4]) -> Result<(), ConvertError> {
    let name = input_name(graph)?;
    graph.input = vec![value(&name, &axes)];
    graph.value_info.clear();
    Ok(())
}

/// The networks want `(v / 255 - 0.5) / 0.5` in three channels. Grey is the same in all of them, so the first
/// convolution takes `v / 255 - 0.5` once, with the sum of its weights, doubled.
fn take_grey(graph: &mut GraphProto) -> Result<(), ConvertError> {
    let input = input_name(graph)?;
    let first = graph.node.iter().find(|node| node.input.first() == Some(&input));
    let first = first.filter(|node| node.op_type.as_deref() == Some("Conv"));
    let weights_name = first.and_then(|conv| conv.input.get(1)).cloned();
    let weights_name = weights_name.ok_or_else(|| unexpected("the input does not go into a convolution"))?;
    let all = constants(graph);
    let weights = all.get(&weights_name).ok_or_else(|| unexpected("the first weights are not constant"))?;
    let &[out, 3, height, width] = weights.dims.as_slice() else {
        return Err(unexpected(format!("first weights of {:?}", weights.dims)));
    };
    let kernel = usize::try_from(height * width).map_err(|_| unexpected("a kernel without size"))?;
    let grey = weights.values.chunks(3 * kernel).flat_map(|filter| {
        (0..kernel).map(move |at| 2.0 * (filter[at] + filter[kernel + at] + filter[2 * kernel + at]))
    });
    let grey = Constant { values: grey.collect(), dims: vec![out, 1, height, width] };
    set_constant(graph, &weights_name, &grey);
    Ok(())
}

/// The characters of a recogniser made here, one a line.
pub fn characters(recognizer: &[u8]) -> Result<String, ConvertError> {
    let model = read(recognizer)?;
    Ok(metadata(&model, "character").ok_or_else(|| unexpected("no list of characters"))?.to_owned())
}
