//! Tests of the wasm in a real browser: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]

mod common;

use js_sys::{Float32Array, Reflect, Uint16Array, Uint32Array};
use spikepad::internals::Reference;
use spikepad::web::{Digit, Experiment, Model, Recording, dialects, fresh_seed};
use wasm_bindgen::{JsError, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A network whose weights are 32-bit floats.
const QUESTION: &[u8] = include_bytes!("../www/assets/question-784-128-10.safetensors");

fn model() -> Model {
    Model::new(common::SHIPPED).ok().unwrap()
}

/// A 7, in the form in which JavaScript passes strokes.
fn seven() -> Digit {
    let points = [60.0, 70.0, 200.0, 64.0, 120.0, 230.0];
    Digit::from_strokes(&points, &[3], &[16.0]).ok().unwrap().unwrap()
}

fn set(settings: &JsValue, name: &str, value: impl Into<JsValue>) {
    Reflect::set(settings, &name.into(), &value.into()).unwrap();
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

#[wasm_bindgen_test]
fn recordings_are_those_of_native_code_bit_for_bit() {
    assert_eq!(common::replay(), include_str!("fixtures/replay.txt"));
}

#[wasm_bindgen_test]
fn decimals_in_files_are_read_to_the_last_bit() {
    common::check_decimals();
}

#[wasm_bindgen_test]
fn a_drawn_seven_is_read() {
    let model = model();
    let recording = model.present(&seven(), model.defaults().ok().unwrap()).ok().unwrap();
    assert_eq!(get(&recording.verdict().ok().unwrap(), "digit").as_f64(), Some(7.0));
    let ann = model.ann(&seven()).ok().unwrap().to_vec();
    assert!(ann[7] > 0.5, "{ann:?}");
    assert!((ann.iter().sum::<f32>() - 1.0).abs() < 1e-5);
}

#[wasm_bindgen_test]
fn the_arrays_of_a_recording_fit_together() {
    let model = model();
    let settings = model.defaults().ok().unwrap();
    set(&settings, "steps", 40);
    set(&settings, "tauM", JsValue::NULL);
    let recording: Recording = model.present(&seven(), settings).ok().unwrap();
    assert_eq!(recording.steps(), 40);
    let sizes: Uint32Array = recording.layer_sizes();
    assert_eq!(sizes.to_vec(), model.layer_sizes().to_vec());
    for layer in 0..3 {
        let offsets: Vec<u32> = recording.spike_offsets(layer).ok().unwrap().to_vec();
        let neurons: Uint16Array = recording.spike_neurons(layer).ok().unwrap();
        assert_eq!(offsets.len(), 41);
        assert_eq!(offsets[40], neurons.length());
        assert!(neurons.to_vec().iter().all(|&n| u32::from(n) < sizes.get_index(layer as u32)));
        let membranes: Float32Array = recording.membranes(layer).ok().unwrap();
        let expected = if layer == 0 { 0 } else { 40 * sizes.get_index(layer as u32) };
        assert_eq!(membranes.length(), expected);
    }
    let outputs = recording.spike_neurons(2).ok().unwrap().to_vec();
    let counts = recording.counts().to_vec();
    for class in 0..10 {
        let spikes = outputs.iter().filter(|&&n| usize::from(n) == class).count();
        assert_eq!(counts[39 * 10 + class] as usize, spikes);
    }
    let winners = recording.winners().to_vec();
    assert_eq!((winners.len(), winners[39]), (40, 7));
    assert!(recording.membranes(3).is_err());
}

#[wasm_bindgen_test]
fn uncropped_strokes_stay_as_they_lie_unless_centred() {
    let points = [20.0, 20.0, 60.0, 20.0, 30.0, 100.0];
    let digit = |centred| Digit::from_uncropped_strokes(&points, &[3], &[16.0], 280.0, centred);
    let corner = |digit: &Digit| digit.ink().to_vec()[..14 * 28].iter().map(|&v| u32::from(v)).sum::<u32>();
    let as_drawn = digit(false).ok().unwrap().unwrap();
    let centred = digit(true).ok().unwrap().unwrap();
    assert!(corner(&as_drawn) > corner(&centred));
    assert!(Digit::from_uncropped_strokes(&[], &[], &[16.0], 280.0, false).ok().unwrap().is_none());
}

#[wasm_bindgen_test]
fn blank_paper_is_no_digit() {
    assert!(Digit::from_strokes(&[], &[], &[16.0]).ok().unwrap().is_none());
    assert!(Digit::from_ink(&[0; 784]).ok().unwrap().is_none());
}

#[wasm_bindgen_test]
fn wrong_arguments_are_errors_and_not_traps() {
    assert!(Model::new(b"not a model").is_err());
    assert!(Digit::from_strokes(&[1.0, f32::NAN], &[1], &[16.0]).is_err());
    assert!(Digit::from_strokes(&[1.0, 2.0], &[2], &[16.0]).is_err());
    assert!(Digit::from_ink(&[1, 2, 3]).is_err());
    // A square of another size is a digit, but not one for this network.
    let small = Digit::from_ink(&[255; 196]).ok().unwrap().unwrap();
    let model = model();
    assert!(model.present(&small, model.defaults().ok().unwrap()).is_err());
    assert!(model.ann(&small).is_err());
    for (name, value) in
        [("steps", 0.0), ("steps", 1e9), ("dt", -1.0), ("seed", 0.5), ("threshold", f64::NAN)]
    {
        let settings = model.defaults().ok().unwrap();
        set(&settings, name, value);
        assert!(model.present(&seven(), settings).is_err(), "{name} = {value}");
    }
}

fn message<T>(result: Result<T, JsError>) -> String {
    get(&result.err().unwrap().into(), "message").as_string().unwrap()
}

#[wasm_bindgen_test]
fn errors_name_the_wrong_setting() {
    let model = model();
    let with = |name: &str, value: JsValue| {
        let settings = model.defaults().ok().unwrap();
        set(&settings, name, value);
        message(model.present(&seven(), settings))
    };
    let steps = "it must be a whole number from 1 to 100000";
    assert_eq!(with("reset", "softly".into()), "reset is 'softly'; it must be one of zero, subtract");
    assert_eq!(with("reset", 1.into()), "reset is 1; it must be one of zero, subtract");
    assert_eq!(with("steps", 1.5.into()), format!("steps is 1.5; {steps}"));
    assert_eq!(with("steps", "5".into()), format!("steps is '5'; {steps}"));
    assert_eq!(with("steps", 1e10.into()), format!("steps is 10000000000; {steps}"));
    assert_eq!(with("dt", JsValue::NULL), "dt is null; it must be a positive number");
    assert_eq!(
        with("dt", js_sys::Object::new().into()),
        "dt is of another type; it must be a positive number"
    );
    assert_eq!(
        with("tauM", JsValue::UNDEFINED),
        "tauM is of another type; it must be a positive number, or inf"
    );
    let seed = with("seed", 9_007_199_254_740_992.0.into());
    assert_eq!(seed, "seed is 9007199254740992; it must be a whole number below 2^53");
    assert!(with("step", 5.into()).starts_with("there is no setting 'step'; there are steps, maxRate,"));
    assert_eq!(with("dt", (-0.5).into()), "dt is -0.5; it must be a positive number");
    assert_eq!(with("threshold", f64::NAN.into()), "threshold is NaN; it must be a positive number");
    for given in [5.into(), JsValue::NULL, js_sys::Array::of1(&5.into()).into()] {
        assert_eq!(message(model.present(&seven(), given)), "the settings must be an object");
    }
    let few = js_sys::Object::new().into();
    set(&few, "steps", 7);
    assert_eq!(model.present(&seven(), few).ok().unwrap().steps(), 7, "the others are the defaults");
}

#[wasm_bindgen_test]
fn errors_say_what_is_wrong_with_a_model() {
    let file = |header: &str, data: &[u8]| {
        let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat();
        message(Model::new(&bytes))
    };
    assert!(message(Model::new(b"PK")).contains("ends before its header"));
    assert!(file("{", &[]).starts_with("not a readable safetensors file: "));
    assert!(file("[]", &[]).contains("its header is not an object"));
    assert!(file("{}", &[]).contains("'spikepad'"));
    let tensor = |shape| format!(r#"{{"a": {{"dtype": "F32", "shape": {shape}, "data_offsets": [0, 8]}}}}"#);
    assert!(file(&tensor("[1.5]"), &[0; 8]).contains("'a', 'shape' must be a list of whole numbers"));
    assert!(file(&tensor("[3]"), &[0; 8]).contains("'a', the bytes are not as many"));
    assert!(file(&tensor("[2]"), &[0; 7]).contains("'a', the bytes are not all in the file"));
    let described = |json: &str| file(&format!(r#"{{"__metadata__": {{"spikepad": "{json}"}}}}"#), &[]);
    assert!(described("{}").contains("'format' is missing"));
    let format = r#"\"format\": \"spikepad-network/1\""#;
    assert!(described(&format!(r#"{{{format}, \"layers\": [1]}}"#)).contains("'layers' must be"));
    assert!(described(&format!(r#"{{{format}, \"layers\": [\"b\"]}}"#)).contains("'b.weight' is missing"));
}

#[wasm_bindgen_test]
fn float_weights_give_the_recording_of_the_obvious_loop() {
    let model = spikepad::Model::from_safetensors(QUESTION).unwrap();
    let settings = model.defaults().with(|settings| settings.steps = 70);
    let digit = common::four();
    let expected = Reference::record(&model, &digit, &settings).unwrap();
    assert_eq!(spikepad::Recording::of(&model, &digit, &settings).unwrap(), expected);
    assert!(!expected.layers()[1].spikes().is_empty());
}

#[wasm_bindgen_test]
fn settings_and_info_are_plain_objects() {
    let model = model();
    let defaults = model.defaults().ok().unwrap();
    assert_eq!(get(&defaults, "steps").as_f64(), Some(350.0));
    assert_eq!(get(&defaults, "maxRate").as_f64(), Some(1000.0));
    assert_eq!(get(&defaults, "reset").as_string().as_deref(), Some("subtract"));
    assert_eq!(get(&defaults, "seed").as_f64(), Some(1.0));
    let endless = model.defaults().ok().unwrap();
    set(&endless, "tauM", JsValue::NULL);
    set(&endless, "seed", 9_007_199_254_740_991.0);
    assert!(model.present(&seven(), endless).is_ok());
    assert_eq!(model.gains(defaults).ok().unwrap().len(), 2);
    let info = model.info().ok().unwrap();
    assert_eq!(get(&info, "parameters").as_f64(), Some(101_632.0));
    let layers = js_sys::Array::from(&get(&info, "layers")).to_vec();
    let hidden = |name| get(&layers[0], name);
    assert_eq!(
        (layers.len(), hidden("inputs").as_f64(), hidden("outputs").as_f64()),
        (2, Some(784.0), Some(128.0))
    );
    assert!(hidden("name").is_string() && get(&get(&info, "provenance"), "data").is_string());

    let blank = Digit::from_ink(&[&[1][..], &[0; 783]].concat()).ok().unwrap().unwrap();
    let verdict = model.present(&blank, model.defaults().ok().unwrap()).ok().unwrap().verdict().ok().unwrap();
    assert!(get(&verdict, "digit").is_null() && get(&verdict, "decision").is_null());
    assert!(get(&verdict, "doubt").is_null() && get(&verdict, "sure").is_falsy());
    assert_eq!(js_sys::Array::from(&get(&verdict, "counts")).length(), 10);
}

#[wasm_bindgen_test]
fn fresh_seeds_are_whole_numbers_that_differ() {
    let seeds: Vec<f64> = (0..4).map(|_| fresh_seed().ok().unwrap()).collect();
    assert!(seeds.iter().all(|&s| s.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&s)));
    assert!(seeds.windows(2).any(|pair| pair[0] != pair[1]));
}

/// The dialect `name` on the shipped weights, with one parameter overridden.
fn experiment(name: &str, parameter: &str, value: impl Into<JsValue>) -> Result<Experiment, JsError> {
    let overrides = js_sys::Object::new().into();
    set(&overrides, parameter, value);
    Experiment::new(&model(), name, overrides, JsValue::NULL, 50)
}

#[wasm_bindgen_test]
fn dialects_tell_of_their_parameters() {
    let dialects: Vec<JsValue> = js_sys::Array::from(&dialects().ok().unwrap()).to_vec();
    let text = |object: &JsValue, name: &str| get(object, name).as_string().unwrap();
    let nengo = dialects.iter().find(|dialect| text(dialect, "name") == "nengo_seed").unwrap();
    assert_eq!((text(nengo, "framework"), text(nengo, "precision")), ("Nengo".into(), "f64".into()));
    assert_eq!(text(nengo, "readout"), "filtered-positive");
    let parameters: Vec<JsValue> = js_sys::Array::from(&get(nengo, "parameters")).to_vec();
    let gain = parameters.iter().find(|parameter| text(parameter, "name") == "gain").unwrap();
    assert!(get(gain, "value").is_null() && get(gain, "optional").is_truthy());
    let drive = |facts: &JsValue| get(facts, "drive").as_f64().unwrap();
    let facts = get(nengo, "facts");
    assert!(drive(&facts) > 1000.0 && text(&facts, "rule").contains("gain"));
    let halved = experiment("nengo_seed", "input_amplitude", 0.5).ok().unwrap().facts().ok().unwrap();
    assert!((drive(&halved) / drive(&facts) - 0.5).abs() < 1e-9);
    let keras = &dialects[0];
    assert!(get(keras, "facts").is_null());
    assert_eq!(text(keras, "name"), "keras");
    assert_eq!(get(&get(keras, "readouts"), "length").as_f64(), Some(0.0));
}

#[wasm_bindgen_test]
fn experiments_count_and_record() {
    let seven = seven();
    let ink = seven.ink().to_vec();
    let mut rockpool = experiment("rockpool", "threshold", 2.0).ok().unwrap();
    let tally = rockpool.run(&[&ink[..], &[0; 784]].concat(), &[7, 1], &[0, 1], 0, 3.0).ok().unwrap();
    assert_eq!((get(&tally, "images").as_f64(), get(&tally, "silent").as_f64()), (Some(2.0), Some(1.0)));
    let answers: Vec<f64> =
        js_sys::Array::from(&get(&tally, "answers")).iter().map(|a| a.as_f64().unwrap()).collect();
    assert_eq!(answers, [7.0, -1.0]);
    let recording = rockpool.record(&seven, 3.0).ok().unwrap();
    assert_eq!(recording.steps(), 50);
    assert!(recording.spike_neurons(2).ok().unwrap().length() > 500, "many spikes a step");

    let mut nengo = experiment("nengo_seed", "gain", JsValue::NULL).ok().unwrap();
    assert_eq!(
        nengo.record(&seven, 3.0).ok().unwrap().spike_neurons(0).ok().unwrap().to_vec(),
        recording.spike_neurons(0).ok().unwrap().to_vec(),
        "the same input spikes"
    );
    assert!(experiment("keras", "gain", 1.0).is_err());
    assert!(experiment("norse", "threshold", 1.0).is_err());
    assert!(experiment("norse", "v_th", "high").is_err());
    assert!(experiment("nest", "v_th", 1.0).is_err());
    assert!(rockpool.run(&ink[1..], &[7], &[0], 0, 3.0).is_err());
    assert!(rockpool.run(&ink, &[7], &[0], 0, 0.5).is_err());
    assert!(rockpool.run(&ink, &[7], &[], 0, 3.0).is_err());
}
