//! Tests of the machine.

use proptest::prelude::*;

use super::machine::{MAX_INSTRUCTIONS, read};

fn value_of(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok((pickle, _)) => format!("{:?}", pickle.value(pickle.root)),
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn plain_values_are_read() {
    assert_eq!(value_of(b"\x80\x02N."), "None");
    assert_eq!(value_of(b"K\x07."), "Int(7)");
    assert_eq!(value_of(b"\x8a\x02\x00\xff."), "Int(-256)");
    assert_eq!(value_of(b"I01\n."), "Bool(true)");
    assert_eq!(value_of(b"X\x02\x00\x00\x00hi."), "Text(\"hi\")");
    assert_eq!(value_of(b"ccollections\nOrderedDict\n)R(K\x01K\x02u."), "Dict([(3, 4)])");
    let (pickle, length) = read(b"(K\x01K\x02t.rest").unwrap();
    assert_eq!((pickle.items(pickle.root).len(), length), (2, 7));
    assert_eq!(pickle.size(pickle.items(pickle.root)[1]), Some(2));
}

#[test]
fn names_beyond_the_list_are_refused_by_name() {
    for (module, name) in
        [("posix", "system"), ("os", "system"), ("builtins", "eval"), ("torch", "load"), ("__main__", "Net")]
    {
        let text = value_of(format!("c{module}\n{name}\n(S'touch x'\ntR.").as_bytes());
        assert!(text.contains(&format!("'{module}.{name}'")) && text.contains("state_dict"), "{text}");
        let text = |text: &str| [&[0x8c, text.len() as u8], text.as_bytes()].concat();
        let mut bytes = [text(module), text(name)].concat();
        bytes.extend(b"\x93.");
        assert!(value_of(&bytes).contains(&format!("'{module}.{name}'")), "{}", value_of(&bytes));
    }
}

#[test]
fn broken_programs_are_errors() {
    for bytes in [
        &b"."[..],
        b"0.",
        b"t.",
        b"K",
        b"a.",
        b"h\x05.",
        b"\xff",
        b"(0.",
        b"X\xff\xff\xff\xff",
        b"]K\x01K\x02s.",
    ] {
        let text = value_of(bytes);
        assert!(text.contains("the pickle file is damaged") || text.contains("more than"), "{text}");
    }
    assert!(value_of(&[b'N'; MAX_INSTRUCTIONS + 5]).contains("more than 262144 instructions"));
    // A list that contains itself.
    let (pickle, _) = read(b"]q\x00h\x00a.").unwrap();
    assert_eq!(pickle.items(pickle.root), [pickle.root]);
}

proptest! {
    #[test]
    fn any_program_is_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = read(&bytes);
    }

    #[test]
    fn programs_of_common_instructions_are_values_or_errors(
        codes in proptest::collection::vec(proptest::sample::select(vec![
            &b"("[..], b"t", b"]", b"a", b"e", b"}", b"s", b"u", b"0", b"1", b"2", b"N", b"K\x01", b"q\x00",
            b"h\x00", b"\x85", b"\x86", b"\x94", b"R", b"b", b"Q", b"ccollections\nOrderedDict\n", b".",
        ]), 0..60)
    ) {
        let _ = read(&codes.concat());
    }
}
