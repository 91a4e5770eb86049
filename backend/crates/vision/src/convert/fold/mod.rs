//! Arithmetic that a convolution can do by the way is moved into its weights, and what was spelled out is given its
//! name. The networks of PaddleOCR spend two thirds of their passes over memory on such arithmetic.
//!
//! Every rewrite is exact but for rounding.

mod apply;

use std::collections::{BTreeMap, HashSet};

use super::onnx::{Constant, GraphProto, NodeProto, constants, is, node, tensor};

/// Rewrites until nothing is left to do. Float constants end up as initializers, in the order of their names.
pub fn fold(graph: &mut GraphProto) {
    let mut folder = Folder::take(std::mem::take(graph));
    folder.name_activations();
    while folder.drop_one() {}
    while folder.fold_one() {}
    *graph = folder.finish();
}

struct Folder {
    graph: GraphProto,
    constants: BTreeMap<String, Constant>,
}

/// `y * scale + shift`, one of each for every channel.
struct Affine {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// One rewrite found.
enum Rewrite {
    /// The node after a convolution goes into it.
    After {
        conv: usize,
        next: usize,
        affine: Affine,
    },
    /// A scale (and, where nothing is padded, a shift) before convolutions goes into them.
    Before {
        mul: usize,
        scale: f32,
        convs: Vec<usize>,
    },
    Shift {
        add: usize,
        shift: f32,
        convs: Vec<usize>,
    },
    /// `x * a + b` becomes `(x + b / a) * a`, so that the scale can move on.
    Swap {
        mul: usize,
        add: usize,
        scale: f32,
        shift: f32,
    },
}

impl Folder {
    fn take(mut graph: GraphProto) -> Self {
        let constants: BTreeMap<_, _> = constants(&graph).into_iter().collect();
        let kept = |name: Option<&String>| name.is_none_or(|name| !constants.contains_key(name));
        graph.initializer.retain(|tensor| kept(tensor.name.as_ref()));
        graph.node.retain(|node| kept(node.output.first()));
        Self { graph, constants }
    }

    fn finish(mut self) -> GraphProto {
        self.drop_unused();
        let kept = self.constants.iter().map(|(name, constant)| tensor(name, &constant.dims, &constant.values));
        self.graph.initializer.extend(kept);
        self.graph
    }

    /// The readers of a value, unless somebody outside the graph reads it too.
    fn readers(&self, name: &str) -> Vec<usize> {
        if self.is_output(name) {
            return vec![];
        }
        let reads = |node: &NodeProto| node.input.iter().any(|input| input == name);
        (0..self.graph.node.len()).filter(|index| reads(&self.graph.node[*index])).collect()
    }

