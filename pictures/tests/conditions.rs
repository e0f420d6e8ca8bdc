//! Digits under every condition that photographs and scans have are read with the shipped network.

use spikepad::{Model, Recording};

use crate::scenes::{self, Kind, Random};

/// Reads two pictures of each digit: at least nine of ten must be right, and no wrong one sure.
fn check(name: &str, kind: Kind) {
    let model = Model::shipped();
    let (mut right, mut sure_and_wrong) = (0, Vec::new());
    let mut wrong = Vec::new();
    for case in 0..20 {
        let label = case % 10;
        let mut random = Random::new(case as u64 * 7919 + name.len() as u64);
        let page = kind(label, &mut random);
        let picture = page.read();
        let Some(digit) = picture.chosen_digit() else {
            wrong.push(format!("{case}: a {label} is nothing"));
            continue;
        };
        let verdict = Recording::of(&model, &digit, &model.defaults()).unwrap().verdict().clone();
        if verdict.digit == Some(label) {
            right += 1;
        } else {
            wrong.push(format!("{case}: a {label} is read as {:?}\n{digit:?}", verdict.digit));
            if verdict.sure && picture.digits().len() == 1 {
                sure_and_wrong.push(case);
            }
        }
    }
    let wrong = wrong.join("\n");
    assert!(
        right >= 18 && sure_and_wrong.is_empty(),
        "{name}: {right} of 20; sure {sure_and_wrong:?}\n{wrong}"
    );
}

macro_rules! conditions {
    ($($name:ident),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name), scenes::$name);
            }
        )*

        #[test]
        fn every_kind_is_tested() {
            let names = scenes::KINDS.map(|(name, _)| name);
            assert_eq!(names.as_slice(), [$(stringify!($name)),*]);
        }
    };
}

conditions! {
    black_corners,
    corner_shadow,
    faint_pencil,
    falling_light,
    frame,
    hairline,
    light_on_dark,
    ruled_paper,
    sharp_shadow,
    soft_shadow,
    specks,
    squared_paper,
    table,
    tight_crop,
    vignette,
}
