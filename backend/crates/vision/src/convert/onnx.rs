//! ONNX graphs read, searched, built and written: what the conversions need of it.

use std::collections::HashMap;

pub use rten_onnx::onnx::{
    AttributeProto, AttributeType, DataType, Dimension, GraphProto, ModelProto, NodeProto, OperatorSetIdProto,
    StringStringEntryProto, TensorProto, TensorShapeProto, TypeProto, TypeProtoTensor, ValueInfoProto,
};

/// A graph that is not what the conversion was written for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ConvertError {
    #[error("not an ONNX file: {0}")]
    Format(String),
    #[error("the graph is another one than expected: {0}")]
    Unexpected(String),
}

pub fn unexpected(what: impl Into<String>) -> ConvertError {
    ConvertError::Unexpected(what.into())
}

pub fn read(bytes: &[u8]) -> Result<ModelProto, ConvertError> {
    ModelProto::parse_buf(bytes).map_err(|error| ConvertError::Format(error.to_string()))
}

/// The same model gives the same bytes.
pub fn write(model: &ModelProto) -> Result<Vec<u8>, ConvertError> {
    model.write_buf().map_err(|error| ConvertError::Format(error.to_string()))
}

/// A model around a graph, of the operator set the conversions write.
pub fn model(graph: GraphProto, metadata: &[(&str, &str)]) -> ModelProto {
    ModelProto {
        ir_version: Some(8),
        producer_name: Some("mingce".into()),
        opset_import: vec![OperatorSetIdProto { domain: None, version: Some(14) }],
        metadata_props: metadata
            .iter()
            .map(|(key, value)| StringStringEntryProto { key: Some((*key).into()), value: Some((*value).into()) })
            .collect(),
        graph: Some(graph),
        ..ModelProto::default()
    }
}

pub fn metadata<'a>(model: &'a ModelProto, key: &str) -> Option<&'a str> {
    let entry = model.metadata_props.iter().find(|entry| entry.key.as_deref() == Some(key))?;
    entry.value.as_deref()
}

pub fn node(op: &str, inputs: &[&str], output: &str, attributes: Vec<AttributeProto>) -> NodeProto {
    NodeProto {
        name: Some(output.into()),
        op_type: Some(op.into()),
        input: inputs.iter().map(|name| (*name).into()).collect(),
        output: vec![output.into()],
        attribute: attributes,
        ..NodeProto::default()
    }
}

pub fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto { i: Some(value), ..attribute(name, AttributeType::INT) }
}

pub fn ints(name: &str, values: &[i64]) -> AttributeProto {
    AttributeProto { ints: values.to_vec(), ..attribute(name, AttributeType::INTS) }
}

pub fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto { f: Some(value), ..attribute(name, AttributeType::FLOAT) }
}

pub fn string(name: &str, value: &str) -> AttributeProto {
    AttributeProto { s: Some(value.into()), ..attribute(name, AttributeType::STRING) }
}