    fn only_reader(&self, name: &str) -> Option<usize> {
        match self.readers(name).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    fn is_output(&self, name: &str) -> bool {
        self.graph.output.iter().any(|output| output.name.as_deref() == Some(name))
    }

    /// The operand of a two-handed node that is computed, and the one that is constant.
    fn operands(&self, node: &NodeProto) -> Option<(String, &Constant)> {
        let [a, b] = node.input.as_slice() else { return None };
        match (self.constants.get(a), self.constants.get(b)) {
            (None, Some(constant)) => Some((a.clone(), constant)),
            (Some(constant), None) => Some((b.clone(), constant)),
            _ => None,
        }
    }

    fn scalar(&self, index: usize, op: &str) -> Option<(String, f32)> {
        let node = &self.graph.node[index];
        if !is(node, op) {
            return None;
        }
        let (value, constant) = self.operands(node)?;
        Some((value, constant.scalar()?))
    }

    fn output(&self, index: usize) -> String {
        self.graph.node[index].output.first().cloned().unwrap_or_default()
    }

    /// `x * clip(x + 3, 0, 6) / 6` is a hard swish.
    fn name_activations(&mut self) {
        while let Some((start, end, input)) = (0..self.graph.node.len()).find_map(|index| self.hard_swish(index)) {
            self.graph.node[end] = node("HardSwish", &[&input], &self.output(end), vec![]);
            self.graph.node.remove(start);
            self.drop_unused();
        }
    }

    fn hard_swish(&self, start: usize) -> Option<(usize, usize, String)> {
        let (input, three) = self.scalar(start, "Add")?;
        let clip = &self.graph.node[self.only_reader(&self.output(start))?];
        let bound = |at: usize| self.constants.get(clip.input.get(at)?)?.scalar();
        if three != 3.0 || !is(clip, "Clip") || bound(1)? != 0.0 || bound(2)? != 6.0 {
            return None;
        }
        let product = &self.graph.node[self.only_reader(clip.output.first()?)?];
        if !is(product, "Mul") || !product.input.contains(&input) {
            return None;
        }
        let end = self.only_reader(product.output.first()?)?;
        let (_, six) = self.scalar(end, "Div")?;
        (six == 6.0).then_some((start, end, input))
    }

    /// A multiplication by one does nothing.
    fn drop_one(&mut self) -> bool {
        let found = (0..self.graph.node.len()).find_map(|index| {
            let (value, factor) = self.scalar(index, "Mul")?;
            (factor == 1.0 && !self.is_output(&self.output(index))).then_some((index, value))
        });
        let Some((index, value)) = found else { return false };
        self.bypass(index, &value);
        true
    }

    fn fold_one(&mut self) -> bool {
        let Some(rewrite) = (0..self.graph.node.len()).find_map(|index| self.find(index)) else { return false };
        match rewrite {
            Rewrite::After { conv, next, affine } => self.absorb(conv, next, &affine),
            Rewrite::Before { mul, scale, convs } => {
                for conv in convs {
                    let name = self.graph.node[conv].input[1].clone();
                    self.weights(&name, |_, value| *value *= scale);
                }
                self.unwrap(mul);
            }
            Rewrite::Shift { add, shift, convs } => {
                for conv in convs {
                    self.shift_bias(conv, shift);
                }
                self.unwrap(add);
            }
            Rewrite::Swap { mul, add, scale, shift } => {
                self.scalar_operand(mul, "Add", shift / scale);
                self.scalar_operand(add, "Mul", scale);
            }
        }
        true
    }

    fn find(&self, index: usize) -> Option<Rewrite> {
        let this = &self.graph.node[index];
        if is(this, "Conv") || is(this, "ConvTranspose") {
            let (next, affine) = self.affine_after(index)?;
            return Some(Rewrite::After { conv: index, next, affine });
        }
        if let Some((_, scale)) = self.scalar(index, "Mul") {
            let output = self.output(index);
            if let Some(convs) = self.all_convolutions(&output, false) {
                return Some(Rewrite::Before { mul: index, scale, convs });
            }
            let add = self.only_reader(&output)?;
            let (_, shift) = self.scalar(add, "Add")?;
            self.all_convolutions(&self.output(add), false)?;
            return Some(Rewrite::Swap { mul: index, add, scale, shift });
        }
        let (_, shift) = self.scalar(index, "Add")?;
        let convs = self.all_convolutions(&self.output(index), true)?;
        Some(Rewrite::Shift { add: index, shift, convs })
    }

    /// The readers of a value, if they are convolutions and nothing else. A zero of the padding stays a zero when
    /// scaled, but not when shifted.
    fn all_convolutions(&self, name: &str, unpadded: bool) -> Option<Vec<usize>> {
        let readers = self.readers(name);
        let suits = |index: &usize| {
            let reader = &self.graph.node[*index];
            let pads = reader.attribute.iter().find(|attribute| attribute.name.as_deref() == Some("pads"));
            is(reader, "Conv")
                && reader.input[0] == name
                && self.has_own_weights(reader)
                && (!unpadded || pads.is_none_or(|pads| pads.ints.iter().all(|pad| *pad == 0)))
        };
        (!readers.is_empty() && readers.iter().all(suits)).then_some(readers)
    }

    fn has_own_weights(&self, conv: &NodeProto) -> bool {
        let name = &conv.input[1];
        self.constants.contains_key(name) && self.readers(name).len() == 1
    }

    /// The affine node that alone reads a convolution's output.
    fn affine_after(&self, index: usize) -> Option<(usize, Affine)> {
        let conv = &self.graph.node[index];
        if !self.has_own_weights(conv) {
            return None;
        }
        let axis = usize::from(is(conv, "ConvTranspose"));
        let channels = usize::try_from(*self.constants[&conv.input[1]].dims.get(axis)?).ok()?;
        let next = self.only_reader(conv.output.first()?)?;
        let after = &self.graph.node[next];
        let spread = |constant: &Constant| match constant.values.len() {
            1 => Some(vec![constant.values[0]; channels]),
            // One number per channel is [C, 1, 1] or [1, C, 1, 1]; [C] alone would lie along the width.
            length if length == channels && constant.dims.len() >= 3 && constant.dims.ends_with(&[1, 1]) => {
                Some(constant.values.clone())
            }
            _ => None,
        };
        let affine = match after.op_type.as_deref()? {
            "Mul" => Affine { scale: spread(self.operands(after)?.1)?, shift: vec![0.0; channels] },
            "Add" => Affine { scale: vec![1.0; channels], shift: spread(self.operands(after)?.1)? },
            "BatchNormalization" => self.batch_normalization(after)?,
            _ => return None,
        };
        Some((next, affine))
    }

    fn batch_normalization(&self, node: &NodeProto) -> Option<Affine> {
        let part = |at: usize| Some(&self.constants.get(node.input.get(at)?)?.values);
        let (gain, offset, mean, variance) = (part(1)?, part(2)?, part(3)?, part(4)?);
        let epsilon = node.attribute.iter().find(|attribute| attribute.name.as_deref() == Some("epsilon"));
        let epsilon = epsilon.and_then(|attribute| attribute.f).unwrap_or(1e-5);
        let scale: Vec<f32> =
            gain.iter().zip(variance).map(|(gain, variance)| gain / (variance + epsilon).sqrt()).collect();
        let shift = offset.iter().zip(mean).zip(&scale).map(|((offset, mean), scale)| offset - mean * scale);
        Some(Affine { shift: shift.collect(), scale })
    }

    /// Nodes and constants that nobody reads.
    fn drop_unused(&mut self) {
        loop {
            let before = self.graph.node.len();
            let read: HashSet<String> = self.graph.node.iter().flat_map(|node| node.input.iter().cloned()).collect();
            let outputs: Vec<_> = self.graph.output.iter().filter_map(|output| output.name.clone()).collect();
            let wanted = |name: &String| read.contains(name) || outputs.contains(name);
            self.graph.node.retain(|node| node.output.iter().any(wanted));
            self.graph.initializer.retain(|tensor| tensor.name.as_ref().is_some_and(wanted));
            self.constants.retain(|name, _| wanted(name));
            if self.graph.node.len() == before {
                break;
            }
        }
    }
}
