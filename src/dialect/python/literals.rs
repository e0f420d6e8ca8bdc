//! Values and calls as Python writes them.

use crate::dialect::parameter::{Value, Values};

/// The factor on weights and biases that every dialect has; no framework has such a parameter.
const WEIGHT_SCALE: &str = "weight_scale";

/// A floating-point number with as many digits as it needs.
pub fn number(x: f64) -> String {
    format!("{x:?}")
}

/// A value as Python writes it.
fn literal(value: Value) -> String {
    match value {
        Value::Number(x) => number(x),
        Value::Auto | Value::None => "None".into(),
        Value::PerLayer(numbers) => format!("[{}]", numbers.to_string().replace("none", "None")),
        Value::Choice(word) => format!("\"{word}\""),
        Value::Switch(true) => "True".into(),
        Value::Switch(false) => "False".into(),
    }
}

/// `name=value`, if the parameter is not at the framework's default.
pub fn changed(values: &Values, name: &str) -> Option<String> {
    Some(format!("{name}={}", literal(values.changed(name)?)))
}

/// The same with a tensor of PyTorch as the value.
pub fn changed_tensor(values: &Values, name: &str) -> Option<String> {
    Some(format!("{name}=torch.tensor({})", literal(values.changed(name)?)))
}

/// A call with the given arguments, without those that are `None`.
pub fn call(function: &str, arguments: impl IntoIterator<Item = Option<String>>) -> String {
    let given: Vec<String> = arguments.into_iter().flatten().collect();
    format!("{function}({})", given.join(", "))
}

/// An array of the file, such as `data["w1"]`, times the factor on the weights.
pub fn scaled(values: &Values, array: &str) -> String {
    match values.changed(WEIGHT_SCALE) {
        Some(scale) => format!("{} * data[\"{array}\"]", literal(scale)),
        None => format!("data[\"{array}\"]"),
    }
}

/// The same in double precision, where only a product needs it.
pub fn scaled_double(values: &Values, array: &str) -> String {
    match values.changed(WEIGHT_SCALE) {
        Some(scale) => format!("{} * data[\"{array}\"].astype(float)", literal(scale)),
        None => format!("data[\"{array}\"]"),
    }
}

/// An expression before an attribute: in brackets if it is a product.
pub fn in_brackets(expression: &str) -> String {
    if expression.contains(" * ") { format!("({expression})") } else { expression.into() }
}

/// A list of variables, such as `hidden, out`.
pub fn listed<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|name| name.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}
