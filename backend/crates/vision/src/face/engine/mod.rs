//! The networks that find a face and its mesh, run by hand.
//!
//! `rten` runs all they are made of, but four fifths of its time goes into their convolutions of single channels, which it
//! does one number at a time. Here they go along rows, as many numbers at a time as the processor takes; what mixes
//! channels is `rten`'s own matrix product. Networks made of anything else are left to `rten`.

mod build;
mod layers;
#[cfg(test)]
mod tests;

use rten_gemm::GemmExecutor;

use layers::{Layer, Map, Room, Shape};

struct Node {
    layer: Layer,
    inputs: Vec<usize>,
    /// Values nobody needs after this.
    last: Vec<usize>,
}

/// Value 0 is the picture, value `n + 1` what node `n` makes.
pub struct Engine {
    nodes: Vec<Node>,
    outputs: Vec<usize>,
}

impl Engine {
    /// A square picture in planes; what was asked for when the engine was built, in that order.
    pub fn run(&self, side: usize, picture: Vec<f32>) -> Vec<Vec<f32>> {
        let shape = Shape { channels: 3, height: side, width: side };
        let mut values = vec![Some(Map { shape, data: picture })];
        let mut room = Room { gemm: GemmExecutor::default(), free: Vec::new() };
        for node in &self.nodes {
            let made = node.run(&mut values, &mut room);
            for value in &node.last {
                room.free.extend(values[*value].take().map(|map| map.data));
            }
            values.push(Some(made));
        }
        let output = |value: &usize| values[*value].take().map(|map| map.data).unwrap_or_default();
        self.outputs.iter().map(output).collect()
    }
}

impl Node {
    fn run(&self, values: &mut [Option<Map>], room: &mut Room) -> Map {
        let first = self.inputs[0];
        if self.layer.is_in_place() && self.last.contains(&first) {
            let mut map = values[first].take().unwrap_or_default();
            let other = self.inputs.get(1).and_then(|at| values[*at].as_ref());
            self.layer.change(&mut map, other);
            return map;
        }
        let inputs: Vec<&Map> = self.inputs.iter().filter_map(|at| values[*at].as_ref()).collect();
        match inputs.as_slice() {
            [input, rest @ ..] if self.layer.is_in_place() => {
                let mut data = room.empty(input.data.len());
                data.extend_from_slice(&input.data);
                let mut map = Map { shape: input.shape, data };
                self.layer.change(&mut map, rest.first().copied());
                map
            }
            [input, ..] => self.layer.make(input, room),
            [] => Map::default(),
        }
    }
}
