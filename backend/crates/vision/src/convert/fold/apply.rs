//! The rewrites carried out: weights and biases changed, nodes taken away.

use super::{
    super::onnx::{Constant, is, node},
    Affine, Folder,
};

impl Folder {
    pub(super) fn absorb(&mut self, conv: usize, next: usize, affine: &Affine) {
        let transposed = is(&self.graph.node[conv], "ConvTranspose");
        let name = self.graph.node[conv].input[1].clone();
        let dims = self.constants[&name].dims.clone();
        let channels = affine.scale.len();
        // Ordinary weights are [out, in, ..], transposed ones [in, out, ..].
        let kernel: usize = dims[2..].iter().map(|size| usize::try_from(*size).unwrap_or(1)).product();
        let size = if transposed { kernel } else { kernel * usize::try_from(dims[1]).unwrap_or(1) };
        self.weights(&name, |at, value| *value *= affine.scale[at / size % channels]);

        let bias = self.bias(conv, channels);
        let bias = bias.iter().zip(&affine.scale).zip(&affine.shift).map(|((b, scale), shift)| b * scale + shift);
        let bias = bias.collect();
        self.set_bias(conv, bias);
        self.graph.node[conv].output = self.graph.node[next].output.clone();
        self.graph.node.remove(next);
    }

    /// A constant added to every input of an unpadded convolution adds the sum of its weights times that.
    pub(super) fn shift_bias(&mut self, conv: usize, shift: f32) {
        let weights = &self.constants[&self.graph.node[conv].input[1]];
        let channels = usize::try_from(weights.dims[0]).unwrap_or(1).max(1);
        let sums = weights.values.chunks(weights.values.len() / channels).map(|part| part.iter().sum::<f32>() * shift);
        let sums: Vec<f32> = sums.collect();
        let bias = self.bias(conv, channels).iter().zip(&sums).map(|(bias, sum)| bias + sum).collect();
        self.set_bias(conv, bias);
    }

    fn bias(&self, conv: usize, channels: usize) -> Vec<f32> {
        let constant = self.graph.node[conv].input.get(2).and_then(|name| self.constants.get(name));
        constant.map_or_else(|| vec![0.0; channels], |constant| constant.values.clone())
    }

    fn set_bias(&mut self, conv: usize, values: Vec<f32>) {
        let conv = &mut self.graph.node[conv];
        let name = format!("{}.bias", conv.input[1]);
        conv.input.truncate(2);
        conv.input.push(name.clone());
        self.constants.insert(name, Constant { dims: vec![values.len() as i64], values });
    }

    pub(super) fn weights(&mut self, name: &str, change: impl Fn(usize, &mut f32)) {
        if let Some(constant) = self.constants.get_mut(name) {
            constant.values.iter_mut().enumerate().for_each(|(at, value)| change(at, value));
        }
    }

    /// Takes a node of one constant operand out of the way.
    pub(super) fn unwrap(&mut self, index: usize) {
        if let Some((value, _)) = self.operands(&self.graph.node[index]) {
            self.bypass(index, &value);
        }
    }

    pub(super) fn bypass(&mut self, index: usize, value: &str) {
        let gone = self.graph.node.remove(index).output.swap_remove(0);
        for input in self.graph.node.iter_mut().flat_map(|node| &mut node.input) {
            if *input == gone {
                *input = value.into();
            }
        }
    }

    pub(super) fn scalar_operand(&mut self, index: usize, op: &str, scalar: f32) {
        let Some((value, _)) = self.operands(&self.graph.node[index]) else { return };
        let output = self.output(index);
        let name = format!("{output}.operand");
        self.constants.insert(name.clone(), Constant { dims: vec![1], values: vec![scalar] });
        self.graph.node[index] = node(op, &[&value, &name], &output, vec![]);
    }
}