fn attribute(name: &str, kind: AttributeType) -> AttributeProto {
    AttributeProto { name: Some(name.into()), r#type: Some(kind), ..AttributeProto::default() }
}

/// One axis of an input or output.
#[derive(Debug, Clone, Copy)]
pub enum Axis<'a> {
    Fixed(i64),
    Any(&'a str),
}

pub fn value(name: &str, axes: &[Axis]) -> ValueInfoProto {
    let dim = axes.iter().map(|axis| match *axis {
        Axis::Fixed(size) => Dimension { dim_value: Some(size), dim_param: None },
        Axis::Any(name) => Dimension { dim_value: None, dim_param: Some(name.into()) },
    });
    let tensor =
        TypeProtoTensor { elem_type: Some(DataType::FLOAT), shape: Some(TensorShapeProto { dim: dim.collect() }) };
    ValueInfoProto { name: Some(name.into()), r#type: Some(TypeProto { tensor_type: Some(tensor), sequence: None }) }
}

pub fn tensor(name: &str, dims: &[i64], values: &[f32]) -> TensorProto {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    TensorProto {
        name: Some(name.into()),
        dims: dims.to_vec(),
        data_type: Some(DataType::FLOAT),
        raw_data: Some(bytes.into()),
        ..TensorProto::default()
    }
}

pub fn tensor_i64(name: &str, dims: &[i64], values: &[i64]) -> TensorProto {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    TensorProto {
        name: Some(name.into()),
        dims: dims.to_vec(),
        data_type: Some(DataType::INT64),
        raw_data: Some(bytes.into()),
        ..TensorProto::default()
    }
}

/// Numbers known before the graph runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    pub dims: Vec<i64>,
    pub values: Vec<f32>,
}

impl Constant {
    pub fn of(tensor: &TensorProto) -> Option<Self> {
        if tensor.data_type != Some(DataType::FLOAT) {
            return None;
        }
        let values = match &tensor.raw_data {
            Some(raw) if !raw.borrow().is_empty() => raw
                .borrow()
                .chunks_exact(4)
                .map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
                .collect(),
            _ => tensor.float_data.clone(),
        };
        let expected: i64 = tensor.dims.iter().product();
        (i64::try_from(values.len()) == Ok(expected)).then(|| Self { dims: tensor.dims.clone(), values })
    }

    pub fn scalar(&self) -> Option<f32> {
        (self.values.len() == 1).then(|| self.values[0])
    }
}

/// The float constants of a graph by name, from initializers and `Constant` nodes alike.
pub fn constants(graph: &GraphProto) -> HashMap<String, Constant> {
    let initializers = graph.initializer.iter().filter_map(|tensor| Some((tensor.name.clone()?, tensor)));
    let nodes = graph.node.iter().filter(|node| is(node, "Constant")).filter_map(|node| {
        let tensor = node.attribute.iter().find_map(|attribute| attribute.t.as_ref())?;
        Some((node.output.first()?.clone(), tensor))
    });
    initializers.chain(nodes).filter_map(|(name, tensor)| Some((name, Constant::of(tensor)?))).collect()
}

/// Gives a constant another value, wherever it is kept.
pub fn set_constant(graph: &mut GraphProto, name: &str, constant: &Constant) {
    graph.initializer.retain(|tensor| tensor.name.as_deref() != Some(name));
    graph.node.retain(|node| !(is(node, "Constant") && node.output.first().is_some_and(|output| output == name)));
    graph.initializer.push(tensor(name, &constant.dims, &constant.values));
}

pub fn is(node: &NodeProto, op: &str) -> bool {
    node.op_type.as_deref() == Some(op)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    fn doubling() -> ModelProto {
        let graph = GraphProto {
            node: vec![node("Mul", &["x", "two"], "y", vec![])],
            initializer: vec![tensor("two", &[1], &[2.0])],
            input: vec![value("x", &[Axis::Any("length")])],
            output: vec![value("y", &[Axis::Any("length")])],
            ..GraphProto::default()
        };
        model(graph, &[("character", "甲\n乙")])
    }

    #[test]
    fn what_is_written_is_read_again() {
        let bytes = write(&doubling()).unwrap();
        let back = read(&bytes).unwrap();
        assert_eq!(metadata(&back, "character"), Some("甲\n乙"));
        let graph = back.graph.as_ref().unwrap();
        assert_eq!(constants(graph)["two"], Constant { dims: vec![1], values: vec![2.0] });
        assert_eq!(write(&back).unwrap(), bytes);
    }

    #[test]
    fn other_bytes_are_an_error_or_an_empty_model() {
        assert!(matches!(read(b"\xff\xff\xff not a model"), Err(ConvertError::Format(_))));
    }

    #[test]
    fn a_constant_is_replaced_where_it_is_kept() {
        let mut graph = doubling().graph.unwrap();
        let three = Constant { dims: vec![1], values: vec![3.0] };
        set_constant(&mut graph, "two", &three);
        assert_eq!(constants(&graph)["two"], three);
        assert_eq!(graph.initializer.len(), 1);
    }
}
